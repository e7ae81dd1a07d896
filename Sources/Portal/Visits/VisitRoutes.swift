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
  let visitsChanged: VisitsChanged

  /// - Parameter visitsChanged: what follows once visits say something new of households.
  package init(
    services: Services, estates: EstateOverview, photos: PhotoCleaner,
    visitsChanged: @escaping VisitsChanged
  ) {
    self.services = services
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
  }
}
