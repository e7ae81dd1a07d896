import Domain
import Ground
import HTML
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
    let list = FindingList(asked: try await asked(request), keys: services.keys)
    return try await services.answer(request, list)
  }

  /// What the list is narrowed to.
  func asked(_ request: WebRequest) async throws -> ListRequest<FindingFilter> {
    let estates = try await estates.choices(for: request.principal, at: request.now)
    return try ListRequest(request, among: estates)
  }

  /// `GET /desk/findings/:id`
  func showFinding(_ request: WebRequest, _ id: FindingID) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let page = try await services.databases.read(as: principal) { [caseLink] tx in
      guard let detail = try tx.first(findingDetail(id)) else { throw WebError.notFound }
      return FindingShowPage(
        detail: detail,
        basis: try tx.basis(
          of: detail, keys: keys, showsNames: principal.may(.viewNames)),
        events: try tx.all(findingEvents(id)), keys: keys, mayDecide: principal.may(.workFindings),
        mayRecordContests: principal.may(.answerChecks),
        maySeeCases: principal.may(.viewCases),
        maySeeVisits: principal.may(.viewVisits), showsNames: principal.may(.viewNames),
        caseLink: caseLink)
    }
    return try await services.deskPage(
      request, title: "疑点 \(page.line.rule.rawValue) \(page.line.rule.title)",
      lead: "\(page.applicantText)，家庭编号 \(page.line.householdNumber)",
      breadcrumbs: [("疑点", Paths.deskFindings.link)], actions: page.actions, page.html)
  }
}
