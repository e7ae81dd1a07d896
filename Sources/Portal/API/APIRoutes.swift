package import Counter
package import Deliveries
import Domain
package import Pages
package import Web

/// The machine interface.
package struct APIRoutes: Sendable {
  let services: Services
  let deliveries: DeliveryJobs
  let counter: CounterDesk

  package init(services: Services, deliveries: DeliveryJobs, counter: CounterDesk) {
    self.services = services
    self.deliveries = deliveries
    self.counter = counter
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let api = PortalAPI(services: services, deliveries: deliveries, counter: counter)
    for operation in api.operations { routes.api(operation) }
    let description = api.description
    routes.fixed(Paths.apiDescription) { _ in description }
  }
}
