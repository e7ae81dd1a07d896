import Domain
import Findings
import Ground
package import Pages
package import Register
package import Web

/// The problem list, and findings becoming cases.
package struct CaseRoutes: Sendable {
  let services: Services
  let estates: EstateOverview
  let caseCounts: CaseCounts

  package init(services: Services, estates: EstateOverview, caseCounts: CaseCounts) {
    self.services = services
    self.estates = estates
    self.caseCounts = caseCounts
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let cases = CaseHandlers(services: services, estates: estates, caseCounts: caseCounts)
    routes.get(Paths.deskCases, .needs(.viewCases), cases.listCases)
    routes.get(
      Paths.deskCase, .needs(.viewCases), cases.showCase,
      records: Look(.viewCase, at: "cases", in: services.databases))

    routes.form(
      Paths.deskCaseStep, .needs(.workCases), caseStepForm(services),
      records: Look(.viewCase, at: "cases", in: services.databases))
    routes.form(
      Paths.deskCaseProposal, .needs(.handleProposals), caseProposalForm(services),
      records: Look(.viewCase, at: "cases", in: services.databases))
    routes.form(
      Paths.deskCaseHardship, .needs(.workCases), hardshipForm(services),
      records: Look(.viewCase, at: "cases", in: services.databases))
    routes.form(
      Paths.deskCaseNotes, .needs(.noteCases), caseNoteForm(services),
      records: Look(.viewCase, at: "cases", in: services.databases))
    routes.form(
      Paths.deskCasePlan, .needs(.workCases), casePlanForm(services),
      records: Look(.viewCase, at: "cases", in: services.databases))
    routes.form(
      Paths.deskCaseSplit, .needs(.workCases), caseSplitForm(services),
      records: Look(.viewCase, at: "cases", in: services.databases))

    addWorkLists(to: &routes)
    addAnnex(to: &routes)
    addComplaints(to: &routes)

    let grounds = ExitGroundHandlers(services: services)
    routes.get(Paths.deskExitGrounds, .needs(.viewCases), grounds.showGrounds)
    routes.form(Paths.deskExitGround, .needs(.setExitGrounds), exitGroundForm(services))
    routes.form(Paths.deskCaseSettings, .needs(.setExitGrounds), caseSettingsForm(services))

    routes.form(
      Paths.deskHouseholdCase, .needs(.workCases), caseEntryForm(services),
      records: Look(.viewHousehold, at: "households", in: services.databases))
    let openings = CaseOpeningHandlers(services: services)
    routes.post(
      Paths.deskFindingConfirmation, .needs(.workFindings), bodyLimit: findingSelectionBytes,
      openings.confirmFindings)
  }
}
