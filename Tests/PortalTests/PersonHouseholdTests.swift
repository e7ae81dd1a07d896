import Postgres
import TestSupport
import Testing

@testable import Portal

/// A person stands in a household that is there, and in its area, whoever writes which of the two.
@Suite struct PersonHouseholdTests {
  private let columns: SQL = """
    (area, household_id, relation, name, id_number_sealed, id_number_index, marital_status)
    """
  private let values: SQL = "'child', '李小', '\\x00', decode(repeat('ab', 32), 'hex'), 'single'"

  private func refusal(_ sql: SQL, _ site: TestPortal) async -> PostgresError? {
    await #expect(throws: PostgresError.self) {
      try await site.owner.transaction { tx in _ = try tx.execute(sql) }
    }
  }

  @Test func nobodyIsPutWhereNoHouseholdIs() async throws {
    let fixture = try await RegisterFixture()
    _ = try await fixture.household("A", members: [try idNumber(1)])
    for statement: SQL in [
      "INSERT INTO persons \(columns) SELECT area, id + 1000000, \(values) FROM households",
      "INSERT INTO persons \(columns) SELECT '350423999', id, \(values) FROM households",
      "UPDATE persons SET household_id = household_id + 1000000",
      "UPDATE persons SET area = '350423999'", "DELETE FROM households",
      "UPDATE households SET id = id + 1000000",
    ] {
      let error = await refusal(statement, fixture.site)
      #expect(error?.sqlState == "23503", "\(statement)")
      #expect(error?.server?.constraint == "persons_household", "\(statement)")
    }
    #expect(
      try await fixture.lines(
        """
        SELECT count(*)::text FROM persons p
        JOIN households h ON h.id = p.household_id AND h.area = p.area
        """) == ["1"])
  }

  /// Neither of two writers sees what the other has not committed, so one has to wait for the other.
  @Test func aHouseholdThatMovesTakesANewMemberAlong() async throws {
    let fixture = try await RegisterFixture()
    _ = try await fixture.household("A", members: [try idNumber(1)])
    let mover = fixture.site.database.database(as: .owner, workers: 1)
    defer { mover.close() }
    let (added, columns, values) = (AsyncStream<Void>.makeStream(), columns, values)
    let adding = Task {
      try await fixture.site.owner.transaction { tx in
        try tx.execute(
          "INSERT INTO persons \(columns) SELECT area, id, \(values) FROM households")
        added.continuation.yield()
        try tx.script("SELECT pg_sleep(0.5)")
      }
    }
    for await _ in added.stream { break }
    try await mover.transaction { tx in
      try tx.execute("INSERT INTO areas (code, name) VALUES ('350423997', '新设镇')")
      #expect(try tx.execute("UPDATE households SET area = '350423997'") == 1)
    }
    try await adding.value
    #expect(
      try await fixture.lines("SELECT DISTINCT area FROM persons") == ["350423997"])
  }
}
