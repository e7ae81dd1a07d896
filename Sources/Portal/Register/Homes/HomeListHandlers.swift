import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// 房源: the list of homes with who lives in them.
struct HomeListHandlers: Sendable {
  let services: Services
  let estates: EstateOverview

  func listHomes(_ request: WebRequest) async throws -> WebResponse {
    let filter = try HomeFilter(request.query)
    let position = AreaPosition(request.query)
    let principal = try request.principal
    let estates = try await estates.choices(for: principal, at: request.now)
    let selection = HomeSelection(
      filter, in: RegisterScope(area: principal.area), among: estates)
    if let format = try request.exportFormat {
      let list = ListExport(
        "房源", of: "homes", columns: { HomeListPage.columns },
        query: homeLines(selection, from: nil, limit: nil))
      return try await services.export(list, as: format, request)
    }
    let page = try await services.databases.read(as: principal, planning: .inOrder) { tx in
      HomeListPage(
        filter: filter,
        page: ListLines(
          try tx.all(homeLines(selection, from: position)), isBackward: position?.isBackward),
        count: CappedCount(counted: try tx.one(homeCount(selection))), estates: estates)
    }
    return try await services.deskPage(
      request, title: "房源", lead: "每一套房：在哪里、多大、什么状态、谁在住。",
      actions: exportLinks(filter.link), page.html)
  }
}
