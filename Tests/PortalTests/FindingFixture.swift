import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Findings
@testable import Ground
@testable import Pages
@testable import Portal
@testable import Reviews

/// An empty county with a campaign, a round that is open, lines, and households with answers, put
/// straight into the tables.
struct FindingFixture {
  let register: RegisterFixture
  let round: Int64
  let estate: Int64

  static let now = TestPortal.start

  var site: TestPortal { register.site }
  var services: PortalServices { site.portal.services }

  init(
    lines: [ThresholdKind: String] = FindingFixture.lines, of year: Int = 2021
  ) async throws {
    register = try await RegisterFixture()
    (round, estate) = try await register.site.owner.transaction { tx in
      let campaign = try tx.one(
        Query<Int64>(
          """
          INSERT INTO campaigns (area, title, document_number, clear_by)
          VALUES ('350423', '点题整治', '清建〔2021〕35号', '2021-08-25') RETURNING id
          """))
      let round = try tx.one(
        Query<Int64>(
          """
          INSERT INTO review_rounds (area, campaign_id, title, opened_on)
          VALUES ('350423', \(campaign), '第一轮', '2021-06-10') RETURNING id
          """))
      let estate = try tx.one(
        Query<Int64>(
          """
          INSERT INTO estates (area, name, address, ownership)
          VALUES ('350423100', '安居苑', '龙津路1号', 'government') RETURNING id
          """))
      for (kind, amount) in lines {
        try tx.execute(
          """
          INSERT INTO thresholds (area, year, kind, amount, document, set_by_name, set_at)
          VALUES ('350423', \(year), \(kind), \(amount)::numeric, '清政〔2021〕12号', '林立', '2021-06-01')
          """)
      }
      return (round, estate)
    }
  }

  static let lines: [ThresholdKind: String] = [
    .incomePerHead: "1980", .householdAssets: "150000", .vehicleValue: "80000", .electricity: "10",
    .water: "1", .emptyMonths: "6", .arrearsMonths: "6",
  ]

  /// A household with so many members, a home and a running lease, in the frame of the round.
  func household(
    _ number: String, members: Int = 1, sequence: Int = Int.random(in: 1...900),
    hasLease: Bool = true
  ) async throws -> Int64 {
    let numbers = try (0..<members).map { try idNumber(sequence + $0) }
    let household = try await register.household(number, members: numbers)
    let (round, estate) = (round, estate)
    try await site.owner.transaction { tx in
      try tx.execute(
        """
        INSERT INTO review_households (round_id, household_id, area)
        VALUES (\(round), \(household), '350423100')
        """)
      guard hasLease else { return }
      let home = try tx.one(
        Query<Int64>(
          """
          INSERT INTO homes (area, estate_id, building, unit, room, floor_area, state)
          VALUES ('350423100', \(estate), '1栋', '1单元', \(number), 50, 'leased') RETURNING id
          """))
      try tx.execute(
        """
        INSERT INTO leases (area, home_id, household_id, contract_number, contract_version, starts_on,
          ends_on, monthly_rent, deposit, state)
        VALUES ('350423100', \(home), \(household), \("HT" + number), '2020', '2020-01-01',
          '2023-01-01', 168, 300, 'running')
        """)
    }
    return household
  }

