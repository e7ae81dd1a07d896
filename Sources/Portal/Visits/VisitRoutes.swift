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
  }

  /// The page that opens without signal.
  private func addPhone(to routes: inout RouteTable) {
  }

  /// Watches, patrols, repairs.
  private func addWatches(to routes: inout RouteTable) {
  }
}

/// Room for a form that carries all homes of a filter, or the buildings of a township.
private let rosterSelectionBytes = 512 << 10
