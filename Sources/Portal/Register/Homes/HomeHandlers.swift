import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// One home.
struct HomeHandlers: Sendable {
  let services: Services

  /// `GET /desk/homes/:id`
  func showHome(_ request: WebRequest, _ id: HomeID) async throws -> WebResponse {
    let principal = try request.principal
    let today = ShanghaiTime.day(of: request.now)
    let page = try await services.databases.read(as: principal) { tx in
      guard let home = try tx.first(homeDetail(id)) else { throw WebError.notFound }
      return HomeShowPage(
        home: home, leases: try tx.all(leases(of: id)),
        changes: try tx.all(registerChanges(of: .home(id))), today: today)
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
      actions: principal.may(.editRegister)
        ? buttonLink("修改", Paths.deskHomeEdit.link(id), isPrimary: false)
          + buttonLink("删除", Paths.deskHomeDeletion.link(id), isPrimary: false) : HTML(),
      page.html)
  }
}
