import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// One home.
struct HomeHandlers: Sendable {
  let services: Services
  let part: HomePart

  /// `GET /desk/homes/:id`
  func showHome(_ request: WebRequest, _ id: HomeID) async throws -> WebResponse {
    let principal = try request.principal
    let today = ShanghaiTime.day(of: request.now)
    let (page, added) = try await services.databases.read(as: principal) { [part] tx in
      guard let home = try tx.first(homeDetail(id)) else { throw WebError.notFound }
      let page = HomeShowPage(
        home: home, leases: try tx.all(leases(of: id)),
        changes: try tx.all(registerChanges(of: .home(id))), today: today)
      return (page, try part.read(tx, id, principal))
    }
    let home = page.home
    return try await services.deskPage(
      request, title: "\(home.estateName) \(home.place)",
      lead: "\(home.township) · \(home.floorArea) m² · \(home.state.title)",
      breadcrumbs: [
        ("项目与房源", Paths.deskEstates.link),
        (
          home.estateName,
          Paths.deskEstate.link(home.estate).query("building", home.building).fragment("plan")
        ),
      ],
      actions: added.actions
        + (principal.may(.editRegister)
          ? buttonLink("修改", Paths.deskHomeEdit.link(id), isPrimary: false)
            + buttonLink("删除", Paths.deskHomeDeletion.link(id), isPrimary: false) : HTML()),
      page.html(with: added.panels))
  }
}
