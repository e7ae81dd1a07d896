package import Domain
import Ground
package import HTML
import Pages
package import Postgres
import Web

/// The floor plan of an estate: one building at a time on the estate's page, and for paper.
struct FloorPlanHandlers: Sendable {
  let services: Services

  /// `GET /desk/estates/:id/plan?building=…`: the plan on a sheet.
  func showPlan(_ request: WebRequest, _ id: EstateID) async throws -> WebResponse {
    let principal = try request.principal
    let asked = request.query["building"]
    let (estate, plan) = try await services.databases.read(as: principal) { tx in
      guard let estate = try tx.first(estateSummary(id)) else { throw WebError.notFound }
      return (estate, try tx.floorPlan(of: id, building: asked, for: principal))
    }
    let sheet = PrintPage(
      title: "\(estate.name)房源分布图", site: services.site.settings(for: try request.principal),
      back: Paths.deskEstate.link(id).query("building", asked),
      body: plan.map { planSheet($0, on: ShanghaiTime.day(of: request.now)) }
        ?? "<p>这个项目还没有登记房源。</p>")
    return .page(sheet.html)
  }

  private func planSheet(_ plan: EstatePlan, on day: Day) -> HTML {
    """
    <p class="sheet-meta"><span>\(plan.current.building)，共 \(plan.current.count) 套</span>\
    <span>截至 \(day.chinese)</span></p>
    \(planLegend(plan.current.homes))\(plan.view.html)
    """
  }
}

/// A building's plan beside the other buildings of its estate.
package struct EstatePlan: Sendable {
  /// In the order of people.
  let buildings: [BuildingSummary]
  let current: BuildingSummary
  let view: FloorPlanView
}

extension Transaction {
  /// The plan of one building, by default the first; nil when the estate has no homes.
  package func floorPlan(
    of estate: EstateID, building: String?, for principal: Principal
  ) throws -> EstatePlan? {
    let all = try all(buildings(of: estate)).sorted { isBefore($0.building, $1.building) }
    guard let first = all.first else { return nil }
    let current = all.first { $0.building == building } ?? first
    let homes = try self.all(planHomes(of: estate, building: current.building))
    return EstatePlan(
      buildings: all, current: current,
      view: FloorPlanView(
        plan: FloorPlan(building: current.building, homes: homes),
        showsOccupants: principal.may(.viewHouseholds)))
  }
}

/// The panel of the estate's page.
package func floorPlanPanel(_ plan: EstatePlan?, estate: EstateID) -> HTML {
  guard let plan else {
    return panel("房源分布", emptyState("还没有登记房源", hint: "逐套登记，或用“导入”成批登记。"))
  }
  let choice =
    switch plan.buildings.count {
    case 1: HTML()
    case 2...40: buildingLinks(plan, estate)
    default: buildingSelect(plan, estate)
    }
  return "<div id=\"plan\">"
    + panel(
      "房源分布：\(plan.current.building)",
      actions: buttonLink(
        "打印", Paths.deskEstatePlan.link(estate).query("building", plan.current.building),
        isPrimary: false),
      choice + planLegend(plan.current.homes) + plan.view.html) + "</div>\n"
}

private func buildingSelect(_ plan: EstatePlan, _ estate: EstateID) -> HTML {
  filterBar(action: Paths.deskEstate.link(estate)) {
    filterSelect(
      "building", label: "楼栋",
      options: plan.buildings.map { ($0.building, "\($0.building)（\($0.count) 套）") },
      selected: plan.current.building, any: "第一栋")
  }
}

private func buildingLinks(_ plan: EstatePlan, _ estate: EstateID) -> HTML {
  let links = plan.buildings.map { building -> HTML in
    let isCurrent = building.building == plan.current.building
    let link = Paths.deskEstate.link(estate).query("building", building.building)
      .fragment("plan")
    return """
      <li><a href="\(path: link)"\(attribute: "aria-current", isCurrent ? "true" : nil)>\
      \(building.building)</a> <span class="hint">\(building.count)</span></li>
      """
  }
  return "<ul class=\"plan-buildings\" aria-label=\"楼栋\">\(links)</ul>\n"
}
