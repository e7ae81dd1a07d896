import Domain
import Files
package import Ground
package import Pages
package import Register
package import Web

/// The visits: the roster and who goes where, what was seen, and what comes of it.
package struct VisitRoutes: Sendable {
  let services: Services
  let estates: EstateOverview
  let photos: PhotoCleaner
  let jobs: JobRunner
  let visitsChanged: VisitsChanged

  /// - Parameter visitsChanged: what follows once visits say something new of households.
  package init(
    services: Services, estates: EstateOverview, photos: PhotoCleaner, jobs: JobRunner,
    visitsChanged: @escaping VisitsChanged
  ) {
    self.services = services
    self.jobs = jobs
    self.estates = estates
    self.photos = photos
    self.visitsChanged = visitsChanged
  }

  private var intake: VisitIntake {
    VisitIntake(services: services, photos: photos, visitsChanged: visitsChanged)
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    addRoster(to: &routes)
    addVisits(to: &routes)
    addPhone(to: &routes)
    addWatches(to: &routes)
  }

  /// Roster, teams, sheets, coverage.
  private func addRoster(to routes: inout RouteTable) {
    let roster = RosterHandlers(services: services, estates: estates)
    routes.get(Paths.deskRoster, .needs(.viewVisits), roster.listRoster)
    routes.form(
      Paths.deskRosterMaking, .needs(.makeRoster), rosterMakingForm(services, jobs: jobs))

    let choices = RosterChoiceHandlers(services: services, roster: roster)
    routes.get(Paths.deskRosterChoice, .needs(.planVisits), choices.showChoice)
    routes.get(Paths.deskRosterWhole, .needs(.planVisits), choices.showAll)
    routes.post(
      Paths.deskRosterChoice, .needs(.planVisits), bodyLimit: rosterSelectionBytes, choices.assign)
    let assignment = RosterAssignmentHandlers(services: services, roster: roster)
    routes.get(Paths.deskRosterAssignment, .needs(.planVisits), assignment.showAssignment)
    routes.post(
      Paths.deskRosterAssignment, .needs(.planVisits), bodyLimit: rosterSelectionBytes,
      assignment.assign)

    let sheets = RosterSheetHandlers(services: services, roster: roster)
    routes.get(Paths.deskRosterSheets, .needs(.viewVisits), sheets.showSheets)
    routes.get(
      Paths.deskVisitCoverage, .needs(.viewVisits),
      CoverageHandlers(services: services).showCoverage)

    let teams = VisitTeamForms(services: services)
    routes.get(
      Paths.deskVisitTeams, .needs(.viewVisits), VisitTeamHandlers(services: services).listTeams)
    routes.form(Paths.deskVisitTeamNew, .needs(.planVisits), teams.making)
    routes.form(Paths.deskVisitTeam, .needs(.planVisits), teams.change)
    routes.form(Paths.deskVisitTeamEnd, .needs(.planVisits), teams.end)
  }

  /// The form, what came of it, and its review.
  private func addVisits(to routes: inout RouteTable) {
    let form = VisitFormHandlers(intake: intake)
    routes.get(Paths.deskVisitForm, .needs(.recordVisits), form.showForm)
    routes.upload(
      Paths.deskVisitForm, .needs(.recordVisits), limits: VisitPhotos.intake.limits, form.sendForm)

    let visits = VisitHandlers(intake: intake, estates: estates)
    let look = Look(.readVisit, at: "visits", in: services.databases)
    routes.get(Paths.deskVisits, .needs(.viewVisits), visits.listVisits)
    routes.get(Paths.deskVisit, .needs(.viewVisits), visits.showVisit, records: look)
    routes.post(Paths.deskVisitStep, .needs(.recordVisits), visits.takeStep)
    routes.post(Paths.deskVisitConfirmation, .needs(.recordVisits), visits.confirmVisit)
    routes.upload(
      Paths.deskVisitPhotos, .needs(.recordVisits), limits: VisitPhotos.intake.limits,
      visits.addPhotos)
    routes.get(Paths.deskVisitFile, .needs(.viewVisits), visits.showFile, records: look)
    routes.get(Paths.deskVisitThumbnail, .needs(.viewVisits), visits.showThumbnail)

    let entries = RosterEntryHandlers(services: services)
    routes.get(
      Paths.deskRosterEntry, .needs(.viewVisits), entries.showEntry,
      records: Look(.readVisit, at: "roster_entries", in: services.databases))
    routes.get(Paths.deskDoorNotice, .needs(.viewVisits), entries.printNotice)
  }

  /// The page that opens without signal.
  private func addPhone(to routes: inout RouteTable) {
    let page = PhoneHandlers(services: services)
    routes.get(Paths.visitPhone, .needs(.recordVisits), page.showPage)
    routes.get(Paths.visitPhoneWorker, .public, page.showWorker)

    let homes = PhoneHomeHandlers(services: services)
    routes.get(Paths.visitPhoneSession, .needs(.recordVisits), homes.showSession)
    routes.get(Paths.visitPhoneHomes, .needs(.recordVisits), homes.listHomes)
    let key = PhoneKeyHandlers(services: services)
    routes.post(Paths.visitPhoneKey, .needs(.recordVisits), key.handOutKey)

    let sending = PhoneSendingHandlers(intake: intake)
    routes.upload(
      Paths.visitPhoneRecords, .needs(.recordVisits), limits: PhoneSendingHandlers.visit,
      sending.takeVisit)
    routes.upload(
      Paths.visitPhonePhotos, .needs(.recordVisits), limits: PhoneSendingHandlers.photo,
      sending.takePhoto)
  }

  /// Watches, patrols, repairs.
  private func addWatches(to routes: inout RouteTable) {
    let watches = WatchHandlers(services: services, estates: estates)
    routes.get(Paths.deskWatches, .needs(.viewVisits), watches.listWatches)
    routes.get(
      Paths.deskWatch, .needs(.viewVisits), watches.showWatch,
      records: Look(.readVisit, at: "home_watches", in: services.databases))
    routes.form(Paths.deskHomeWatch, .needs(.watchHomes), watches.start)
    routes.form(Paths.deskWatchEnd, .needs(.watchHomes), watches.end)

    let patrols = PatrolHandlers(services: services, estates: estates, photos: photos)
    routes.get(Paths.deskPatrols, .needs(.viewVisits), patrols.listPatrols)
    routes.get(
      Paths.deskPatrol, .needs(.viewVisits), patrols.showPatrol,
      records: Look(.readPatrol, at: "patrols", in: services.databases))
    routes.get(Paths.deskHomePatrol, .needs(.recordVisits), patrols.newPatrol)
    routes.upload(
      Paths.deskHomePatrol, .needs(.recordVisits), limits: VisitPhotos.intake.limits,
      patrols.createPatrol)

    let repairs = RepairHandlers(services: services, estates: estates)
    routes.get(Paths.deskRepairs, .needs(.viewVisits), repairs.listRepairs)
    routes.get(Paths.deskRepair, .needs(.viewVisits), repairs.showRepair)
    routes.post(Paths.deskRepairStep, .needs(.workRepairs), repairs.takeStep)
    routes.form(Paths.deskHomeRepair, .needs(.recordVisits), repairs.creation)
  }
}

/// Room for a form that carries all homes of a filter, or the buildings of a township.
private let rosterSelectionBytes = 512 << 10
