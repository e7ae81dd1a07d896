import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// A roster with homes of one estate, put straight into the tables, and those who go there in their browsers.
struct VisitFixture {
  let base: FindingFixture
  let roster: Int64
  let household: Int64
  let entry: Int64
  /// The township's.
  let town: Browser
  let officer: Browser

  init() async throws {
    base = try await FindingFixture()
    household = try await base.household("H1", sequence: 1)
    roster = try await base.site.owner.transaction { tx in
      try tx.one(
        Query<Int64>(
          """
          INSERT INTO visit_rosters (area, campaign_id, made_by_name, made_at, ready_at)
          SELECT area, id, '住建员', '2021-08-01 08:00+08', '2021-08-01 08:00+08' FROM campaigns RETURNING id
          """))
    }
    entry = try await Self.enter(household, in: roster, base)
    town = try await base.site.browser(signedInAs: "longjin")
    officer = try await base.officer()
  }

  var site: TestPortal { base.site }

  private static func enter(
    _ household: Int64, in roster: Int64, _ base: FindingFixture
  ) async throws -> Int64 {
    try await base.site.owner.transaction { tx in
      try tx.one(
        Query<Int64>(
          """
          INSERT INTO roster_entries (area, roster_id, lease_id, household_id, home_id, estate_id, route)
          SELECT l.area, \(roster), l.id, l.household_id, m.id, m.estate_id,
            visit_route(m.building, m.unit, m.room)
          FROM leases l JOIN homes m ON m.id = l.home_id WHERE l.household_id = \(household) RETURNING id
          """))
    }
  }

  /// Another household with its home on the roster.
  func another(_ number: String, sequence: Int) async throws -> (household: Int64, entry: Int64) {
    let household = try await base.household(number, sequence: sequence)
    return (household, try await Self.enter(household, in: roster, base))
  }

  func lines(_ sql: String) async throws -> [String] { try await base.register.lines(sql) }

  /// The form of a home, filled with what every visit needs and with what is said here.
  func form(
    _ typed: [String: String] = [:], of other: Int64? = nil, as browser: Browser? = nil
  ) async throws -> PageForm {
    let address = "/desk/visits/homes/\(other ?? entry)/form"
    let form = try await (browser ?? town).open(address).form(to: address)
    let usual = [
      "visited_on": "2021-08-19", "visited_time": "19:30", "second": "", "second_name": "村主任",
      "met": "tenant", "home_use": "self",
    ]
    // What is left empty is not chosen.
    return try usual.merging(typed) { _, own in own }.sorted { $0.key < $1.key }
      .filter { $0.key != "home_use" || !$0.value.isEmpty }
      .reduce(form) { try $0.fill([$1.key: $1.value]) }
  }

  /// The page of a visit that was written.
  func visit(
    _ typed: [String: String] = [:], of other: Int64? = nil, as browser: Browser? = nil,
    photos: [ChosenFile] = []
  ) async throws -> Page {
    try await form(typed, of: other, as: browser).choosing("photos", photos).submit()
  }
}
