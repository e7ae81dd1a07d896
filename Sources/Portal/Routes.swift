import Domain
import Web

extension Portal {
  /// Every route, one line each: its address, who may use it, and what answers.
  static func routes(_ services: Services, migrations: [String]) -> RouteTable {
    var routes = RouteTable()
    addPublicSide(services, to: &routes)
    addSignIn(services, to: &routes)
    addDesk(services, to: &routes)
    addRegisterLists(services, to: &routes)
    addRegister(services, to: &routes)
    addComplaintDesk(services, to: &routes)
    addImports(services, to: &routes)
    addReviews(services, to: &routes)
    addDeliveries(services, to: &routes)
    addFindings(services, to: &routes)
    addCounter(services, to: &routes)
    addAPI(services, to: &routes)
    addDisclosure(services, to: &routes)
    addOversight(services, to: &routes)
    addAdministration(services, to: &routes)
    addOperations(services, migrations, to: &routes)
    return routes
  }

  private static func addPublicSide(_ services: Services, to routes: inout RouteTable) {
    let progress = ProgressHandlers(services: services)
    routes.fixed(Paths.home, .public, progress.showHome)
    routes.fixed(Paths.progress, .public, progress.showProgress)
    routes.fixed(Paths.progressData, .public, progress.showProgressData)

    let complaints = ComplaintHandlers(services: services)
    let photos = ComplaintPhotos.uploadLimits
    routes.get(Paths.complaintNew, .public, complaints.newComplaint)
    routes.upload(Paths.complaints, .public, limits: photos, complaints.createComplaint)
    routes.get(Paths.complaintReceipt, .public, complaints.showReceipt)
    routes.get(Paths.receiptKey, .public, complaints.showReceiptKey)

    let track = ComplaintTrackHandlers(services: services)
    routes.get(Paths.complaintTrack, .public, track.showTracking)
    routes.post(Paths.complaintTrack, .public, track.openTracking)
    routes.post(Paths.complaintTrackExit, .public, track.closeTracking)
    routes.post(Paths.complaintTrackMessages, .public, track.postMessage)
    routes.upload(Paths.complaintTrackPhotos, .public, limits: photos, track.addPhotos)
    routes.get(Paths.complaintTrackPhoto, .public, track.showPhoto)
  }

  private static func addSignIn(_ services: Services, to routes: inout RouteTable) {
    let signIn = SignInHandlers(services: services)
    routes.get(Paths.login, .public, signIn.showSignIn)
    routes.post(Paths.login, .public, signIn.signIn)
    routes.post(Paths.logout, .public, signIn.signOut)

    let password = PasswordHandlers(services: services)
    routes.get(Paths.password, .signedIn, password.showPasswordForm)
    routes.post(Paths.password, .signedIn, password.changePassword)
  }

  private static func addDesk(_ services: Services, to routes: inout RouteTable) {
    let desk = DeskHandlers(services: services)
    routes.get(Paths.desk, .needs(.viewDesk), desk.showDesk)

    let estates = EstateHandlers(services: services)
    routes.get(Paths.deskEstates, .needs(.viewEstates), estates.listEstates)
    routes.get(Paths.deskEstate, .needs(.viewEstates), estates.showEstate)

    let cases = CaseHandlers(services: services)
    routes.get(Paths.deskCases, .needs(.viewCases), cases.listCases)
    routes.get(Paths.deskCase, .needs(.viewCases), cases.showCase)

    let campaigns = CampaignHandlers(services: services)
    routes.get(Paths.deskCampaign, .needs(.viewCampaign), campaigns.showCampaign)
  }

  private static func addRegisterLists(_ services: Services, to routes: inout RouteTable) {
    let households = HouseholdListHandlers(services: services)
    routes.get(Paths.deskHouseholds, .needs(.viewHouseholds), households.listHouseholds)
    routes.post(Paths.deskHouseholdSearch, .needs(.viewHouseholds), households.searchHouseholds)

    let homes = HomeListHandlers(services: services)
    routes.get(Paths.deskHomes, .needs(.viewHouseholds), homes.listHomes)

    let leases = LeaseListHandlers(services: services)
    routes.get(Paths.deskLeases, .needs(.viewHouseholds), leases.listLeases)

    let exports = RegisterExportHandlers(services: services)
    routes.get(Paths.deskRegisterExport, .needs(.viewHouseholds), exports.showExport)
    routes.post(Paths.deskRegisterExport, .needs(.exportPersonalData), exports.exportWhole)

    let reveals = RevealHandlers(services: services)
    routes.post(Paths.deskPersonReveal, .needs(.revealPersonalData), reveals.revealNumber)
  }

