import Domain
package import Pages
package import Web

/// What the register holds, and every form that changes it.
package struct RegisterRoutes: Sendable {
  let services: Services
  let estates: EstateOverview
  let householdCounts: HouseholdCounts

  package init(services: Services, estates: EstateOverview, householdCounts: HouseholdCounts) {
    self.services = services
    self.estates = estates
    self.householdCounts = householdCounts
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    addLists(to: &routes)
    addPages(to: &routes)
    addPlaceForms(to: &routes)
    addHouseholdForms(to: &routes)
    addMemberForms(to: &routes)
    addLeaseForms(to: &routes)
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

    let homes = HomeHandlers(services: services)
    routes.get(Paths.deskHome, .needs(.viewHouseholds), homes.showHome)

    let leases = LeaseHandlers(services: services)
    routes.get(Paths.deskLease, .needs(.viewHouseholds), leases.showLease)

    let campaigns = CampaignHandlers(services: services)
    routes.get(Paths.deskCampaign, .needs(.viewCampaign), campaigns.showCampaign)
  }

  private func addPlaceForms(to routes: inout RouteTable) {
    let (estates, homes) = (
      EstateEditForms(services: services), HomeEditForms(services: services)
    )
    let access = Access.needs(.editRegister)
    routes.form(Paths.deskEstateNew, sentTo: Paths.deskEstates, access, estates.creation)
    routes.form(Paths.deskEstateEdit, sentTo: Paths.deskEstate, access, estates.change)
    routes.form(Paths.deskEstateHomeNew, sentTo: Paths.deskEstateHomes, access, homes.creation)
    routes.form(Paths.deskHomeEdit, sentTo: Paths.deskHome, access, homes.change)
  }

  private func addHouseholdForms(to routes: inout RouteTable) {
    let households = HouseholdEditForms(services: services)
    let access = Access.needs(.editRegister)
    routes.form(Paths.deskHouseholdNew, sentTo: Paths.deskHouseholds, access, households.creation)
    routes.form(Paths.deskHouseholdEdit, sentTo: Paths.deskHousehold, access, households.change)
    routes.form(Paths.deskHouseholdSplit, access, SplitForm(services: services).form)
    routes.form(Paths.deskHouseholdMerger, access, MergerForm(services: services).form)
  }

  private func addMemberForms(to routes: inout RouteTable) {
    let members = MemberForms(services: services)
    let access = Access.needs(.editRegister)
    routes.form(
      Paths.deskHouseholdMemberNew, sentTo: Paths.deskHouseholdMembers, access, members.addition)
    routes.form(Paths.deskPersonEdit, sentTo: Paths.deskPerson, access, members.change)
    routes.form(Paths.deskPersonLeaving, access, members.leaving)
    routes.form(Paths.deskPersonReturn, access, members.coming)
  }

  private func addLeaseForms(to routes: inout RouteTable) {
    let leases = LeaseForms(services: services)
    let access = Access.needs(.editRegister)
    routes.form(
      Paths.deskHouseholdLeaseNew, sentTo: Paths.deskHouseholdLeases, access, leases.signing)
    routes.form(Paths.deskLeaseEdit, sentTo: Paths.deskLease, access, leases.change)
    routes.form(Paths.deskLeaseEnding, access, leases.ending)
    routes.form(Paths.deskLeaseReopening, access, leases.reopening)
    routes.form(Paths.deskHouseholdMove, access, MoveForm(services: services).form)
  }
}
