import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// 租约: the list of leases, those that run and those that ended.
struct LeaseListHandlers: Sendable {
  let services: Services
  let estates: EstateOverview

  func listLeases(_ request: WebRequest) async throws -> WebResponse {
    let filter = try LeaseFilter(request.query)
    let position = AreaPosition(request.query)
    let principal = try request.principal
    let scope = RegisterScope(area: principal.area)
    let today = ShanghaiTime.day(of: request.now)
    if let format = try request.exportFormat {
      let list = ListExport(
        "租约", of: "leases", columns: { LeaseListPage.columns(today: today) },
        query: leaseLines(filter, in: scope, today: today, from: nil, limit: nil))
      return try await services.export(list, as: format, request)
    }
    let estates = try await estates.choices(for: principal, at: request.now)
    let page = try await services.databases.read(as: principal, planning: .inOrder) { tx in
      LeaseListPage(
        filter: filter,
        page: ListLines(
          try tx.all(leaseLines(filter, in: scope, today: today, from: position)),
          isBackward: position?.isBackward),
        count: CappedCount(counted: try tx.one(leaseCount(filter, in: scope, today: today))),
        estates: estates, today: today)
    }
    return try await services.deskPage(
      request, title: "租约", lead: "每一份合同：谁租哪一套、租到什么时候、租金多少。",
      actions: exportLinks(filter.link), page.html)
  }
}
