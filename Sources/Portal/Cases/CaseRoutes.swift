import Domain
import Files
import Findings
package import Ground
package import Pages
package import Register
package import Web

/// The problem list, and findings becoming cases.
package struct CaseRoutes: Sendable {
  let services: Services
  let estates: EstateOverview
  let caseCounts: CaseCounts
  let photos: PhotoCleaner

  package init(
    services: Services, estates: EstateOverview, caseCounts: CaseCounts, photos: PhotoCleaner
  ) {
    self.services = services
    self.photos = photos
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

    addFiles(to: &routes)

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

  private func addFiles(to routes: inout RouteTable) {
    let files = CaseFileHandlers(services: services, photos: photos)
    routes.get(
      Paths.deskCaseFiles, .needs(.noteCases), files.newFiles,
      records: Look(.viewCase, at: "cases", in: services.databases))
    routes.upload(
      Paths.deskCaseFiles, .needs(.noteCases), limits: CaseFileHandlers.intake.limits,
      files.addFiles)
    routes.get(
      Paths.deskCaseFile, .needs(.viewCaseFiles), files.showFile,
      records: Look(.viewCaseFile, at: "files", in: services.databases))
    // Part of the page of its case, whose showing is recorded.
    routes.get(Paths.deskCaseThumbnail, .needs(.viewCaseFiles), files.showThumbnail)
    routes.form(Paths.deskCaseFileRemoval, .needs(.workCases), caseFileRemovalForm(services))
  }
}
