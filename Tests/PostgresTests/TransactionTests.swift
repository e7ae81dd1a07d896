import Postgres
import TestSupport
import Testing

@Suite struct TransactionTests {
  @Test func `a value goes to the server and back`() async throws {
    let database = try await TestDatabase.empty()
    let value = try await database.database().read { transaction in
      try transaction.one(Query<Int>("SELECT \(40)::int + \(2)"))
    }
    #expect(value == 42)
  }
}