  /// So many households without people, each said to owe eight months of rent.
  func addHouseholdsInArrears(_ count: Int) async throws {
    let (round, estate) = (round, estate)
    let sealed = try site.keys.seal("months=8\namount=1.00\n", for: .checkRecord)
    try await site.owner.transaction { tx in
      try tx.execute(
        """
        WITH h AS (
          INSERT INTO households (area, number, category)
          SELECT '350423100', 'N' || i, 'low_income' FROM generate_series(1, \(count)) i
          RETURNING id, number),
        m AS (
          INSERT INTO homes (area, estate_id, building, unit, room, floor_area, state)
          SELECT '350423100', \(estate), '9栋', '', number, 50, 'leased' FROM h RETURNING id, room),
        l AS (
          INSERT INTO leases (area, home_id, household_id, contract_number, contract_version,
            starts_on, ends_on, monthly_rent, deposit, state)
          SELECT '350423100', m.id, h.id, 'HT' || h.number, '2020', '2020-01-01', '2023-01-01', 168,
            300, 'running' FROM h JOIN m ON m.room = h.number),
        f AS (
          INSERT INTO review_households (round_id, household_id, area)
          SELECT \(round), id, '350423100' FROM h RETURNING household_id),
        d AS (
          INSERT INTO deliveries (area, round_id, check_type, way, state, as_of, account_name,
            delivered_at)
          VALUES ('350423', \(round), 'rent_arrears', 'extract', 'done', '2021-07-31', '住建员', now())
          RETURNING id),
        r AS (
          INSERT INTO check_records (area, delivery_id, household_id, check_type, digest,
            values_sealed)
          SELECT '350423100', d.id, f.household_id, 'rent_arrears', \([UInt8](repeating: 1, count: 16)),
            \(sealed) FROM f, d)
        INSERT INTO checks (area, round_id, household_id, check_type, result, as_of, answered_on,
          delivery_id)
        SELECT '350423100', \(round), f.household_id, 'rent_arrears', 'hit', '2021-07-31',
          '2021-08-01', d.id FROM f, d
        """)
    }
  }

  typealias Values = [CheckFieldName: String]

  /// An answer in the round (or, without one, of the exchange), a delivery of its own.
  ///
  /// - Parameter records: each with the place of the member whom it is about, 0 for the household.
  @discardableResult
  func answer(
    _ household: Int64, _ type: CheckType, _ result: CheckResult,
    asOf day: String = "2021-07-31",
    sequence: Int = 1, inRound: Bool = true, way: DeliveryWay = .extract,
    _ records: [(Int, Values)] = []
  ) async throws -> DeliveryID {
    let persons = try await register.persons(of: household)
    let (keys, round) = (site.keys, inRound ? round : nil)
    let today = try #require(Day(iso: "2021-08-20"))
    let area = try #require(AreaCode("350423100"))
    let sealed = try records.map { place, values in
      try SealedRecord(
        CheckRecord(type, values, today: today), of: place == 0 ? nil : persons[place - 1],
        household: HouseholdID(rawValue: household), area: area, keys: keys)
    }
    return try await site.owner.transaction { tx in
      let delivery = try tx.one(
        Query<DeliveryID>(
          """
          INSERT INTO deliveries (area, round_id, check_type, way, state, as_of, account_name,
            delivered_at)
          VALUES ('350423', \(optional: round), \(type), \(way), 'done', \(day)::date, '民政员',
            '2021-08-01')
          RETURNING id
          """))
      try tx.insertRecords(sealed, of: delivery)
      try tx.execute(
        """
        INSERT INTO checks (area, round_id, household_id, check_type, result, as_of, answered_on,
          sequence, delivery_id)
        VALUES ('350423100', \(optional: round), \(household), \(type), \(result), \(day)::date,
          '2021-08-01', \(sequence), \(delivery))
        """)
      return delivery
    }
  }

  /// The same, with what was found.
  @discardableResult
  func answer(
    _ household: Int64, _ type: CheckType, asOf day: String = "2021-07-31", sequence: Int = 1,
    inRound: Bool = true, way: DeliveryWay = .extract, _ records: [(Int, Values)]
  ) async throws -> DeliveryID {
    try await answer(
      household, type, .hit, asOf: day, sequence: sequence, inRound: inRound, way: way, records)
  }

  /// Runs the rules as an officer does, over the round or the area.
  @discardableResult
  func run(over scope: RuleRunScope? = nil) async throws -> RuleRunRecord {
    let officer = register.officer
    let scope = scope ?? .round(ReviewRoundID(rawValue: round))
    let id = try await services.databases.transaction(as: officer) { tx in
      try tx.enterRuleRun(
        over: scope, by: .staff(officer, address: "", reference: "", at: Self.now), officer,
        at: Self.now)
    }
    await services.jobs.finishAll()
    return try await services.databases.read(as: officer) { tx in try tx.one(ruleRun(id)) }
  }

  /// `QL1 R2 open` for each finding.
  func findings() async throws -> [String] {
    try await register.lines(
      """
      SELECT h.number || ' ' || f.rule || ' ' || f.state FROM findings f
      JOIN households h ON h.id = f.household_id ORDER BY h.number, f.rule, f.id
      """)
  }

  func officer() async throws -> Browser { try await site.browser(signedInAs: "zhujian") }
}
