import Domain
import Postgres
import TestSupport

@testable import Ground

extension RegisterFixture {
  /// Lets a home of the government's, or of another owner's, to a household since 2020.
  func lease(
    to household: Int64, of ownership: EstateOwnership = .government,
    since day: String = "2020-01-01"
  ) async throws {
    try await site.owner.transaction { tx in
      let estate = try tx.one(
        Query<Int64>(
          """
          INSERT INTO estates AS e (area, name, address, ownership)
          VALUES ('350423100', \("安居" + ownership.title), '龙津路1号', \(ownership))
          ON CONFLICT (area, name) DO UPDATE SET name = e.name RETURNING id
          """))
      let home = try tx.one(
        Query<Int64>(
          """
          INSERT INTO homes (area, estate_id, building, unit, room, floor_area, state)
          VALUES ('350423100', \(estate), '8栋', '1单元', \(String(household)), 50, 'leased') RETURNING id
          """))
      try tx.execute(
        """
        INSERT INTO leases (area, home_id, household_id, contract_number, contract_version, starts_on,
          ends_on, monthly_rent, deposit, state)
        VALUES ('350423100', \(home), \(household), \("HT-\(household)"), '2020', \(day)::date,
          '2023-01-01', 168, 300, 'running')
        """)
    }
  }

  /// Households `M1`, `M2` and so on in 龙津镇, each with so many members.
  func manyHouseholds(_ count: Int, members: Int) async throws {
    let keys = site.keys
    try await site.owner.transaction { tx in
      let people = try (0..<count * members).map { place in
        try ResidentID.madeUp(
          areaPrefix: "350424", birth: Day(number: 3_000 + place / 900), sequence: place % 900 + 1
        ).text
      }
      try tx.script("SET LOCAL statement_timeout = 0")
      let households = try tx.all(
        Query<Int64>(
          """
          INSERT INTO households (area, number, category)
          SELECT '350423100', 'M' || i, 'low_income' FROM generate_series(1, \(count)) i RETURNING id
          """))
      try tx.execute(
        """
        INSERT INTO persons (area, household_id, relation, name, id_number_sealed, id_number_index,
          marital_status)
        SELECT '350423100', p.household, CASE WHEN p.place % \(members) = 1 THEN 'applicant' ELSE 'other' END,
          '林小满', p.sealed, p.hash, 'single'
        FROM unnest(\(list: households.flatMap { Array(repeating: $0, count: members) })::bigint[],
          \(list: try people.map { try keys.seal($0, for: .personIDNumber) })::bytea[],
          \(list: people.map { keys.hash($0, of: .idNumber) })::bytea[])
          WITH ORDINALITY AS p (household, sealed, hash, place)
        """)
    }
  }
}
