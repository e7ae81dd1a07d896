package import Ground
package import Logging
import Postgres
package import ServiceLifecycle

/// Lets the database write once more, once an hour, what citizens wrote before, so that neither the place of a row nor
/// its transaction tells when it came (`sql/0034_brakes_and_order.sql`). Of several portals one does it.
package struct ReportSettling: Service {
  let databases: Databases
  let logger: Logger

  package init(databases: Databases, logger: Logger) {
    self.databases = databases
    self.logger = logger
  }

  package func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while true {
        // At no fixed minute.
        try await Task.sleep(for: .seconds(Double.random(in: 300...1_500)))
        do {
          _ = try await databases.settleReports()
        } catch {
          logger.warning("reports not settled", metadata: ["reason": "\(error)"])
        }
      }
    }
  }
}

extension Databases {
  /// How many rows were written once more.
  package func settleReports() async throws -> Int {
    try await transactionOfNobody { tx in try tx.one(Query<Int>("SELECT settle_reports()")) }
  }
}
