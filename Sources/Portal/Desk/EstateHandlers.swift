import Cases
import Domain
import Figures
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// 项目与房源: estates with their homes, and what the review found in them. The register knows nothing
/// of cases; the desk lays both beside each other.
struct EstateHandlers: Sendable {
  let services: Services
  let estates: EstateOverview
  let figures: DeskFigures

  func listEstates(_ request: WebRequest) async throws -> WebResponse {
    let township = try township(request.query)
    let principal = try request.principal
    let figures = try await estateFigures(request)
    let summaries = try await estates.summaries(for: principal, at: request.now)
    let choices = try await estates.choices(for: principal, at: request.now)
    let estates = summaries.filter { township == nil || $0.area == township }
    if let format = try request.exportFormat {
      let list = ListExport(
        "项目", of: "estates", columns: { EstateListPage.columns(figures) }, rows: estates)
      return try await services.export(list, as: format, request)
    }
    let page = EstateListPage(
      estates: estates, choices: choices, township: township, figures: figures)
    return try await services.deskPage(
      request, title: "项目与房源", lead: "每个公租房项目有多少套房、住着多少户、发现和清退了多少。",
      actions: exportLinks(Paths.deskEstates.link.query("township", township?.rawValue))
        + (principal.may(.editRegister)
          ? buttonLink("登记项目", Paths.deskEstateNew.link, isPrimary: false) : HTML()),
      page.html)
  }

  func showEstate(_ request: WebRequest, id: EstateID) async throws -> WebResponse {
    let (principal, now) = (try request.principal, request.now)
    let figures = try await estateFigures(request)
    let building = request.query["building"]
    var filter = CaseFilter()
    filter.estate = id
    let page = try await services.databases.read(as: principal) { [filter] tx in
      guard let estate = try tx.first(estateSummary(id)) else { throw WebError.notFound }
      let mayViewCases = principal.may(.viewCases)
      return EstateShowPage(
        estate: estate, plan: try tx.floorPlan(of: id, building: building, for: principal),
        counts: figures[id],
        cases: mayViewCases
          ? try tx.all(firstCases(filter, as: principal, at: now)) : nil,
        casesLink: filter.link, today: ShanghaiTime.day(of: now))
    }
    return try await services.deskPage(
      request, title: page.estate.name, lead: "\(page.estate.township) · \(page.estate.address)",
      breadcrumbs: [("项目与房源", Paths.deskEstates.link)],
      actions: principal.may(.editRegister)
        ? buttonLink("修改", Paths.deskEstateEdit.link(id), isPrimary: false)
          + buttonLink("登记房源", Paths.deskEstateHomeNew.link(id), isPrimary: false)
          + buttonLink("删除", Paths.deskEstateDeletion.link(id), isPrimary: false) : HTML(),
      page.html)
  }

  private func township(_ query: FormFields) throws -> AreaCode? {
    guard let text = query["township"], !text.isEmpty else { return nil }
    guard let area = AreaCode(text) else {
      throw WebError.badRequest("网址里的乡镇代码不对，请回到清单重新选择。")
    }
    return area
  }

  private func estateFigures(_ request: WebRequest) async throws -> [EstateID: FigureCounts] {
    let current = try await figures.current(for: try request.principal, at: request.now)
    return Dictionary(
      current.flatMap(\.figures.estates).map { ($0.estate, $0.counts) },
      uniquingKeysWith: { first, _ in first })
  }
}
