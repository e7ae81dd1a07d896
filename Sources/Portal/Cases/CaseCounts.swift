import Domain
import Foundation
package import Ground
import Pages
import Postgres

/// How many cases each list has: kept for some seconds, as a page is opened far more often than the
/// number above it changes.
package final class CaseCounts: Sendable {
  private struct Key: Hashable {
    let area: AreaCode
    let filter: CaseFilter
    let today: Day
  }

  private let databases: Databases
  private let counted = TimedCache<Key, CappedCount>(lifetime: 3)

  package init(databases: Databases) {
    self.databases = databases
  }

  func count(
    _ filter: CaseFilter, for principal: Principal, today: Day, at now: Date
  ) async throws -> CappedCount {
    let key = Key(area: principal.area, filter: filter, today: today)
    return try await counted.value(for: key, at: now) { [databases] in
      try await databases.read(as: principal) { tx in
        CappedCount(counted: try tx.one(caseCount(filter, today: today)))
      }
    }
  }
}
