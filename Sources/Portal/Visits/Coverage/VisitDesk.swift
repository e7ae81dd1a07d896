import Campaigns
package import Domain
import Ground
package import Postgres

/// How far a roster is, in the area of whoever asks.
package struct RosterTotals: RowDecodable, Sendable {
  package let entries: Int
  package let visited: Int

  package init(_ row: Row) throws {
    entries = try row("entries")
    visited = try row("visited")
  }

  package var waiting: Int { entries - visited }
}

/// The visits as somebody's home page shows them.
package struct VisitDesk: Sendable {
  package let totals: RosterTotals
  /// Homes where somebody is to go again by now.
  package let due: Int
  /// Homes that should be visited by now.
  package let expected: Int

  package var behind: Int { max(0, expected - totals.visited) }
}

/// Homes where nobody was met and somebody was to go again by a day.
package func dueVisitCount(today: Day) -> Query<Int> {
  Query("SELECT count(*) FROM roster_entries WHERE state = 'waiting' AND next_on <= \(today)")
}

extension Transaction {
  /// How far the visits are; nil where there is no roster.
  package func visitDesk(for principal: Principal, on today: Day) throws -> VisitDesk? {
    guard let roster = try first(currentRosters(for: principal.area)) else { return nil }
    let totals = try one(
      Query<RosterTotals>(
        """
        SELECT coalesce(sum(entries), 0)::bigint AS entries,
          coalesce(sum(visited), 0)::bigint AS visited
        FROM visit_progress WHERE roster_id = \(roster.id)
        """))
    return VisitDesk(
      totals: totals, due: try one(dueVisitCount(today: today)),
      expected: try pace(of: roster).expected(of: totals.entries, on: today))
  }

  /// How far the visits of a roster should be.
  func pace(of roster: VisitRoster) throws -> VisitPace {
    VisitPace(
      madeOn: roster.madeOn, stages: try all(campaignStages(roster.campaign)),
      clearBy: roster.clearBy)
  }
}
