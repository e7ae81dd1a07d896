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
    let estates = EstateEditHandlers(services: services)
    routes.get(Paths.deskEstateNew, .needs(.editRegister), estates.newEstate)
    routes.post(Paths.deskEstates, .needs(.editRegister), estates.createEstate)
    routes.get(Paths.deskEstateEdit, .needs(.editRegister), estates.editEstate)
    routes.post(Paths.deskEstate, .needs(.editRegister), estates.changeEstate)

    let homes = HomeEditHandlers(services: services)
    routes.get(Paths.deskEstateHomeNew, .needs(.editRegister), homes.newHome)
    routes.post(Paths.deskEstateHomes, .needs(.editRegister), homes.createHome)
    routes.get(Paths.deskHomeEdit, .needs(.editRegister), homes.editHome)
    routes.post(Paths.deskHome, .needs(.editRegister), homes.changeHome)
  }

  private func addHouseholdForms(to routes: inout RouteTable) {
    let households = HouseholdEditHandlers(services: services)
    routes.get(Paths.deskHouseholdNew, .needs(.editRegister), households.newHousehold)
    routes.post(Paths.deskHouseholds, .needs(.editRegister), households.createHousehold)
    routes.get(Paths.deskHouseholdEdit, .needs(.editRegister), households.editHousehold)
    routes.post(Paths.deskHousehold, .needs(.editRegister), households.changeHousehold)

    let splits = SplitHandlers(services: services)
    routes.get(Paths.deskHouseholdSplit, .needs(.editRegister), splits.showSplit)
    routes.post(Paths.deskHouseholdSplit, .needs(.editRegister), splits.splitHousehold)

    let mergers = MergerHandlers(services: services)
    routes.get(Paths.deskHouseholdMerger, .needs(.editRegister), mergers.showMerger)
    routes.post(Paths.deskHouseholdMerger, .needs(.editRegister), mergers.mergeHousehold)
  }

  private func addMemberForms(to routes: inout RouteTable) {
    let members = MemberHandlers(services: services)
    routes.get(Paths.deskHouseholdMemberNew, .needs(.editRegister), members.newMember)
    routes.post(Paths.deskHouseholdMembers, .needs(.editRegister), members.addMember)
    routes.get(Paths.deskPersonEdit, .needs(.editRegister), members.editMember)
    routes.post(Paths.deskPerson, .needs(.editRegister), members.changeMember)
    routes.get(Paths.deskPersonLeaving, .needs(.editRegister), members.showLeaving)
    routes.post(Paths.deskPersonLeaving, .needs(.editRegister), members.recordLeaving)
    routes.get(Paths.deskPersonReturn, .needs(.editRegister), members.showReturn)
    routes.post(Paths.deskPersonReturn, .needs(.editRegister), members.recordReturn)
  }

  private func addLeaseForms(to routes: inout RouteTable) {
    let leases = LeaseEditHandlers(services: services)
    routes.get(Paths.deskHouseholdLeaseNew, .needs(.editRegister), leases.newLease)
    routes.post(Paths.deskHouseholdLeases, .needs(.editRegister), leases.createLease)
    routes.get(Paths.deskLeaseEdit, .needs(.editRegister), leases.editLease)
    routes.post(Paths.deskLease, .needs(.editRegister), leases.changeLease)
    routes.get(Paths.deskLeaseEnding, .needs(.editRegister), leases.showEnding)
    routes.post(Paths.deskLeaseEnding, .needs(.editRegister), leases.endLease)
    routes.get(Paths.deskLeaseReopening, .needs(.editRegister), leases.showReopening)
    routes.post(Paths.deskLeaseReopening, .needs(.editRegister), leases.reopenLease)

    let moves = MoveHandlers(services: services)
    routes.get(Paths.deskHouseholdMove, .needs(.editRegister), moves.showMove)
    routes.post(Paths.deskHouseholdMove, .needs(.editRegister), moves.moveHousehold)
  }
}
