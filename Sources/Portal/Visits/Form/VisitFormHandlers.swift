import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// 登记走访: the form of one home, with or without JavaScript.
struct VisitFormHandlers: Sendable {
  let intake: VisitIntake

  private var services: Services { intake.services }

  /// `GET /desk/visits/homes/:id/form`
  func showForm(_ request: WebRequest, _ id: RosterEntryID) async throws -> WebResponse {
    try await form(request, id, FormView(), status: .ok)
  }

  /// `POST /desk/visits/homes/:id/form`
  func sendForm(
    _ request: WebRequest, _ id: RosterEntryID, _ upload: Upload
  ) async throws -> WebResponse {
    switch try await intake.take(request, id, upload) {
    case .again(let checker):
      return try await form(request, id, FormView(checker), status: .unprocessableContent)
    case .recorded(let visit):
      return .redirect(to: Paths.deskVisit.link(visit.id), flash: visit.words)
    }
  }

  private func form(
    _ request: WebRequest, _ id: RosterEntryID, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let (principal, now, intake) = (try request.principal, request.now, intake)
    let (entry, seen) = try await services.databases.read(as: principal) { tx in
      try intake.seen(tx, id, by: principal, at: now)
    }
    let ended: HTML =
      entry.endedOn.map { day in
        notice(.warn, "<p>这户的租约已于\(day.chinese)结束，可以不再走访；登记了也会保存。</p>")
      } ?? HTML()
    return try await services.deskPage(
      request, title: "登记走访", lead: "\(entry.estateName) \(entry.place)",
      breadcrumbs: [
        ("走访名单", Paths.deskRoster.link), (entry.place, Paths.deskRosterEntry.link(id)),
      ], status: status, scripts: ["/visit-form.js"],
      ended
        + panel(
          "走访情况",
          view.form(
            action: Paths.deskVisitForm.link(id), csrf: request.csrf, hasFiles: true,
            button: "保存走访", VisitFields(view: view, seen: seen).html)))
  }
}

extension RecordedVisit {
  /// What is said once it is written.
  var words: String {
    let known = isNew ? "已保存走访。" : "这次走访以前已经收到，没有重复保存。"
    let ended = endedOn.map { "这户的租约已于\($0.chinese)结束。" } ?? ""
    let met = others.isEmpty ? "" : others.map(\.words).joined(separator: "；") + "，两次都已保留。"
    return known + ended + met
  }
}
