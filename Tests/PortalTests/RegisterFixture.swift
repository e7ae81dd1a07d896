import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// An empty county with households put straight into its tables.
struct RegisterFixture {
  let site: TestPortal
  let officer: Principal

  init() async throws {
    site = try await TestPortal.start(.empty)
    officer = try await Self.principal("zhujian", site)
  }

  var databases: Databases { site.portal.services.databases }

  private static func principal(_ account: String, _ site: TestPortal) async throws -> Principal {
    let row = try await site.owner.read { tx in
      try tx.one(
        Query("SELECT id, display_name, role, area FROM accounts WHERE account = \(account)") {
          row -> (Int64, String, Role, AreaCode) in
          (try row("id"), try row("display_name"), try row("role"), try row("area"))
        })
    }
    return Principal(
      accountID: AccountID(rawValue: row.0), account: account, displayName: row.1, role: row.2,
      area: row.3)
  }

  /// A household in 龙津镇 whose members have these ID numbers, the first the applicant's.
  func household(_ number: String, members idNumbers: [String]) async throws -> Int64 {
    let keys = site.keys
    return try await site.owner.transaction { tx in
      let household = try tx.one(
        Query<Int64>(
          """
          INSERT INTO households (area, number, category)
          VALUES ('350423100', \(number), 'low_income') RETURNING id
          """))
      for (place, idNumber) in idNumbers.enumerated() {
        try tx.execute(
          """
          INSERT INTO persons (area, household_id, relation, name, id_number_sealed,
            id_number_index, marital_status)
          VALUES ('350423100', \(household), \(place == 0 ? "applicant" : "other"), '林小满',
            \(try keys.seal(idNumber, for: .personIDNumber)),
            \(keys.hash(idNumber, of: .idNumber)), 'single')
          """)
      }
      return household
    }
  }

  /// The persons of a household, in the order in which they came.
  func persons(of household: Int64) async throws -> [PersonID] {
    try await site.owner.read { tx in
      try tx.all(
        Query<PersonID>("SELECT id FROM persons WHERE household_id = \(household) ORDER BY id"))
    }
  }

  /// Lines of a query, cells separated by `|`.
  func lines(_ sql: String) async throws -> [String] {
    try await site.database.psql(as: .superuser, [:], sql).lines
  }
}

/// A made-up ID number of somebody born on a day of 1980.
func idNumber(_ sequence: Int) throws -> String {
  try ResidentID.madeUp(
    areaPrefix: "350423", birth: try #require(Day(year: 1980, month: 3, day: 8)),
    sequence: sequence
  ).text
}
