import Postgres
import TestSupport
import Testing

/// A household lies in an area that there is, whoever writes which of the two.
@Suite struct HouseholdAreaTests {
  private func refusal(_ sql: SQL, _ site: TestPortal) async -> PostgresError? {
    await #expect(throws: PostgresError.self) {
      try await site.owner.transaction { tx in _ = try tx.execute(sql) }
    }
  }

  @Test(arguments: [
    "INSERT INTO households (area, number, category) VALUES ('350423999', 'A-1', 'other')",
    "UPDATE households SET area = '350423999'", "DELETE FROM areas WHERE code = '350423997'",
    "UPDATE areas SET code = '350423998' WHERE code = '350423997'",
  ]) func noHouseholdIsLeftWithoutItsArea(_ statement: String) async throws {
    let fixture = try await RegisterFixture()
    _ = try await fixture.household("A", members: [try idNumber(1)])
    // A township that nothing but this household lies in.
    try await fixture.site.owner.transaction { tx in
      try tx.execute("INSERT INTO areas (code, name) VALUES ('350423997', '新设镇')")
      try tx.execute("UPDATE households SET area = '350423997'")
    }
    let error = await refusal(SQL(stringLiteral: statement), fixture.site)
    #expect(error?.sqlState == "23503")
    #expect(error?.server?.constraint == "households_area")
    #expect(try await fixture.lines("SELECT area FROM households") == ["350423997"])
  }

  @Test func anAreaWithoutHouseholdsCanGo() async throws {
    let fixture = try await RegisterFixture()
    try await fixture.site.owner.transaction { tx in
      try tx.execute("INSERT INTO areas (code, name) VALUES ('350423997', '新设镇')")
      #expect(try tx.execute("DELETE FROM areas WHERE code = '350423997'") == 1)
    }
  }
}
