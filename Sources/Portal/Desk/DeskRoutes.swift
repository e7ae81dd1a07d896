import Domain
package import Figures
import Ground
package import Pages
package import Register
package import Web

/// The home page of each role, and the pages that gather what several rooms know.
package struct DeskRoutes: Sendable {
  let services: Services
  let estates: EstateOverview
  let figures: DeskFigures

  package init(services: Services, estates: EstateOverview, figures: DeskFigures) {
    self.services = services
    self.estates = estates
    self.figures = figures
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let desk = DeskHandlers(services: services, figures: figures)
    routes.get(Paths.desk, .needs(.viewDesk), desk.showDesk)

    // Wherever somebody types what a list is narrowed to.
    routes.post(Paths.find, .signedIn) { _, fields in .redirect(to: try FindForm.list(fields)) }

    let overview = EstateHandlers(services: services, estates: estates, figures: figures)
    routes.get(Paths.deskEstates, .needs(.viewEstates), overview.listEstates)
    routes.get(Paths.deskEstate, .needs(.viewEstates), overview.showEstate)

    let dossiers = DossierHandlers(services: services)
    let look = Look(.viewHousehold, at: "households", in: services.databases)
    routes.get(
      Paths.deskHousehold, .needs(.viewHouseholds), dossiers.showHousehold, records: look)
    routes.get(
      Paths.deskHouseholdPrint, .needs(.viewHouseholds), dossiers.printHousehold, records: look)

    let oversight = OversightHandlers(services: services, figures: figures)
    routes.get(Paths.oversight, .needs(.viewOversight), oversight.showOversight)
  }
}
