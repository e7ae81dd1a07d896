import Domain
package import Pages
package import Web

/// What is published, and the desk on which it is prepared.
package struct DisclosureRoutes: Sendable {
  let services: Services
  let releases: ReleaseCache
  let figures: DeskFigures

  package init(services: Services, releases: ReleaseCache, figures: DeskFigures) {
    self.services = services
    self.releases = releases
    self.figures = figures
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    addPublicSide(to: &routes)
    addDesk(to: &routes)
  }

  private func addPublicSide(to routes: inout RouteTable) {
    let progress = ProgressHandlers(releases: releases)
    routes.fixed(Paths.home, .public, progress.showHome)
    routes.fixed(Paths.progress, .public, progress.showProgress)
    routes.fixed(Paths.progressData, .public, progress.showProgressData)
  }

  private func addDesk(to routes: inout RouteTable) {
    let releases = ReleaseHandlers(services: services, figures: figures)
    routes.get(Paths.deskDisclosure, .needs(.viewProgressFigures), releases.showDisclosure)
    routes.post(Paths.deskReleases, .needs(.prepareRelease), releases.prepareRelease)
    routes.get(Paths.deskRelease, .needs(.viewProgressFigures), releases.showRelease)
    routes.post(Paths.deskReleasePublication, .needs(.publishRelease), releases.publishRelease)
    routes.post(Paths.deskReleaseDiscard, .needs(.prepareRelease), releases.discardRelease)
  }
}
