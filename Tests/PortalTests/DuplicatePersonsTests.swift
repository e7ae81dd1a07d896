import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import FindingLedger
@testable import Ground
@testable import Register

@Suite struct DuplicatePersonsTests {
  private static let now = TestPortal.start

  private func recheck(_ fixture: RegisterFixture, _ ids: [PersonID]) async throws -> Int {
    try await fixture.databases.transaction(as: fixture.officer) { tx in
      try tx.recheckDuplicatePersons(ids, at: Self.now)
    }
  }

  private func states(_ fixture: RegisterFixture) async throws -> [String] {
    try await fixture.lines(
      "SELECT household_id || ' ' || state FROM findings WHERE rule = 'R8' ORDER BY household_id")
  }

  @Test func aPersonInTwoHouseholdsIsAFindingInBoth() async throws {
    let fixture = try await RegisterFixture()
    let shared = try idNumber(1)
    let first = try await fixture.household("A", members: [try idNumber(2), shared])
    let second = try await fixture.household("B", members: [shared])
    let person = try await fixture.persons(of: second)
    #expect(try await recheck(fixture, person) == 2)
    #expect(try await states(fixture) == ["\(first) open", "\(second) open"])
    #expect(try await recheck(fixture, person) == 0)
    let others = try await fixture.lines(
      "SELECT evidence ->> 'other_household' FROM findings ORDER BY household_id")
    #expect(others == ["\(second)", "\(first)"])
  }

  @Test func allThatAnImportAddedIsLookedAtAtOnce() async throws {
    let fixture = try await RegisterFixture()
    let numbers = try (1...4).map(idNumber)
    _ = try await fixture.household("A", members: [numbers[0], numbers[1]])
    let second = try await fixture.household("B", members: [numbers[2], numbers[0]])
    let third = try await fixture.household("C", members: [numbers[3], numbers[0]])
    let first = try #require(try await fixture.persons(of: second).first)
    let last = try #require(try await fixture.persons(of: third).last)
    let found = try await fixture.databases.transaction(as: fixture.officer) { tx in
      try tx.recordDuplicatePersons(.range(first: first, last: last), at: Self.now)
    }
    #expect(found == 6)
  }

  @Test func theFindingIsClosedWhenThePersonLeavesAndOpensWhenTheyComeBack() async throws {
    let fixture = try await RegisterFixture()
    let shared = try idNumber(1)
    let first = try await fixture.household("A", members: [shared])
    let second = try await fixture.household("B", members: [try idNumber(2), shared])
    let person = try #require(try await fixture.persons(of: second).last)
    _ = try await recheck(fixture, [person])
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute(
        """
        UPDATE persons SET left_on = '2021-08-01', left_reason = 'moved_out' WHERE id = \(person)
        """)
    }
    #expect(try await recheck(fixture, [person]) == 0)
    #expect(try await states(fixture) == ["\(first) lapsed", "\(second) lapsed"])
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute(
        "UPDATE persons SET left_on = NULL, left_reason = NULL WHERE id = \(person)")
    }
    #expect(try await recheck(fixture, [person]) == 2)
    #expect(try await states(fixture) == ["\(first) open", "\(second) open"])
  }

  @Test func whatSomebodyHasDismissedStaysDismissed() async throws {
    let fixture = try await RegisterFixture()
    let shared = try idNumber(1)
    _ = try await fixture.household("A", members: [shared])
    let person = try await fixture.persons(of: fixture.household("B", members: [shared]))
    _ = try await recheck(fixture, person)
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute("UPDATE findings SET state = 'dismissed'")
    }
    #expect(try await recheck(fixture, person) == 0)
    #expect(try await states(fixture).allSatisfy { $0.hasSuffix("dismissed") })
  }

  @Test func whatIsChangedIsDescribedInTheHistory() async throws {
    let fixture = try await RegisterFixture()
    let household = try await fixture.household("A", members: [try idNumber(1)])
    try await fixture.databases.transaction(as: fixture.officer) { tx in
      try tx.describeChange(
        action: .changeHousehold, reason: "核对“户口本”", by: fixture.officer.displayName)
      _ = try tx.execute(
        """
        UPDATE households SET category = 'subsistence', version = version + 1
        WHERE id = \(household)
        """)
    }
    let lines = try await fixture.lines(
      """
      SELECT entity || '|' || action || '|' || reason || '|' || account_name || '|' ||
        (before ->> 'category') || '|' || (after ->> 'category') FROM register_changes
      """)
    #expect(
      lines == [
        "households|change_household|核对“户口本”|\(fixture.officer.displayName)|low_income|subsistence"
      ])
  }
}
