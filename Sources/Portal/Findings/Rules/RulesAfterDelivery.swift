package import Deliveries
import Foundation
package import Ground
package import Logging

extension DeliveryCommand {
  /// A command after which the rules run, as they do where the portal takes a delivery in.
  ///
  /// - Parameter connectionString: of the staff login: the same rules hold as on screen.
  package init(connectionString: String, keys: KeyRing, logger: Logger) {
    self.init(connectionString: connectionString, keys: keys, logger: logger) { databases, now in
      let rules = RuleRunJobs(
        connectionString: connectionString, databases: databases, keys: keys, logger: logger,
        now: { now })
      return ({ await rules.deliveryDone($0, by: $1) }, { await rules.finishAll() })
    }
  }
}
