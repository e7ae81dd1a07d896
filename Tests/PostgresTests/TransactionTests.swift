import Dispatch
import Postgres
import TestSupport
import Testing

private struct Broken: Error {}

@Suite struct TransactionTests {
  private static let area = Query<String?>("SELECT current_setting('portal.area', true)")

  /// A database with an empty table `notes (id, text)`.
  private func notes() async throws -> (TestDatabase, Database) {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    try await database.transaction { transaction in
      try transaction.execute(
        "CREATE TABLE notes (id bigint CONSTRAINT notes_id_key PRIMARY KEY, text text NOT NULL)")
    }
    return (test, database)
  }

  private func count(_ database: Database) async throws -> Int {
    try await database.read { try $0.one(Query<Int>("SELECT count(*) FROM notes")) }
  }

  @Test func `the context holds inside a transaction and not after it`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    let context = TransactionContext(["portal.area": "350423", "portal.role": "a'b"])
    #expect(try await database.read(context) { try $0.one(Self.area) } == "350423")
    #expect(try await database.transaction(context) { try $0.one(Self.area) } == "350423")
    let after = try await database.read { try $0.one(Self.area) }
    #expect(after == "")
  }

  @Test func `a context that the server refuses runs nothing`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    let error = await postgresError {
      try await database.read(TransactionContext(["no_such_setting": "1"])) { _ in
        _ = Issue.record("the closure ran")
      }
    }
    #expect(error?.sqlState == "42704")
    #expect(await database.isReachable)
  }

  @Test func `a NUL in the context is refused and the worker goes on`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    let error = await postgresError {
      try await database.read(TransactionContext(["portal.area": "a\0b"])) { _ in }
    }
    #expect(error?.kind == .nulByte)
    #expect(await database.isReachable)
  }

  @Test func `reading refuses to write`() async throws {
    let (test, database) = try await notes()
    let error = await postgresError {
      try await database.read { try $0.execute("INSERT INTO notes VALUES (1, 'a')") }
    }
    #expect(error?.sqlState == "25006")
    withExtendedLifetime(test) {}
  }

  @Test func `a transaction commits and says how many rows it changed`() async throws {
    let (test, database) = try await notes()
    let affected = try await database.transaction { transaction in
      try transaction.execute("INSERT INTO notes SELECT n, 'x' FROM generate_series(1, 5) n")
    }
    #expect(affected == 5)
    #expect(try await count(database) == 5)
    withExtendedLifetime(test) {}
  }

  @Test func `an error in the closure rolls back and is rethrown`() async throws {
    let (test, database) = try await notes()
    await #expect(throws: Broken.self) {
      try await database.transaction { transaction in
        try transaction.execute("INSERT INTO notes VALUES (1, 'a')")
        throw Broken()
      }
    }
    #expect(try await count(database) == 0)
    withExtendedLifetime(test) {}
  }

  @Test func `a swallowed error does not commit the rest`() async throws {
    let (test, database) = try await notes()
    let error = await postgresError {
      try await database.transaction { transaction in
        try transaction.execute("INSERT INTO notes VALUES (1, 'a')")
        _ = try? transaction.execute("INSERT INTO notes VALUES (1, 'b')")
      }
    }
    #expect(error?.kind == .transactionFailed)
    #expect(try await count(database) == 0)
    withExtendedLifetime(test) {}
  }

  @Test func `a savepoint takes back only its own part`() async throws {
    let (test, database) = try await notes()
    try await database.transaction { transaction in
      try transaction.execute("INSERT INTO notes VALUES (1, 'a')")
      #expect(throws: PostgresError.self) {
        try transaction.savepoint {
          try transaction.execute("INSERT INTO notes VALUES (2, 'b')")
          try transaction.execute("INSERT INTO notes VALUES (1, 'again')")
        }
      }
      try transaction.savepoint { try transaction.execute("INSERT INTO notes VALUES (3, 'c')") }
    }
    let ids = try await database.read { try $0.all(Query<Int>("SELECT id FROM notes ORDER BY id")) }
    #expect(ids == [1, 3])
    withExtendedLifetime(test) {}
  }

  @Test func `a unique violation names its constraint and tells no data`() async throws {
    let (test, database) = try await notes()
    let error = await postgresError {
      try await database.transaction { transaction in
        try transaction.execute("INSERT INTO notes VALUES (4711, 'a'), (4711, 'b')")
      }
    }
    #expect(error?.isUniqueViolation("notes_id_key") == true)
    #expect(error?.isUniqueViolation("another") == false)
    #expect(error?.server?.table == "notes")
    #expect(error?.description.contains("4711") == false)
    withExtendedLifetime(test) {}
  }

  @Test func `no error tells a value that it was given`() async {
    let secret = "350423199001011234x"
    let error = await postgresError { try await select("SELECT \(secret)::int", as: Int.self) }
    #expect(error?.sqlState?.hasPrefix("22") == true)
    #expect(error.map { "\($0)" }?.contains("3504") == false)
  }

  @Test func `a transaction that got out of its closure is of no use`() async throws {
    let error = await postgresError {
      let holder = Holder()
      try await SharedDatabase.client.read { holder.keep($0) }
      try holder.use()
    }
    #expect(error?.kind == .misuse("transaction used outside its closure"))
  }

  @Test func `ending the transaction by hand is found out`() async throws {
    let (test, database) = try await notes()
    let error = await postgresError {
      try await database.transaction { try $0.script("COMMIT") }
    }
    #expect(error?.kind == .misuse("the closure ended its own transaction"))
    #expect(await database.isReachable)
    withExtendedLifetime(test) {}
  }

  @Test func `a serialization failure says that it may be retried`() async throws {
    let (test, database) = try await notes()
    let other = test.database(workers: 1)
    try await database.transaction { try $0.execute("INSERT INTO notes VALUES (1, 'a')") }
    let holder = Holder()
    let error = await postgresError {
      try await database.transaction(isolation: .repeatableRead) { transaction in
        _ = try transaction.one(Query<Int>("SELECT count(*) FROM notes"))
        holder.wait {
          _ = try await other.transaction { try $0.execute("UPDATE notes SET text = 'b'") }
        }
        try transaction.execute("UPDATE notes SET text = 'c'")
      }
    }
    #expect(error?.isRetryable == true)
  }
}

/// Carries things between a worker's thread and the test, one after the other.
///
/// Safe: each test uses it from one thread at a time, and waits for the other.
private final class Holder: @unchecked Sendable {
  private var transaction: Transaction?

  func keep(_ transaction: Transaction) { self.transaction = transaction }

  func use() throws { try transaction?.execute("SELECT 1") }

  /// Blocks the worker's thread until the body is done.
  func wait(_ body: @escaping @Sendable () async throws -> Void) {
    let done = DispatchSemaphore(value: 0)
    Task {
      try? await body()
      done.signal()
    }
    done.wait()
  }
}
