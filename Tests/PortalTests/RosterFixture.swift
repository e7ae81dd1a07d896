import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// A county with a campaign, whose households live in buildings of an estate of 龙津镇.
struct RosterFixture {
  let register: RegisterFixture
  let officer: Browser
  let town: Browser

  var site: TestPortal { register.site }

  /// - Parameter buildings: the homes of each.
  init(buildings: [Int] = [3], isMade: Bool = true) async throws {
    register = try await RegisterFixture()
    officer = try await register.site.browser(signedInAs: "zhujian")
    town = try await register.site.browser(signedInAs: "longjin")
    try await register.site.owner.transaction { tx in
      try tx.execute(
        """
        INSERT INTO campaigns (area, title, document_number, clear_by)
        VALUES ('350423', '点题整治', '清建〔2021〕35号', '2021-09-20')
        """)
      try tx.execute(
        """
        INSERT INTO estates (area, name, address, ownership)
        VALUES ('350423100', '安居苑', '龙津路1号', 'government'), ('350423101', '嵩溪苑', '嵩溪路1号', 'government'),
          ('350423100', '企业宿舍', '工业路1号', 'other')
        """)
    }
    for (place, size) in buildings.enumerated() { try await add(size, in: "\(place + 1)栋") }
    if isMade { try await make() }
  }

  /// Households with leases in a building.
  func add(
    _ count: Int, in building: String, of estate: String = "安居苑", area: String = "350423100"
  ) async throws {
    _ = try await site.database.psql(
      as: .superuser,
      script: """
        WITH m AS (
          INSERT INTO homes (area, estate_id, building, unit, room, floor_area, state)
          SELECT area, id, '\(building)', '1单元', (100 + i)::text, 50, 'leased'
          FROM estates, generate_series(1, \(count)) i WHERE name = '\(estate)' RETURNING *),
        h AS (
          INSERT INTO households (area, number, category)
          SELECT '\(area)', '\(estate)-\(building)-' || (100 + i), 'low_income'
          FROM generate_series(1, \(count)) i RETURNING *)
        INSERT INTO leases (area, home_id, household_id, contract_number, contract_version, starts_on,
          ends_on, monthly_rent, deposit, state)
        SELECT h.area, m.id, h.id, 'HT-' || h.number, '1', '2020-01-01', '2024-01-01', 100, 300, 'running'
        FROM h JOIN m ON h.number = '\(estate)-\(building)-' || m.room;
        """, stopsAtError: true)
  }

  /// Has the roster made, or brought up to date.
  @discardableResult
  func make() async throws -> Page {
    let page = try await officer.open("/desk/visits/roster/making")
    let done = try await page.form(to: "/desk/visits/roster/making").submit()
    await site.portal.services.jobs.finishAll()
    return done
  }

  /// A team of 龙津镇, or of a wider area; its id.
  func team(_ name: String, by browser: Browser? = nil, area: String? = nil) async throws -> String
  {
    let page = try await (browser ?? town).open("/desk/visits/teams/new")
    var form = try page.form(to: "/desk/visits/teams/new")
    if let area { form = try form.fill(["area": area]) }
    let first = try form.option("first", "乡镇")
    let done = try await form.fill(["name": name, "first": first, "second_name": "村委老王"]).submit()
    #expect(done.has("已建立小组“\(name)”"))
    return try await lines("SELECT id FROM visit_teams WHERE name = '\(name)'")[0]
  }

  /// Lines of a query, cells separated by `|`.
  func lines(_ sql: String) async throws -> [String] { try await register.lines(sql) }

  func write(_ sql: String) async throws {
    _ = try await site.database.psql(as: .superuser, script: sql, stopsAtError: true)
  }

  /// The entries whose households' numbers match, in the order of the route.
  func entries(_ condition: String = "true") async throws -> [String] {
    try await lines(
      """
      SELECT r.id FROM roster_entries r JOIN households h ON h.id = r.household_id
      WHERE \(condition) ORDER BY r.estate_id, r.route
      """)
  }

  /// Homes by team, those that are nobody's as 0.
  func dealt() async throws -> [String] {
    try await lines(
      """
      SELECT coalesce(t.name, '0'), count(*) FROM roster_entries r LEFT JOIN visit_teams t ON t.id = r.team_id
      GROUP BY 1 ORDER BY 1
      """)
  }

  /// Asserts that what is counted along the way is what a count of all says.
  func isCountedRight() async throws {
    let counted = try await lines(
      """
      SELECT roster_id, area, estate_id, team_id, entries, visited, tried FROM visit_progress
      WHERE (entries, visited, tried) <> (0, 0, 0) ORDER BY 1, 2, 3, 4
      """)
    let recounted = try await lines(
      """
      SELECT roster_id, area, estate_id, coalesce(team_id, 0), count(*) FILTER (WHERE state <> 'gone'),
        count(*) FILTER (WHERE state = 'visited'), count(*) FILTER (WHERE state = 'waiting' AND attempts > 0)
      FROM roster_entries GROUP BY 1, 2, 3, 4 HAVING count(*) FILTER (WHERE state <> 'gone') > 0
      ORDER BY 1, 2, 3, 4
      """)
    #expect(counted == recounted)
    let days = try await lines(
      """
      SELECT roster_id, area, team_id, day, slot, visits, met FROM visit_days WHERE visits > 0
      ORDER BY 1, 2, 3, 4, 5
      """)
    let again = try await lines(
      """
      SELECT r.roster_id, v.area, coalesce(v.team_id, 0), v.visited_on, v.slot, count(*),
        count(*) FILTER (WHERE v.met <> 'nobody')
      FROM visits v JOIN roster_entries r ON r.id = v.entry_id WHERE v.state <> 'void'
      GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
      """)
    #expect(days == again)
  }

  /// Writes a visit as the phone's form does.
  func visit(_ entry: String, met: String, on day: String = "2021-08-19", slot: String = "day")
    async throws
  {
    try await write(
      """
      INSERT INTO visits (area, campaign_id, household_id, visited_on, met, home_use, entry_id, lease_id,
        home_id, team_id, key, recorded_by, recorded_by_name, recorded_at, visited_at, slot)
      SELECT r.area, o.campaign_id, r.household_id, '\(day)', '\(met)',
        CASE WHEN '\(met)' <> 'nobody' THEN 'self' END, r.id, r.lease_id, r.home_id, r.team_id,
        gen_random_uuid(), (SELECT id FROM accounts WHERE account = 'longjin'), '走访员', now(), now(), '\(slot)'
      FROM roster_entries r JOIN visit_rosters o ON o.id = r.roster_id WHERE r.id = \(entry);
      UPDATE roster_entries SET state = CASE WHEN '\(met)' = 'nobody' THEN state ELSE 'visited' END,
        attempts = CASE WHEN '\(met)' = 'nobody' THEN attempts + 1 ELSE 0 END WHERE id = \(entry);
      """)
  }
}
