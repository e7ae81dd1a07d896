import Campaigns
import Domain
import Foundation
import Ground
import Postgres

/// What a roster holds, as the register has it now.
///
/// - Parameter leases: holds of the leases looked at, `l`, and of their households, `h`.
private func leasesToVisit(_ leases: SQL) -> SQL {
  """
  FROM households h
  JOIN leases l ON l.household_id = h.id AND l.state = 'running'
  JOIN homes m ON m.id = l.home_id
  JOIN estates e ON e.id = m.estate_id
  WHERE \(leases) AND \(isInCampaign(estate: "e", area: "h.area"))
  """
}

/// How many leases the roster of a county would hold.
func leasesToVisitCount(in county: AreaCode) -> Query<Int> {
  Query("SELECT count(*) \(leasesToVisit("h.area ^@ \(county)::text"))")
}

/// Where a county's roster is made, one place after the other: its townships, and the county itself.
func rosterPlaces(in county: AreaCode) -> Query<AreaCode> {
  Query("SELECT code FROM areas WHERE code ^@ \(county)::text ORDER BY code")
}

extension Transaction {
  /// Brings what a roster holds of one place to what the register says: new leases come in, those that ended are gone,
  /// the others follow their home. Each is one statement over all of them; what is as it was is not written.
  ///
  /// - Returns: how many homes there are to visit.
  func bringUpToDate(_ roster: VisitRosterID, in place: AreaCode, at now: Date) throws -> Int {
    try addLeases(to: roster, in: place)
    try followLeases(of: roster, in: place)
    try dropLeases(of: roster, in: place)
    try weighRisks(of: roster, in: place, at: now)
    return try one(
      Query<Int>(
        """
        SELECT count(*) FROM roster_entries
        WHERE area = \(place) AND roster_id = \(roster) AND state <> 'gone'
        """))
  }

  /// In the order in which they are walked through, so that the indexes grow at their ends.
  private func addLeases(to roster: VisitRosterID, in place: AreaCode) throws {
    try execute(
      """
      INSERT INTO roster_entries (area, roster_id, lease_id, household_id, home_id, estate_id, route)
      SELECT h.area, \(roster), l.id, h.id, m.id, m.estate_id,
        visit_route(m.building, m.unit, m.room) AS route
      \(leasesToVisit("h.area = \(place)"))
        AND NOT EXISTS (
          SELECT FROM roster_entries r WHERE r.lease_id = l.id AND r.roster_id = \(roster))
      ORDER BY m.estate_id, route
      ON CONFLICT (lease_id, roster_id) DO NOTHING
      """)
  }

  /// Another home, another township, or a lease that runs again. A team goes no further than its own area.
  private func followLeases(of roster: VisitRosterID, in place: AreaCode) throws {
    try execute(
      """
      UPDATE roster_entries r SET area = w.area, household_id = w.household_id, home_id = w.home_id,
        estate_id = w.estate_id, route = w.route, version = r.version + 1,
        team_id = (
          SELECT t.id FROM visit_teams t
          WHERE t.id = r.team_id AND w.area::text ^@ t.area::text AND t.disbanded_at IS NULL),
        state = CASE WHEN r.state <> 'gone' THEN r.state
          WHEN EXISTS (
            SELECT FROM visits v
            WHERE v.entry_id = r.id AND v.state <> 'void' AND v.met <> 'nobody') THEN 'visited'
          ELSE 'waiting' END
      FROM (
        SELECT l.id AS lease_id, h.area, h.id AS household_id, m.id AS home_id, m.estate_id,
          visit_route(m.building, m.unit, m.room) AS route
        \(leasesToVisit("h.area = \(place)"))) w
      WHERE r.lease_id = w.lease_id AND r.roster_id = \(roster) AND (
        r.state = 'gone' OR (r.area, r.household_id, r.home_id, r.estate_id, r.route)
          IS DISTINCT FROM (w.area, w.household_id, w.home_id, w.estate_id, w.route))
      """)
  }

  /// Leases that ended, and estates that the campaign does not look at any more.
  private func dropLeases(of roster: VisitRosterID, in place: AreaCode) throws {
    try execute(
      """
      UPDATE roster_entries r SET state = 'gone', next_on = NULL, next_slot = NULL,
        version = version + 1
      WHERE r.area = \(place) AND r.roster_id = \(roster) AND r.state <> 'gone' AND NOT EXISTS (
        SELECT \(leasesToVisit("l.id = r.lease_id")))
      """)
  }
}
