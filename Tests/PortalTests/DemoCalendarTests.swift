import Complaints
import Demo
import Domain
import Ground
import Postgres
import TestSupport
import Testing

/// The demo shows a county a fortnight before its deadline, whatever the day of seeding.
struct DemoCalendarTests {
  /// The notice's own day, a leap day whose plan began in the year before, and a day like today.
  private static let shown = ["2021-08-10", "2024-02-29", "2026-11-28"]

  @Test
  func theDayOfSeedingIsTheTenthOfAugustOfThePlan() async throws {
    var amounts: Set<String> = []
    for text in Self.shown {
      let asOf = try #require(Day(iso: text))
      let owner = try await Self.seeded(asOf)
      defer { owner.database.close() }
      let plan = try await owner.database.transaction { try $0.one(Self.plan) }
      #expect(plan.clearBy == asOf + 15)
      #expect(plan.first == asOf - 70)
      #expect(plan.year == (asOf - 56).year)
      #expect(try await owner.database.transaction { try $0.all(Self.after(asOf)) } == [])
      amounts.insert(try await owner.database.transaction { try $0.one(Self.amounts) })
    }
    // Only the days differ.
    #expect(amounts.count == 1, "\(amounts)")
  }

  @Test
  func complaintsWereHandledByThen() async throws {
    let test = try await TestPortal.start()
    try await Self.county(Self.planDay, test.keys).writeComplaints(to: test.owner)
    let last = try await test.owner.transaction {
      try $0.one(
        Query<Day>("SELECT max((at AT TIME ZONE 'Asia/Shanghai')::date) FROM complaint_events"))
    }
    #expect(last <= DemoCalendarTests.planDay)
  }

  private static let planDay = Day(number: 18_849)  // 2021-08-10

  private static func seeded(
    _ asOf: Day
  ) async throws -> (test: TestDatabase, database: Database) {
    let test = try await TestDatabase.portal()
    let owner = test.database(as: .owner)
    try await county(asOf, KeyRing(KeyFile.generate())).write(to: owner)
    return (test, owner)
  }

  private static func county(_ asOf: Day, _ keys: KeyRing) -> DemoCounty {
    DemoCounty(households: 480, seed: 1, keys: keys, asOf: asOf, now: TestPortal.start)
  }

  private static let plan = Query<(clearBy: Day, first: Day, year: Int)>(
    """
    SELECT clear_by, (SELECT min(starts_on) FROM campaign_stages) AS first,
      (SELECT min(year) FROM thresholds) AS year
    FROM campaigns
    """
  ) { (try $0("clear_by"), try $0("first"), try $0("year")) }

  /// What is said to have happened after the day that is shown.
  private static func after(_ day: Day) -> Query<String> {
    Query(
      """
      SELECT 'visit ' || visited_on FROM visits WHERE visited_on > \(day)
      UNION ALL SELECT 'case ' || number FROM cases
        WHERE opened_on > \(day) OR state_since > \(day) OR cleared_on > \(day)
      UNION ALL SELECT 'delivery ' || id FROM deliveries WHERE as_of > \(day)
      UNION ALL SELECT 'lease ' || contract_number FROM leases
        WHERE starts_on > \(day) OR ended_on > \(day)
      UNION ALL SELECT 'milestone ' || title FROM milestones WHERE done_on > \(day)
      """)
  }

  private static let amounts = Query<String>(
    """
    SELECT concat_ws(' ', (SELECT count(*) FROM cases),
      (SELECT string_agg(state || ' ' || number, ', ')
        FROM (SELECT state, count(*) AS number FROM cases GROUP BY state ORDER BY state) states),
      (SELECT count(*) FROM visits), (SELECT count(*) FROM checks),
      (SELECT count(*) FROM check_records), (SELECT count(*) FROM milestones WHERE done_on IS NOT NULL))
    """)
}
