package import Domain
package import Foundation
package import Ground
import Postgres

/// The estates of an area, as choices and with their homes counted: kept for some seconds, so that
/// lists do not read them, and not count every home of the county, each time that one is opened.
package final class EstateOverview: Sendable {
  private let databases: Databases
  private let counted = TimedCache<AreaCode, [EstateSummary]>(lifetime: 5)

  private let chosen = TimedCache<AreaCode, [EstateChoice]>(lifetime: 5)

  package init(databases: Databases) {
    self.databases = databases
  }

  package func summaries(for principal: Principal, at now: Date) async throws -> [EstateSummary] {
    try await counted.value(for: principal.area, at: now) { [databases] in
      try await databases.read(as: principal) { tx in try tx.all(estateSummaries()) }
    }
  }

  package func choices(for principal: Principal, at now: Date) async throws -> [EstateChoice] {
    try await chosen.value(for: principal.area, at: now) { [databases] in
      try await databases.read(as: principal) { tx in try tx.all(estateChoices) }
    }
  }
}
