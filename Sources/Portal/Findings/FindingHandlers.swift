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
    let filter = try FindingFilter(request.query)
    let position = FindingPosition(request.query)
    let (principal, keys) = (try request.principal, services.keys)
    if let format = try request.exportFormat {
      let list = ListExport(
        "疑点", of: "findings", columns: { FindingListPage.columns(keys) },
        query: findingLines(filter, at: nil, limit: nil))
      return try await services.export(list, as: format, request)
    }
    let estates = try await estates.choices(for: principal, at: request.now)
    let page = try await services.databases.read(as: principal, planning: .search) { tx in
      FindingListPage(
        filter: filter,
        page: ListLines(
          try tx.all(findingLines(filter, at: position)), isBackward: position?.isBackward),
        count: CappedCount(counted: try tx.one(findingCount(filter))), estates: estates, keys: keys,
        mayDecide: principal.may(.workFindings))
    }
    return try await services.deskPage(
      request, title: "疑点", lead: "规则从部门的答复里找出来的疑点：逐个核实，排除，或转为问题。",
      actions: listActions(filter), page.html)
  }

  private func listActions(_ filter: FindingFilter) -> HTML {
    exportLinks(filter.link)
      + buttonLink("认定标准", Paths.deskThresholds.link, isPrimary: false)
      + buttonLink("运行规则", Paths.deskRuleRuns.link, isPrimary: false)
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
}
