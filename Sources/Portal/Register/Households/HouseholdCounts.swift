import Domain
import Foundation
package import Ground
import Postgres

/// How many households each list has: kept for some seconds, as a page is opened far more often than
/// the number below it changes.
package final class HouseholdCounts: Sendable {
  private struct Key: Hashable {
    let area: AreaCode
    let filter: HouseholdFilter
  }

  private let databases: Databases
  private let counted = TimedCache<Key, Int>(lifetime: 3)

  package init(databases: Databases) {
    self.databases = databases
  }

  func count(
    _ selection: HouseholdSelection, for principal: Principal, at now: Date
  ) async throws -> Int {
    let key = Key(area: principal.area, filter: selection.filter)
    return try await counted.value(for: key, at: now) { [databases] in
      let planning: Databases.Planning? = selection.filter.words == nil ? nil : .search
      return try await databases.read(as: principal, planning: planning) { tx in
        try tx.one(householdCount(selection))
      }
    }
  }
}
