import Postgres
import TestSupport
import Testing

@Suite struct StatementTests {
  private static let prepared = Query<Int>(
    "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%/* probe */%'")

  @Test func `a statement is prepared once`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    for number in 1...20 {
      let back = try await database.read {
        try $0.one(Query<Int>("SELECT \(number)::int /* probe */"))
      }
      #expect(back == number)
    }
    #expect(try await database.read { try $0.one(Self.prepared) } == 2)
  }

  @Test func `old statements make room for new ones`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    try await database.read { transaction in
      for number in 0..<600 {
        let text = SQL(stringLiteral: "SELECT \(number) /* probe */")
        let back = try transaction.one(Query<Int>(text))
        #expect(back == number)
      }
    }
    let count = try await database.read { try $0.one(Self.prepared) }
    #expect((200...256).contains(count))
  }

  @Test func `a statement that does not prepare is tried again later`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    let query = Query<Int>("SELECT n FROM later")
    let early = await postgresError { try await database.read { try $0.one(query) } }
    #expect(early?.sqlState == "42P01")
    let inFailed = await postgresError {
      try await database.transaction { transaction in
        _ = try? transaction.execute("SELECT 1 / 0")
        _ = try transaction.one(Query<Int>("SELECT 5 AS five"))
      }
    }
    #expect(inFailed?.sqlState == "25P02")
    try await database.transaction { try $0.script("CREATE TABLE later AS SELECT 7 AS n") }
    #expect(try await database.read { try $0.one(query) } == 7)
    #expect(try await database.read { try $0.one(Query<Int>("SELECT 5 AS five")) } == 5)
  }

  @Test func `a changed table costs one error, then works`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    let query = Query<String>("SELECT * FROM changing")
    try await database.transaction { try $0.script("CREATE TABLE changing AS SELECT 1 AS n") }
    #expect(try await database.read { try $0.one(query) } == "1")
    try await database.transaction { try $0.script("ALTER TABLE changing ALTER n TYPE text") }
    let error = await postgresError { try await database.read { try $0.one(query) } }
    #expect(error?.sqlState == "0A000")
    #expect(try await database.read { try $0.one(query) } == "1")
  }

  @Test func `a statement deallocated behind our back is prepared again`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    let query = Query<Int>("SELECT 3")
    #expect(try await database.read { try $0.one(query) } == 3)
    try await database.read { try $0.script("DEALLOCATE ALL") }
    #expect(
      await postgresError { try await database.read { try $0.one(query) } }?.sqlState == "26000"
    )
    #expect(try await database.read { try $0.one(query) } == 3)
  }

  @Test func `several statements at once cannot be smuggled in`() async {
    let error = await postgresError {
      try await SharedDatabase.client.transaction { try $0.execute("SELECT 1; SELECT 2") }
    }
    #expect(error?.sqlState == "42601")
  }

  @Test func `the same text with other types is another statement`() async throws {
    let database = try await SharedDatabase.client
    let text = try await database.read { transaction in
      try (
        transaction.one(Query<String>("SELECT pg_typeof(\(true))::text")),
        transaction.one(Query<String>("SELECT pg_typeof(\([UInt8](arrayLiteral: 1)))::text"))
      )
    }
    #expect(text == ("boolean", "bytea"))
  }
}
