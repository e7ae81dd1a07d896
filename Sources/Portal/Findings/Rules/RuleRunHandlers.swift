import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// 运行规则: starting a run over a round or the area, how far it is, and what it found.
struct RuleRunHandlers: Sendable {
  let services: Services
  let jobs: JobRunner

  /// `GET /desk/findings/runs`
  func listRuns(_ request: WebRequest) async throws -> WebResponse {
    try await listPage(request, FormView(), status: .ok)
  }

  /// `POST /desk/findings/runs`
  func startRun(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    var checker = FormChecker(fields)
    let wanted = checker.value("scope", "范围", message: "请选择范围") { RuleRunChoice($0) }
    guard let wanted else {
      return try await listPage(request, FormView(checker), status: .unprocessableContent)
    }
    let (principal, origin) = (try request.principal, try request.auditOrigin)
    let now = request.now
    let (id, isNew) = try await services.databases.transaction(as: principal) { tx in
      if case .round(let round) = wanted.scope {
        guard try tx.first(roundChoice(round)) != nil else { throw WebError.notFound }
      }
      return try tx.enterOnlyRuleRun(over: wanted.scope, by: origin, principal, at: now)
    }
    await jobs.wake()
    return .redirect(
      to: Paths.deskRuleRun.link(id), flash: isNew ? nil : "规则正在运行，等它做完再运行下一次。")
  }

  /// `GET /desk/findings/runs/:id`
  func showRun(_ request: WebRequest, _ id: RuleRunID) async throws -> WebResponse {
    let principal = try request.principal
    let run = try await services.databases.read(as: principal) { tx in
      guard let run = try tx.first(ruleRun(id)) else { throw WebError.notFound }
      return run
    }
    return try await services.deskPage(
      request, title: "规则运行 \(id)", lead: "\(run.scopeText) · \(run.state.title)",
      breadcrumbs: [("疑点", Paths.deskFindings.link), ("运行规则", Paths.deskRuleRuns.link)],
      RuleRunShowPage(run: run).html)
  }

  private func listPage(
    _ request: WebRequest, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    try await services.answer(
      request, RuleRunList(asked: ListRequest(request), view: view), status: status)
  }
}

/// What a run may be started over, as the form says it: `area` or `round-12`.
struct RuleRunChoice: Sendable {
  let scope: RuleRunScope

  init?(_ text: String) {
    if text == "area" {
      scope = .area
    } else if text.hasPrefix("round-"), let round = ReviewRoundID(String(text.dropFirst(6))) {
      scope = .round(round)
    } else {
      return nil
    }
  }
}

/// A round over which the rules can be run.
struct RoundChoice: RowDecodable {
  let id: ReviewRoundID
  let title: String
  let isOpen: Bool

  init(_ row: Row) throws {
    id = try row("id")
    title = try row("title")
    isOpen = try row("is_open")
  }
}

/// The rounds that are open, and the last that was closed in each area.
let roundChoices: Query<RoundChoice> = Query(
  """
  SELECT id, title, closed_on IS NULL AS is_open FROM review_rounds r
  WHERE closed_on IS NULL OR id = (
    SELECT max(id) FROM review_rounds o WHERE o.area = r.area)
  ORDER BY closed_on IS NOT NULL, id DESC
  """)

func roundChoice(_ id: ReviewRoundID) -> Query<RoundChoice> {
  Query("SELECT id, title, closed_on IS NULL AS is_open FROM review_rounds WHERE id = \(id)")
}
