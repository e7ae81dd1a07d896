import Campaigns
import Domain
import Foundation
import Ground
import Postgres

/// What a roster holds, as the register has it now: leases `l` that run, their households `h`, homes `m` and estates.
private func leasesToVisit(in county: AreaCode) -> SQL {
  """
  FROM households h
  JOIN leases l ON l.household_id = h.id AND l.state = 'running'
  JOIN homes m ON m.id = l.home_id
  JOIN (SELECT e.id FROM estates e WHERE \(isInCampaign(estate: "e", area: "e.area"))) e
    ON e.id = m.estate_id
  WHERE h.area ^@ \(county)::text
  """
}

/// How many leases the roster of a county would hold.
func leasesToVisitCount(in county: AreaCode) -> Query<Int> {
  Query("SELECT count(*) \(leasesToVisit(in: county))")
}

extension Transaction {
  /// Brings a roster to what the register says: new leases come in, those that ended are gone, the others follow their
  /// home. Each is one statement over all of them; what is as it was is not written.
  ///
  /// - Parameter begin: told what begins.
  func bringUpToDate(
    _ roster: VisitRoster, at now: Date, begin: (String) throws -> Void
  ) throws {
    // Under row-level security the planner takes a county for a few rows, and would look each lease up by itself.
    try execute(
      """
      SELECT set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)
      """)
    // One at a time: nobody else adds to it.
    try execute("SELECT FROM visit_rosters WHERE id = \(roster.id) FOR NO KEY UPDATE")
    try begin("读取租约")
    try readLeases(in: roster.area)
    try begin("核对名单")
    try addLeases(to: roster.id)
    try followLeases(of: roster.id)
    try dropLeases(of: roster.id)
    try begin("核对线索")
    try weighRisks(of: roster.id, at: now)
    try execute("UPDATE visit_rosters SET ready_at = \(now) WHERE id = \(roster.id)")
  }

  private func readLeases(in county: AreaCode) throws {
    try execute(
      """
      CREATE TEMPORARY TABLE roster_leases (lease_id bigint NOT NULL, area text NOT NULL,
        household_id bigint NOT NULL, home_id bigint NOT NULL, estate_id bigint NOT NULL,
        route text COLLATE "C" NOT NULL) ON COMMIT DROP
      """)
    try execute(
      """
      INSERT INTO roster_leases (lease_id, area, household_id, home_id, estate_id, route)
      SELECT l.id, h.area, h.id, m.id, m.estate_id, visit_route(m.building, m.unit, m.room)
      \(leasesToVisit(in: county))
      """)
    try script("ANALYZE roster_leases")
  }

  /// In the order in which they are walked through, so that the indexes grow at their ends.
  private func addLeases(to roster: VisitRosterID) throws {
    try execute(
      """
      INSERT INTO roster_entries (area, roster_id, lease_id, household_id, home_id, estate_id, route)
      SELECT w.area, \(roster), w.lease_id, w.household_id, w.home_id, w.estate_id, w.route
      FROM roster_leases w
      WHERE NOT EXISTS (
        SELECT FROM roster_entries r WHERE r.lease_id = w.lease_id AND r.roster_id = \(roster))
      ORDER BY w.estate_id, w.route
      """)
  }

  /// Another home, another township, or a lease that runs again. A team goes no further than its own area.
  private func followLeases(of roster: VisitRosterID) throws {
    try execute(
      """
      UPDATE roster_entries r SET area = w.area, household_id = w.household_id, home_id = w.home_id,
        estate_id = w.estate_id, route = w.route, version = r.version + 1,
        team_id = (
          SELECT t.id FROM visit_teams t
          WHERE t.id = r.team_id AND w.area ^@ t.area::text AND t.disbanded_at IS NULL),
        state = CASE WHEN r.state <> 'gone' THEN r.state
          WHEN EXISTS (
            SELECT FROM visits v
            WHERE v.entry_id = r.id AND v.state <> 'void' AND v.met <> 'nobody') THEN 'visited'
          ELSE 'waiting' END
      FROM roster_leases w
      WHERE r.lease_id = w.lease_id AND r.roster_id = \(roster) AND (
        r.state = 'gone' OR (r.area, r.household_id, r.home_id, r.estate_id, r.route)
          IS DISTINCT FROM (w.area, w.household_id, w.home_id, w.estate_id, w.route))
      """)
  }

  /// Leases that ended, and estates that the campaign does not look at any more.
  private func dropLeases(of roster: VisitRosterID) throws {
    try execute(
      """
      UPDATE roster_entries r SET state = 'gone', next_on = NULL, next_slot = NULL,
        version = version + 1
      WHERE r.roster_id = \(roster) AND r.state <> 'gone'
        AND NOT EXISTS (SELECT FROM roster_leases w WHERE w.lease_id = r.lease_id)
      """)
  }
}
