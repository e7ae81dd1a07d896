import Domain
import Web

extension Portal {
  /// The counter, and who asks there.
  static func addCounter(_ services: Services, to routes: inout RouteTable) {
    let counter = CounterHandlers(services: services)
    routes.get(Paths.deskCounter, .needs(.askCounter), counter.showCounter)
    routes.post(Paths.deskCounter, .needs(.askCounter), counter.askQuestion)
    routes.get(Paths.deskCounterFiling, .needs(.askCounter), counter.showFiling)
    routes.post(Paths.deskCounterFiling, .needs(.askCounter), counter.enterFiling)

    let hits = CounterHitHandlers(services: services)
    routes.get(Paths.deskCounterHits, .needs(.releaseCounter), hits.listHits)
    routes.get(Paths.deskCounterRelease, .needs(.releaseCounter), hits.showRelease)
    routes.post(Paths.deskCounterRelease, .needs(.releaseCounter), hits.releaseHit)

    let watch = CounterWatchHandlers(services: services)
    routes.get(Paths.adminAuditCounter, .needs(.viewAudit), watch.showWatch)
  }
}
