package import Counter
import Domain
package import Ground
package import Pages
package import Web

/// The machine interface.
package struct APIRoutes: Sendable {
  let services: Services
  let jobs: JobRunner
  let counter: CounterDesk

  package init(services: Services, jobs: JobRunner, counter: CounterDesk) {
    self.services = services
    self.jobs = jobs
    self.counter = counter
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let api = PortalAPI(services: services, jobs: jobs, counter: counter)
    for operation in api.operations { routes.api(operation) }
    let description = api.description
    routes.fixed(Paths.apiDescription) { _ in description }
  }
}
