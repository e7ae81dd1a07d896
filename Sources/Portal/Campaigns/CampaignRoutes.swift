import Domain
package import Pages
package import Web

/// The campaign: made, corrected, ticked off and ended.
package struct CampaignRoutes: Sendable {
  let services: Services
  let cases: CampaignCases

  package init(services: Services, cases: CampaignCases) {
    self.services = services
    self.cases = cases
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let campaigns = CampaignHandlers(services: services)
    routes.get(Paths.deskCampaign, .needs(.viewCampaign), campaigns.showCurrent)
    routes.get(Paths.deskCampaignShow, .needs(.viewCampaign), campaigns.showCampaign)

    let access = Access.needs(.planCampaign)
    let forms = CampaignForms(services: services, cases: cases)
    routes.form(Paths.deskCampaignNew, access, forms.opening)
    routes.form(Paths.deskCampaignEdit, access, forms.change)
    routes.form(Paths.deskCampaignEnding, access, forms.ending)
    routes.form(Paths.deskCampaignReopening, access, forms.reopening)

    let milestones = MilestoneForms(services: services)
    routes.form(Paths.deskMilestoneNew, sentTo: Paths.deskMilestones, access, milestones.addition)
    routes.form(Paths.deskMilestoneEdit, access, milestones.change)
    routes.form(Paths.deskMilestoneRemoval, access, milestones.removal)
    routes.form(Paths.deskMilestoneCompletion, access, milestones.completion)
    routes.form(Paths.deskMilestoneReopening, access, milestones.reopening)
  }
}
