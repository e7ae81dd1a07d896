import Domain
package import Postgres

// The roster of the demo, who goes where, and the visits as they were written; once there are accounts.
extension DemoCounty {
  /// Makes the roster of the campaign from the leases, and gives every visit its home and its visitors.
  package func writeRoster(to owner: Database) async throws {
    let madeOn = calendar.moved(Day(number: 18_779)).iso  // 2021-06-01
    try await owner.transaction { tx in
      try tx.script("SET LOCAL statement_timeout = 0")
      try tx.execute(
        """
        INSERT INTO visit_rosters (id, area, campaign_id, made_by, made_by_name, made_at, ready_at)
        SELECT 1, \(Self.area), \(Self.campaign), id, display_name, \(madeOn)::timestamptz, \(madeOn)::timestamptz
        FROM accounts WHERE account = 'zhujian'
        """)
      try tx.execute(Self.teams)
      try tx.execute(Self.visitsAtHomes)
      try tx.execute(Self.entries)
      try tx.execute(
        "UPDATE visits v SET entry_id = e.id FROM roster_entries e WHERE e.lease_id = v.lease_id")
      try tx.execute(Self.days)
      for table in ["visit_rosters", "visit_teams", "roster_entries"] {
        try tx.script(
          "SELECT setval(pg_get_serial_sequence('\(table)', 'id'), max(id)) FROM \(table); ANALYZE \(table)"
        )
      }
    }
  }

  /// One of each township, the county's officer with somebody of the place; the first township has an account of its own.
  private static let teams: SQL = """
    INSERT INTO visit_teams (id, area, roster_id, name, first_id, first_name, second_name, made_by_name,
      made_at)
    SELECT row_number() OVER (ORDER BY a.code), a.code, 1, '第一小组', f.id, f.display_name, '居委会主任',
      f.display_name, r.made_at
    FROM (SELECT DISTINCT area AS code FROM leases) a
    CROSS JOIN visit_rosters r
    JOIN accounts f ON f.account = CASE WHEN EXISTS (
      SELECT FROM accounts t WHERE t.account = 'longjin' AND t.area = a.code) THEN 'longjin' ELSE 'zhujian' END
    """

  /// Where each visit was, at which hour, by whom.
  private static let visitsAtHomes: SQL = """
    UPDATE visits v SET lease_id = l.id, home_id = l.home_id, team_id = t.id, key = gen_random_uuid(),
      recorded_by = t.first_id, recorded_by_name = t.first_name, second_name = t.second_name,
      visited_at = at, recorded_at = at + interval '5 minutes', started_at = at - interval '9 minutes',
      slot = CASE WHEN extract(isodow FROM at AT TIME ZONE 'Asia/Shanghai') > 5 THEN 'weekend'
        WHEN v.id % 4 = 0 THEN 'evening' ELSE 'day' END,
      id_checked = v.met <> 'nobody', occupants = CASE WHEN v.met <> 'nobody' THEN 1 + v.id % 4 END,
      is_redecorated = false, renews = false,
      state = CASE WHEN v.id % 7 = 0 THEN 'submitted' ELSE 'accepted' END
    FROM (
      SELECT x.id, (x.visited_on + make_interval(
        hours => CASE WHEN x.id % 4 = 0 THEN 19 ELSE 9 + (x.id % 8)::integer END,
        mins => (x.id * 7 % 60)::integer))::timestamp AT TIME ZONE 'Asia/Shanghai' AS at
      FROM visits x) w, leases l, visit_teams t
    WHERE w.id = v.id AND v.household_id = l.household_id AND t.area = l.area
    """

  /// Every running lease of the estates that the campaign looks at, with what its visits say.
  private static let entries: SQL = """
    INSERT INTO roster_entries (area, roster_id, lease_id, household_id, home_id, estate_id, route, team_id,
      state, attempts, next_on, next_slot, last_visited_on)
    SELECT l.area, 1, l.id, l.household_id, l.home_id, m.estate_id, visit_route(m.building, m.unit, m.room),
      t.id, CASE WHEN l.state = 'ended' THEN 'gone' WHEN v.met IS NULL OR v.met = 'nobody' THEN 'waiting'
        ELSE 'visited' END,
      CASE WHEN v.met = 'nobody' THEN 1 ELSE 0 END,
      CASE WHEN v.met = 'nobody' THEN v.visited_on + 1 END, CASE WHEN v.met = 'nobody' THEN 'evening' END,
      v.visited_on
    FROM leases l JOIN homes m ON m.id = l.home_id JOIN estates e ON e.id = m.estate_id
    JOIN visit_teams t ON t.area = l.area LEFT JOIN visits v ON v.lease_id = l.id
    WHERE e.ownership = 'government' AND (l.state = 'running' OR v.id IS NOT NULL)
    ORDER BY l.id
    """

  /// The figures by day, which a trigger keeps for visits that are written one by one.
  private static let days: SQL = """
    INSERT INTO visit_days (roster_id, area, team_id, day, slot, visits, met)
    SELECT 1, area, coalesce(team_id, 0), visited_on, slot, count(*), count(*) FILTER (WHERE met <> 'nobody')
    FROM visits WHERE entry_id IS NOT NULL AND slot IS NOT NULL GROUP BY area, team_id, visited_on, slot
    """
}