  private static func addComplaintDesk(_ services: Services, to routes: inout RouteTable) {
    let desk = ComplaintDeskHandlers(services: services)
    routes.get(Paths.deskComplaints, .needs(.viewComplaints), desk.listComplaints)
    routes.get(Paths.deskComplaint, .needs(.viewComplaints), desk.showComplaint)
    routes.get(Paths.deskComplaintPhoto, .needs(.viewComplaints), desk.showPhoto)
    routes.post(Paths.deskComplaintAcceptance, .needs(.handleComplaints), desk.acceptComplaint)
    routes.post(Paths.deskComplaintRefusal, .needs(.handleComplaints), desk.declineComplaint)
    routes.post(Paths.deskComplaintAssignment, .needs(.handleComplaints), desk.assignComplaint)
    routes.post(Paths.deskComplaintMessages, .needs(.handleComplaints), desk.postMessage)
    routes.post(Paths.deskComplaintResult, .needs(.finishComplaints), desk.finishComplaint)
    routes.post(Paths.deskComplaintReopening, .needs(.handleComplaints), desk.reopenComplaint)

    let intake = ComplaintIntakeHandlers(services: services)
    routes.get(Paths.deskComplaintNew, .needs(.handleComplaints), intake.newComplaint)
    routes.upload(
      Paths.deskComplaints, .needs(.handleComplaints), limits: ComplaintPhotos.uploadLimits,
      intake.createComplaint)
    routes.get(Paths.deskComplaintReceipt, .needs(.handleComplaints), intake.showReceipt)
  }

  private static func addImports(_ services: Services, to routes: inout RouteTable) {
    let imports = ImportHandlers(services: services)
    routes.get(Paths.deskImports, .needs(.importRegister), imports.listImports)
    routes.get(Paths.deskImportNew, .needs(.importRegister), imports.newImport)
    routes.upload(
      Paths.deskImports, .needs(.importRegister), limits: ImportHandlers.uploadLimits,
      imports.createImport)
    routes.get(Paths.deskImport, .needs(.importRegister), imports.showImport)
    routes.get(Paths.deskImportProblems, .needs(.importRegister), imports.listProblems)
    routes.get(Paths.deskImportChanges, .needs(.importRegister), imports.listChanges)
    routes.get(Paths.deskImportMarked, .needs(.importRegister), imports.downloadMarked)
    routes.post(Paths.deskImportCheck, .needs(.importRegister), imports.checkAgain)
    routes.post(Paths.deskImportConfirmation, .needs(.importRegister), imports.confirmImport)
    routes.post(Paths.deskImportCancellation, .needs(.importRegister), imports.cancelImport)
    routes.get(Paths.deskImportUndo, .needs(.importRegister), imports.askUndo)
    routes.post(Paths.deskImportUndo, .needs(.importRegister), imports.undoImport)
    for kind in RegisterSheet.allCases {
      routes.get(
        Paths.importTemplate(kind), .needs(.importRegister), imports.downloadTemplate(kind))
    }
  }

  private static func addDisclosure(_ services: Services, to routes: inout RouteTable) {
    let releases = ReleaseHandlers(services: services)
    routes.get(Paths.deskDisclosure, .needs(.viewProgressFigures), releases.showDisclosure)
    routes.post(Paths.deskReleases, .needs(.prepareRelease), releases.prepareRelease)
    routes.get(Paths.deskRelease, .needs(.viewProgressFigures), releases.showRelease)
    routes.post(Paths.deskReleasePublication, .needs(.publishRelease), releases.publishRelease)
    routes.post(Paths.deskReleaseDiscard, .needs(.prepareRelease), releases.discardRelease)
  }

  private static func addOversight(_ services: Services, to routes: inout RouteTable) {
    let oversight = OversightHandlers(services: services)
    routes.get(Paths.oversight, .needs(.viewOversight), oversight.showOversight)

    let misconduct = MisconductHandlers(services: services)
    routes.get(Paths.oversightComplaints, .needs(.viewMisconduct), misconduct.listComplaints)
    routes.get(Paths.oversightComplaint, .needs(.viewMisconduct), misconduct.showComplaint)
    routes.get(Paths.oversightComplaintPhoto, .needs(.viewMisconduct), misconduct.showPhoto)
  }

  private static func addAdministration(_ services: Services, to routes: inout RouteTable) {
    let admin = AdminHandlers(services: services)
    routes.get(Paths.admin, .needs(.viewAdmin), admin.showHome)

    let accounts = AccountAdminHandlers(services: services)
    routes.get(Paths.adminAccounts, .needs(.manageAccounts), accounts.listAccounts)
    routes.get(Paths.adminAccountDisabling, .needs(.manageAccounts), accounts.confirmDisabling)
    routes.post(Paths.adminAccountDisabling, .needs(.manageAccounts), accounts.disableAccount)
    routes.post(Paths.adminAccountEnabling, .needs(.manageAccounts), accounts.enableAccount)
    routes.get(Paths.adminAccountPassword, .needs(.manageAccounts), accounts.confirmPasswordReset)
    routes.post(Paths.adminAccountPassword, .needs(.manageAccounts), accounts.resetAccountPassword)

    let security = SecurityHandlers(services: services)
    routes.get(Paths.adminSecurity, .needs(.manageSecurity), security.showSecurity)
    routes.post(Paths.adminUnlock, .needs(.manageSecurity), security.unlockAccount)
    routes.post(Paths.adminSessionsEnd, .needs(.manageSecurity), security.endAccountSessions)

    let audit = AuditHandlers(services: services)
    routes.get(Paths.adminAudit, .needs(.viewAudit), audit.listEvents)
    routes.get(Paths.adminAuditEvent, .needs(.viewAudit), audit.showEvent)
  }

  private static func addOperations(
    _ services: Services, _ migrations: [String], to routes: inout RouteTable
  ) {
    let health = HealthHandlers(services: services, migrations: migrations)
    routes.get(Paths.health, .public, health.showHealth)
    routes.get(Paths.ready, .public, health.showReadiness)
  }
}
