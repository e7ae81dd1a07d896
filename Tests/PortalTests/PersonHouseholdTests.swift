import Postgres
import TestSupport
import Testing

extension TestPortal {
  /// Numbers of the households whose row does not say what their people say.
  func miscountedHouseholds() async throws -> [String] {
    try await database.psql(
      as: .superuser, [:],
      """
      SELECT h.number FROM households h LEFT JOIN persons p ON p.household_id = h.id AND p.left_on IS NULL
      GROUP BY h.id HAVING h.members <> count(p.id)
        OR h.applicant IS DISTINCT FROM min(p.name) FILTER (WHERE p.relation = 'applicant')
      """
    ).lines
  }
}

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

  @Test func aHouseholdKnowsItsApplicantAndHowManyItHas() async throws {
    let fixture = try await RegisterFixture()
    let first = try await fixture.household("A", members: [try idNumber(1), try idNumber(2)])
    let second = try await fixture.household("B", members: [try idNumber(3)])
    func households() async throws -> [String] {
      try await fixture.lines("SELECT number, applicant, members FROM households ORDER BY number")
    }
    #expect(try await households() == ["A|林小满|2", "B|林小满|1"])
    for (statement, expected): (SQL, [String]) in [
      ("UPDATE persons SET name = '陈秋月' WHERE relation = 'other'", ["A|林小满|2", "B|林小满|1"]),
      (
        "UPDATE persons SET relation = CASE relation WHEN 'other' THEN 'applicant' ELSE 'other' END",
        ["A|陈秋月|2", "B||1"]
      ),
      (
        "UPDATE persons SET household_id = \(second) WHERE name = '陈秋月'", ["A||1", "B|陈秋月|2"]
      ),
      (
        "UPDATE persons SET left_on = '2021-08-01', left_reason = 'died' WHERE name = '陈秋月'",
        ["A||1", "B||1"]
      ),
      ("DELETE FROM persons WHERE household_id = \(first)", ["A||0", "B||1"]),
    ] {
      try await fixture.site.owner.transaction { tx in _ = try tx.execute(statement) }
      #expect(try await households() == expected, "\(statement)")
      #expect(try await fixture.site.miscountedHouseholds() == [])
    }
  }

  /// Each would count without the other's person.
  @Test func twoWhoAddAMemberAtOnceAreBothCounted() async throws {
    let fixture = try await RegisterFixture()
    _ = try await fixture.household("A", members: [try idNumber(1)])
    let columns = columns
    try await whileAMemberIsAdded(fixture) { tx in
      try tx.execute(
        """
        INSERT INTO persons \(columns)
        SELECT area, id, 'child', '李大', '\\x00', decode(repeat('cd', 32), 'hex'), 'single' FROM households
        """)
    }
    #expect(try await fixture.lines("SELECT applicant, members FROM households") == ["林小满|3"])
  }

  /// Neither of two writers sees what the other has not committed, so one has to wait for the other.
  @Test func aHouseholdThatMovesTakesANewMemberAlong() async throws {
    let fixture = try await RegisterFixture()
    _ = try await fixture.household("A", members: [try idNumber(1)])
    try await whileAMemberIsAdded(fixture) { tx in
      try tx.execute("INSERT INTO areas (code, name) VALUES ('350423997', '新设镇')")
      #expect(try tx.execute("UPDATE households SET area = '350423997'") == 1)
    }
    #expect(
      try await fixture.lines("SELECT DISTINCT area FROM persons") == ["350423997"])
  }

  /// Runs a transaction after another one has added a member and before that one commits.
  private func whileAMemberIsAdded(
    _ fixture: RegisterFixture, _ body: @escaping @Sendable (Transaction) throws -> Void
  ) async throws {
    let other = fixture.site.database.database(as: .owner, workers: 1)
    defer { other.close() }
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
    try await other.transaction { tx in try body(tx) }
    try await adding.value
  }
}
