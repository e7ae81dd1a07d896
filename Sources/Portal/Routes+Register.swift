import Domain
import Web

extension Portal {
  /// What the register holds, and every form that changes it.
  static func addRegister(_ services: Services, to routes: inout RouteTable) {
    addRegisterPages(services, to: &routes)
  }

  private static func addRegisterPages(_ services: Services, to routes: inout RouteTable) {
    let plans = FloorPlanHandlers(services: services)
    routes.get(Paths.deskEstatePlan, .needs(.viewEstates), plans.showPlan)

    let homes = HomeHandlers(services: services)
    routes.get(Paths.deskHome, .needs(.viewHouseholds), homes.showHome)

    let leases = LeaseHandlers(services: services)
    routes.get(Paths.deskLease, .needs(.viewHouseholds), leases.showLease)

    let dossiers = DossierHandlers(services: services)
    routes.get(Paths.deskHousehold, .needs(.viewHouseholds), dossiers.showHousehold)
    routes.get(Paths.deskHouseholdPrint, .needs(.viewHouseholds), dossiers.printHousehold)
  }
}
