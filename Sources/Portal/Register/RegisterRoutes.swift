import Domain
import Ground
package import Pages
package import Web

/// What the register holds, and every form that changes it.
package struct RegisterRoutes: Sendable {
  let services: Services
  let estates: EstateOverview
  let householdCounts: HouseholdCounts
  let homePart: HomePart

  package init(
    services: Services, estates: EstateOverview, householdCounts: HouseholdCounts,
    homePart: HomePart
  ) {
    self.services = services
    self.estates = estates
    self.householdCounts = householdCounts
    self.homePart = homePart
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    addLists(to: &routes)
    addPages(to: &routes)
    addPlaceForms(to: &routes)
    addHouseholdForms(to: &routes)
    addMemberForms(to: &routes)
    addLeaseForms(to: &routes)
    addDeletions(to: &routes)
  }

  private func addLists(to routes: inout RouteTable) {
    let households = HouseholdListHandlers(
      services: services, estates: estates, householdCounts: householdCounts)
    routes.get(Paths.deskHouseholds, .needs(.viewHouseholds), households.listHouseholds)
    routes.post(Paths.deskHouseholdSearch, .needs(.viewHouseholds), households.searchHouseholds)

    let homes = HomeListHandlers(services: services, estates: estates)
    routes.get(Paths.deskHomes, .needs(.viewHouseholds), homes.listHomes)

    let leases = LeaseListHandlers(services: services, estates: estates)
    routes.get(Paths.deskLeases, .needs(.viewHouseholds), leases.listLeases)

    let exports = RegisterExportHandlers(services: services)
    routes.get(Paths.deskRegisterExport, .needs(.viewHouseholds), exports.showExport)
    routes.post(Paths.deskRegisterExport, .needs(.exportPersonalData), exports.exportWhole)

    let reveals = RevealHandlers(services: services)
    routes.post(Paths.deskPersonReveal, .needs(.revealPersonalData), reveals.revealNumber)
    routes.get(
      Paths.deskReveals, .needs(.viewReveals), RevealListHandlers(services: services).listReveals)
  }

  private func addPages(to routes: inout RouteTable) {
    let plans = FloorPlanHandlers(services: services)
    routes.get(Paths.deskEstatePlan, .needs(.viewEstates), plans.showPlan)

    let homes = HomeHandlers(services: services, part: homePart)
    routes.get(Paths.deskHome, .needs(.viewHouseholds), homes.showHome, records: look(.home))

    let leases = LeaseHandlers(services: services)
    routes.get(
      Paths.deskLease, .needs(.viewHouseholds), leases.showLease, records: look(.lease))
  }

  private func addPlaceForms(to routes: inout RouteTable) {
    let (estates, homes) = (
      EstateEditForms(services: services), HomeEditForms(services: services)
    )
    let access = Access.needs(.editRegister)
    routes.form(Paths.deskEstateNew, sentTo: Paths.deskEstates, access, estates.creation)
    routes.form(Paths.deskEstateEdit, sentTo: Paths.deskEstate, access, estates.change)
    routes.form(Paths.deskEstateHomeNew, sentTo: Paths.deskEstateHomes, access, homes.creation)
    routes.form(
      Paths.deskHomeEdit, sentTo: Paths.deskHome, access, homes.change, records: look(.home))
  }

  private func addHouseholdForms(to routes: inout RouteTable) {
    let households = HouseholdEditForms(services: services)
    let access = Access.needs(.editRegister)
    routes.form(Paths.deskHouseholdNew, sentTo: Paths.deskHouseholds, access, households.creation)
    routes.form(
      Paths.deskHouseholdEdit, sentTo: Paths.deskHousehold, access, households.change,
      records: look(.household))
    routes.form(
      Paths.deskHouseholdSplit, access, SplitForm(services: services).form,
      records: look(.household))
    routes.form(
      Paths.deskHouseholdMerger, access, MergerForm(services: services).form,
      records: look(.household))
  }

  private func addMemberForms(to routes: inout RouteTable) {
    let members = MemberForms(services: services)
    let access = Access.needs(.editRegister)
    routes.form(
      Paths.deskHouseholdMemberNew, sentTo: Paths.deskHouseholdMembers, access, members.addition,
      records: look(.household))
    routes.form(
      Paths.deskPersonEdit, sentTo: Paths.deskPerson, access, members.change,
      records: look(.person))
    routes.form(Paths.deskPersonLeaving, access, members.leaving, records: look(.person))
    routes.form(Paths.deskPersonReturn, access, members.coming, records: look(.person))
  }

  private func addLeaseForms(to routes: inout RouteTable) {
    let leases = LeaseForms(services: services)
    let access = Access.needs(.editRegister)
    routes.form(
      Paths.deskHouseholdLeaseNew, sentTo: Paths.deskHouseholdLeases, access, leases.signing,
      records: look(.household))
    routes.form(
      Paths.deskLeaseEdit, sentTo: Paths.deskLease, access, leases.change, records: look(.lease))
    routes.form(Paths.deskLeaseEnding, access, leases.ending, records: look(.lease))
    routes.form(Paths.deskLeaseReopening, access, leases.reopening, records: look(.lease))
    routes.form(
      Paths.deskHouseholdMove, access, MoveForm(services: services).form,
      records: look(.household))
  }

  private func addDeletions(to routes: inout RouteTable) {
    let deletions = DeletionForms(services: services)
    let access = Access.needs(.editRegister)
    routes.form(Paths.deskEstateDeletion, access, deletions.ofEstate)
    routes.form(Paths.deskHomeDeletion, access, deletions.ofHome, records: look(.home))
    routes.form(
      Paths.deskHouseholdDeletion, access, deletions.ofHousehold, records: look(.household))
    routes.form(Paths.deskLeaseDeletion, access, deletions.ofLease, records: look(.lease))
  }

  /// At what a page of the register is a look.
  private enum Seen {
    case household, person, home, lease
  }

  private func look(_ seen: Seen) -> Look {
    let (action, entity): (AuditAction, String) =
      switch seen {
      case .household: (.viewHousehold, "households")
      case .person: (.viewPerson, "persons")
      case .home: (.viewHome, "homes")
      case .lease: (.viewLease, "leases")
      }
    return Look(action, at: entity, in: services.databases)
  }
}
