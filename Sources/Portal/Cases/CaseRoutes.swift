import Complaints
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

  /// That somebody looked at a case.
  private var look: Look { Look(.viewCase, at: "cases", in: services.databases) }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let cases = CaseHandlers(services: services, estates: estates, caseCounts: caseCounts)
    routes.get(Paths.deskCases, .needs(.viewCases), cases.listCases)
    routes.get(
      Paths.deskCase, .needs(.viewCases), cases.showCase,
      records: look)

    routes.form(
      Paths.deskCaseStep, .needs(.workCases), caseStepForm(services),
      records: look)
    routes.form(
      Paths.deskCaseProposal, .needs(.handleProposals), caseProposalForm(services),
      records: look)
    routes.form(
      Paths.deskCaseHardship, .needs(.workCases), hardshipForm(services),
      records: look)
    routes.form(
      Paths.deskCaseNotes, .needs(.noteCases), caseNoteForm(services),
      records: look)
    routes.form(
      Paths.deskCasePlan, .needs(.workCases), casePlanForm(services),
      records: look)
    routes.form(
      Paths.deskCaseSplit, .needs(.workCases), caseSplitForm(services),
      records: look)
    let money = MoneyHandlers(services: services)
    routes.get(Paths.deskCaseMoney, .needs(.noteCases), money.showMoney, records: look)
    routes.form(
      Paths.deskCaseEntry, .needs(.workCases), caseEntryOfMoneyForm(services), records: look)
    routes.form(
      Paths.deskCaseMarketRent, .needs(.workCases), marketRentForm(services), records: look)
    routes.form(
      Paths.deskCaseInstalments, .needs(.workCases), instalmentForm(services), records: look)

    let returns = ReturnHandlers(services: services, estates: estates)
    routes.get(
      Paths.deskCaseReturn, .needs(.noteCases), returns.printReturn,
      records: look)
    routes.get(Paths.deskRecovered, .needs(.viewCases), returns.listRecovered)

    addWorkLists(to: &routes)
    addAnnex(to: &routes)
    addComplaints(to: &routes)

    addFiles(to: &routes)

    let grounds = ExitGroundHandlers(services: services)
    routes.get(Paths.deskExitGrounds, .needs(.viewCases), grounds.showGrounds)
    routes.form(Paths.deskExitGround, .needs(.setExitGrounds), exitGroundForm(services))
    routes.form(Paths.deskCaseSettings, .needs(.setExitGrounds), caseSettingsForm(services))

    routes.form(
      Paths.deskHouseholdCase, .needs(.workCases), caseEntryForm(services),
      records: Look(.viewHousehold, at: "households", in: services.databases))
    addDocuments(to: &routes)
    let openings = CaseOpeningHandlers(services: services)
    routes.post(
      Paths.deskFindingConfirmation, .needs(.workFindings), bodyLimit: findingSelectionBytes,
      openings.confirmFindings)
  }

  private func addFiles(to routes: inout RouteTable) {
    let files = CaseFileHandlers(services: services, photos: photos)
    routes.get(
      Paths.deskCaseFiles, .needs(.noteCases), files.newFiles,
      records: look)
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

extension CaseRoutes {
  /// Documents of cases, their templates, their service.
  private func addDocuments(to routes: inout RouteTable) {
    let draft = Look(.viewDraft, at: "document_drafts", in: services.databases)
    let document = Look(.viewDocument, at: "case_documents", in: services.databases)
    routes.form(
      Paths.deskCaseDocument, .needs(.workCases), documentDraftForm(services),
      records: look)
    routes.form(Paths.deskDraft, .needs(.workCases), draftForm(services), records: draft)
    routes.form(
      Paths.deskDraftIssue, .needs(.workCases), documentIssueForm(services), records: draft)
    routes.form(Paths.deskDraftDiscard, .needs(.workCases), draftDiscardForm(services))

    let documents = DocumentHandlers(services: services)
    routes.get(Paths.deskDocument, .needs(.viewCases), documents.showDocument, records: document)
    routes.get(
      Paths.deskDocumentSheet, .needs(.workCases), documents.printDocument, records: document)
    routes.get(
      Paths.deskDocumentReceipt, .needs(.workCases), documents.printReceipt, records: document)
    routes.form(Paths.deskDocumentVoid, .needs(.workCases), documentVoidForm(services))
    let service = serviceForm(services)
    routes.get(
      Paths.deskDocumentService, .needs(.workCases), service.show, records: document)
    routes.upload(
      Paths.deskDocumentService, .needs(.workCases), limits: ServiceProof.intake.limits,
      ServiceHandlers(services: services, photos: photos).record)

    let templates = TemplateHandlers(services: services)
    routes.get(Paths.deskTemplates, .needs(.viewCases), templates.showTemplates)
    routes.form(Paths.deskTemplate, .needs(.setExitGrounds), templateForm(services))
    routes.form(Paths.deskDocumentOffice, .needs(.setExitGrounds), documentOfficeForm(services))
  }
}

extension CaseRoutes {
  /// The list as a board, and what is done with several cases at once.
  func addWorkLists(to routes: inout RouteTable) {
    let board = CaseBoardHandlers(services: services, estates: estates)
    routes.get(Paths.deskCaseBoard, .needs(.viewCases), board.showBoard)

    let choices = CaseChoiceHandlers(services: services, estates: estates)
    let look = Look(.viewCase, at: "cases", in: services.databases) { request in
      let ids = request.query.all("case").compactMap { CaseID($0)?.description }
      return ids.isEmpty ? nil : ["cases": ids.joined(separator: ",")]
    }
    routes.get(Paths.deskCaseChoice, .needs(.workCases), choices.showChoice, records: look)
    routes.get(Paths.deskCaseAll, .needs(.workCases), choices.showAll, records: look)
    routes.post(
      Paths.deskCaseAssignments, .needs(.workCases), bodyLimit: findingSelectionBytes,
      choices.assignCases)
    routes.post(
      Paths.deskCaseNotices, .needs(.workCases), bodyLimit: findingSelectionBytes,
      choices.serveNotices)
  }

  /// Complaints on which cases rest.
  func addComplaints(to routes: inout RouteTable) {
    let look = Look(.readComplaint, at: "complaints", in: services.databases)
    routes.form(
      Paths.deskComplaintHousehold, .needs(.handleComplaints), complaintHouseholdForm(services))
    routes.form(
      Paths.deskComplaintUnlinking, .needs(.handleComplaints), complaintUnlinkingForm(services),
      records: look)
    routes.form(
      Paths.deskComplaintCase, .needs(.workCases), complaintCaseForm(services), records: look)
  }

  /// 应退未退整改情况表.
  func addAnnex(to routes: inout RouteTable) {
    let annex = AnnexHandlers(services: services, estates: estates)
    routes.get(Paths.deskAnnex, .needs(.viewCases), annex.showAnnex)
    routes.get(Paths.deskAnnexPrint, .needs(.viewCases), annex.printAnnex)
  }
}
