import Domain
package import Pages
package import Web

/// The counter, and who lets a hit go on.
package struct CounterRoutes: Sendable {
  let services: Services
  let counter: CounterDesk

  package init(services: Services, counter: CounterDesk) {
    self.services = services
    self.counter = counter
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let questions = CounterHandlers(services: services, counter: counter)
    routes.get(Paths.deskCounter, .needs(.askCounter), questions.showCounter)
    routes.post(Paths.deskCounter, .needs(.askCounter), questions.askQuestion)
    routes.get(Paths.deskCounterFiling, .needs(.askCounter), questions.showFiling)
    routes.post(Paths.deskCounterFiling, .needs(.askCounter), questions.enterFiling)

    let hits = CounterHitHandlers(services: services)
    routes.get(Paths.deskCounterHits, .needs(.releaseCounter), hits.listHits)
    routes.get(
      Paths.deskCounterRelease, .needs(.releaseCounter), hits.showRelease,
      records: Look(.viewHit, at: "counter_checks", in: services.databases))
    routes.post(Paths.deskCounterRelease, .needs(.releaseCounter), hits.releaseHit)

    let releases = HitReleaseHandlers(services: services)
    routes.get(Paths.deskCounterHitRelease, .needs(.releaseCounter), releases.showRelease)
    routes.post(
      Paths.deskCounterHitRelease, .needs(.releaseCounter), bodyLimit: 512 << 10,
      releases.releaseHits)
  }
}
