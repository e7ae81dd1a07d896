import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Register
import Web

/// 疑点: the list, and one finding with what it rests on.
struct FindingHandlers: Sendable {
  let services: Services
  let estates: EstateOverview
  let caseLink: @Sendable (CaseID) -> Link

  /// `GET /desk/findings`
  func listFindings(_ request: WebRequest) async throws -> WebResponse {
    let estates = try await estates.choices(for: request.principal, at: request.now)
    let asked = try ListRequest<FindingFilter>(request, among: estates)
    return try await services.answer(request, FindingList(asked: asked, keys: services.keys))
  }

  /// `GET /desk/findings/:id`
  func showFinding(_ request: WebRequest, _ id: FindingID) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let page = try await services.databases.read(as: principal) { [caseLink] tx in
      guard let detail = try tx.first(findingDetail(id)) else { throw WebError.notFound }
      return FindingShowPage(
        detail: detail, basis: try tx.basis(of: detail, keys: keys),
        events: try tx.all(findingEvents(id)), keys: keys, mayDecide: principal.may(.workFindings),
        maySeeCases: principal.may(.viewCases), caseLink: caseLink)
    }
    return try await services.deskPage(
      request, title: "疑点 \(page.line.rule.rawValue) \(page.line.rule.title)",
      lead: "\(page.line.applicantText)，家庭编号 \(page.line.householdNumber)",
      breadcrumbs: [("疑点", Paths.deskFindings.link)], actions: page.actions, page.html)
  }

  /// `GET /desk/findings/:id/reopening`
  func showReopening(_ request: WebRequest, _ id: FindingID) async throws -> WebResponse {
    try await reopeningPage(request, id, FormView(), status: .ok)
  }

  /// `POST /desk/findings/:id/reopening`: a dismissal is taken back.
  func reopenFinding(
    _ request: WebRequest, _ id: FindingID, _ fields: FormFields
  ) async throws -> WebResponse {
    guard let version = fields["version"].flatMap({ Int32($0) }) else {
      throw WebError.badRequest("页面内容不完整，请回到原来的页面重新操作。")
    }
    var checker = FormChecker(fields)
    guard let reason = checker.column("reason", "原因", max: 500) else {
      return try await reopeningPage(
        request, id, FormView(checker), status: .unprocessableContent)
    }
    let (principal, origin) = (try request.principal, try request.auditOrigin)
    let now = request.now
    let isDone = try await services.databases.transaction(as: principal) { tx in
      guard try tx.first(findingDetail(id)) != nil else { throw WebError.notFound }
      return try tx.reopenFinding(
        id, version: Int(version), reason: reason, by: principal.displayName, origin, at: now)
    }
    guard isDone else {
      return try await reopeningPage(request, id, FormView(checker), status: .conflict)
    }
    return .redirect(to: Paths.deskFinding.link(id), flash: "已重新打开，等待处理。")
  }

  private func reopeningPage(
    _ request: WebRequest, _ id: FindingID, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let (detail, events) = try await services.databases.read(as: principal) { tx in
      guard let detail = try tx.first(findingDetail(id)) else { throw WebError.notFound }
      return (detail, try tx.all(findingEvents(id)))
    }
    let page = ReopeningPage(
      line: detail.line, events: events, keys: keys, view: view, isOvertaken: status == .conflict)
    return try await services.deskPage(
      request, title: "取消排除", lead: "家庭编号 \(detail.line.householdNumber)",
      breadcrumbs: [
        ("疑点", Paths.deskFindings.link),
        ("疑点 \(detail.line.rule.rawValue)", Paths.deskFinding.link(id)),
      ], status: status, page.html(csrf: request.csrf))
  }
}
