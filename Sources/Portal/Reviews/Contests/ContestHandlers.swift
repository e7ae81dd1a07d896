import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Register
import Web

/// Contests: the list of those that wait, and one with its decision.
struct ContestHandlers: Sendable {
  let services: Services
  /// What follows where an answer leaves force.
  let answersChanged: AnswersChanged

  /// `GET /desk/contests`
  func listContests(_ request: WebRequest) async throws -> WebResponse {
    try await services.answer(request, ContestList(asked: ListRequest(request)))
  }

  /// `GET /desk/contests/:id`
  func showContest(_ request: WebRequest, _ id: ContestID) async throws -> WebResponse {
    try await page(request, id, FormView(), status: .ok)
  }

  /// `POST /desk/contests/:id`
  func decideContest(
    _ request: WebRequest, _ id: ContestID, _ fields: FormFields
  ) async throws -> WebResponse {
    let actor = try request.actingPerson
    let found = try await services.databases.read(as: actor.principal) { tx in
      try tx.first(contest(id))
    }
    guard let found else { throw WebError.notFound }
    guard found.isTheirs(actor.principal) else { throw WebError.forbidden }
    var checker = FormChecker(fields)
    let outcome = checker.choice("outcome", "决定", of: ContestOutcome.self)
    let reason = checker.column("reason", "理由", max: 500)
    guard checker.isValid, let outcome, let reason else {
      return try await page(request, id, FormView(checker), status: .unprocessableContent)
    }
    guard found.recordedBy != actor.principal.accountID else {
      return try await page(
        request, id, FormView(checker), refusal: "须由另一人决定：记录异议的人不能自己决定。", status: .conflict)
    }
    do {
      try await services.databases.transaction(as: actor.principal) { tx in
        try tx.decideContest(found, outcome, reason: reason, by: actor)
      }
    } catch is ContestOvertaken {
      return try await page(
        request, id, FormView(checker), refusal: "这条异议别人刚刚决定过，请再看一遍。", status: .conflict)
    }
    if outcome == .setAside { await answersChanged([found.household], actor.principal) }
    return .redirect(
      to: Paths.deskContest.link(id),
      flash: outcome == .setAside ? "已采纳异议：这次答复不再有效，疑点已按现在的答复重新核对。" : "已决定：维持原答复。")
  }

  private func page(
    _ request: WebRequest, _ id: ContestID, _ view: FormView, refusal: String? = nil,
    status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let page = try await services.databases.read(as: principal) { tx in
      guard let contest = try tx.first(contest(id)) else { throw WebError.notFound }
      let answers = try tx.answers(of: contest.household, keys: keys)
      return ContestPage(
        contest: contest, statement: contest.statement(keys),
        answer: answers.all.first { $0.line.id == contest.check }
          ?? answers.withdrawn.first { $0.answer.line.id == contest.check }?.answer,
        names: Dictionary(
          try tx.all(persons(of: contest.household)).map {
            ($0.id, "\(Masking.maskedName($0.name))（\($0.relation.title)）")
          }
        ) { first, _ in first }, principal: principal, view: view,
        refusal: refusal)
    }
    return try await services.deskPage(
      request, title: "异议：\(page.contest.type.title)", lead: "家庭编号 \(page.contest.householdNumber)",
      breadcrumbs: [("异议", Paths.deskContests.link)], status: status,
      page.html(csrf: request.csrf))
  }
}
