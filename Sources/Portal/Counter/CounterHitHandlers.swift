import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Register
import Spreadsheet
import Web

/// `/desk/counter/hits`: protected tenants about whom the counter has asked, for the housing bureau.
struct CounterHitHandlers: Sendable {
  let services: Services

  /// `GET /desk/counter/hits`
  func listHits(_ request: WebRequest) async throws -> WebResponse {
    try await services.answer(request, CounterHitList(asked: ListRequest(request)))
  }

  /// `GET /desk/counter/:id/release`
  func showRelease(_ request: WebRequest, _ id: CounterCheckID) async throws -> WebResponse {
    try await releasePage(request, try await hit(id, request), FormView(), status: .ok)
  }

  /// `POST /desk/counter/:id/release`
  func releaseHit(
    _ request: WebRequest, _ id: CounterCheckID, _ fields: FormFields
  ) async throws -> WebResponse {
    let line = try await hit(id, request)
    var checker = FormChecker(fields)
    guard let (reason, findings) = checker.release() else {
      return try await releasePage(request, line, FormView(checker), status: .unprocessableContent)
    }
    let (version, actor) = (try EditBase(fields).version, try request.counterActor)
    let release = HitRelease(
      hits: [SeenVersion(line.id, version: version)], reason: reason, findings: findings)
    do {
      let done = try await services.databases.transaction(as: actor.principal) { tx in
        try tx.release(release, by: actor)
      }
      return .redirect(to: Paths.deskCounterHits.link, flash: done.text)
    } catch CounterRefusal.overtaken {
      throw WebError.conflict(counterOvertaken)
    }
  }

  private func hit(_ id: CounterCheckID, _ request: WebRequest) async throws -> CounterLine {
    let found = try await services.databases.read(as: request.principal) {
      try $0.first(counterLine(id))
    }
    guard let found, found.state != .clear else { throw WebError.notFound }
    return found
  }

  private func releasePage(
    _ request: WebRequest, _ line: CounterLine, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    try await services.deskPage(
      request, title: "放行", lead: "核查编号 \(line.reference)",
      breadcrumbs: [("窗口命中", Paths.deskCounterHits.link)], status: status,
      CounterReleasePage(line: line, view: view, csrf: request.csrf).html)
  }
}

/// Asks for the reason before somebody is let go on.
private struct CounterReleasePage {
  let line: CounterLine
  let view: FormView
  let csrf: String

  var html: HTML {
    panel("窗口查询", definitionList(counterFacts(line) + household)) + content
  }

  private var household: [(String, HTML)] {
    guard let household = line.household else { return [] }
    let link: HTML = """
      <a href="\(path: Paths.deskHousehold.link(household))">\(line.householdNumber ?? "查看")</a>
      """
    return [("姓名", "\(line.maskedName ?? "—")"), ("家庭", link)]
  }

  private var content: HTML {
    guard line.state == .waiting else {
      return emptyState(
        "已经放行", action: buttonLink("返回窗口命中", Paths.deskCounterHits.link))
    }
    return view.summary
      + confirmBox(
        title: "放行 \(line.reference)？",
        consequence:
          "<p>窗口会看到“\(CounterState.released.title)”和您填写的原因，随后可以办理；放行后不能收回。</p>",
        action: Paths.deskCounterRelease.link(line.id), csrf: csrf, confirm: "放行",
        cancel: Paths.deskCounterHits.link,
        fields: """
          <input type="hidden" name="version" value="\(line.version)">
          \(releaseFields(view))
          """)
  }
}
