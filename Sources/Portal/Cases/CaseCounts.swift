import Domain
import Foundation
package import Ground
import Pages

/// How many cases each list has: kept for some seconds, as a page is opened far more often than the
/// number above it changes.
package final class CaseCounts: Sendable {
  private struct Key: Hashable {
    let area: AreaCode
    /// Whose, where the list is somebody's own.
    let account: AccountID?
    let filter: CaseFilter
    let today: Day
  }

  private let databases: Databases
  private let counted = TimedCache<Key, Int>(lifetime: 3)

  package init(databases: Databases) {
    self.databases = databases
  }

  func count(_ list: CaseList) async throws -> Int {
    let asked = list.asked
    let key = Key(
      area: asked.principal.area,
      account: asked.filter.holder == .mine ? asked.principal.accountID : nil,
      filter: asked.filter, today: asked.today)
    return try await counted.value(for: key, at: asked.now) { [databases] in
      try await databases.read(as: asked.principal) { try $0.count(list) }
    }
  }
}
