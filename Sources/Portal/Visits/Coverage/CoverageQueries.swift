import Domain
import Ground
import Postgres

/// How far a township, an estate or a team is.
struct CoverageLine: RowDecodable {
  /// Its code or id, as a filter says it; nil for the homes that are nobody's.
  let key: String?
  let name: String
  let entries: Int
  let visited: Int
  /// Where somebody was and met nobody, and nobody has been met since.
  let tried: Int
  let slots: SlotCounts

  init(_ row: Row) throws {
    key = try row("key")
    name = try row("name")
    entries = try row("entries")
    visited = try row("visited")
    tried = try row("tried")
    slots = try SlotCounts(row)
  }

  var waiting: Int { entries - visited }
}

/// Visits by the hours at which they were made, those where nobody was met among them.
struct SlotCounts: RowDecodable {
  let day: Int
  let evening: Int
  let weekend: Int

  init(_ row: Row) throws {
    day = try row("day_visits")
    evening = try row("evening_visits")
    weekend = try row("weekend_visits")
  }

  subscript(slot: VisitSlot) -> Int {
    switch slot {
    case .day: day
    case .evening: evening
    case .weekend: weekend
    }
  }
}

/// The visits of a day.
struct CoverageDay: RowDecodable {
  let day: Day
  let slots: SlotCounts
  /// Of them those where somebody was met.
  let met: Int

  init(_ row: Row) throws {
    day = try row("day")
    slots = try SlotCounts(row)
    met = try row("met")
  }
}

private let slotSums: SQL = """
  coalesce(sum(visits) FILTER (WHERE slot = 'day'), 0)::bigint AS day_visits,
    coalesce(sum(visits) FILTER (WHERE slot = 'evening'), 0)::bigint AS evening_visits,
    coalesce(sum(visits) FILTER (WHERE slot = 'weekend'), 0)::bigint AS weekend_visits
  """

private let progressSums: SQL = """
  sum(entries)::bigint AS entries, sum(visited)::bigint AS visited, sum(tried)::bigint AS tried
  """

private let slots: SQL = """
  coalesce(d.day_visits, 0) AS day_visits, coalesce(d.evening_visits, 0) AS evening_visits,
    coalesce(d.weekend_visits, 0) AS weekend_visits
  """

func coverageOfTownships(_ roster: VisitRosterID) -> Query<CoverageLine> {
  Query(
    """
    SELECT p.area AS key, a.name, p.entries, p.visited, p.tried, \(slots)
    FROM (
      SELECT area, \(progressSums) FROM visit_progress WHERE roster_id = \(roster) GROUP BY area) p
    JOIN areas a ON a.code = p.area
    LEFT JOIN (
      SELECT area, \(slotSums) FROM visit_days WHERE roster_id = \(roster) GROUP BY area) d
      ON d.area = p.area
    WHERE p.entries > 0 ORDER BY p.area
    """)
}

/// The hours are not counted by estate.
func coverageOfEstates(_ roster: VisitRosterID) -> Query<CoverageLine> {
  Query(
    """
    SELECT p.estate_id::text AS key, e.name, p.entries, p.visited, p.tried,
      0::bigint AS day_visits, 0::bigint AS evening_visits, 0::bigint AS weekend_visits
    FROM (
      SELECT estate_id, \(progressSums) FROM visit_progress
      WHERE roster_id = \(roster) GROUP BY estate_id) p
    JOIN estates e ON e.id = p.estate_id
    WHERE p.entries > 0 ORDER BY e.area, e.name, e.id
    """)
}

/// Those of teams that were disbanded stand with their names, as far as they visited.
func coverageOfTeams(_ roster: VisitRosterID) -> Query<CoverageLine> {
  Query(
    """
    SELECT t.id::text AS key, CASE WHEN p.team_id = 0 THEN '还没有分派'
        WHEN t.disbanded_at IS NOT NULL THEN t.name || '（已解散）' ELSE t.name || '（' || a.name || '）' END AS name,
      p.entries, p.visited, p.tried, \(slots)
    FROM (
      SELECT team_id, \(progressSums) FROM visit_progress
      WHERE roster_id = \(roster) GROUP BY team_id) p
    LEFT JOIN visit_teams t ON t.id = p.team_id
    LEFT JOIN areas a ON a.code = t.area
    LEFT JOIN (
      SELECT team_id, \(slotSums) FROM visit_days WHERE roster_id = \(roster) GROUP BY team_id) d
      ON d.team_id = p.team_id
    WHERE p.entries > 0 OR d.team_id IS NOT NULL
    ORDER BY p.team_id = 0, t.area, t.name, t.id
    """)
}

/// The days of the last while on which somebody went, in their order.
func coverageDays(_ roster: VisitRosterID, since day: Day) -> Query<CoverageDay> {
  Query(
    """
    SELECT day, \(slotSums), sum(met)::bigint AS met FROM visit_days
    WHERE roster_id = \(roster) AND day >= \(day) GROUP BY day HAVING sum(visits) > 0 ORDER BY day
    """)
}
