import Dispatch
import Postgres
import TestSupport
import Testing

@Suite struct DatabaseTests {
  private static let pid = Query<Int>("SELECT pg_backend_pid()")

  @Test(.timeLimit(.minutes(1)))
  func `a full pool refuses after the wait limit`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1, waitLimit: .seconds(1))
    #expect(try await eventually { await database.isReachable })
    let (begun, goOn) = (Flag(), DispatchSemaphore(value: 0))
    async let busy: Void = database.read { _ in
      begun.raise()
      goOn.wait()
    }
    await begun.isRaised()
    let error = await postgresError { try await database.read { _ in } }
    goOn.signal()
    #expect(error?.kind == .poolBusy)
    #expect(error?.isUnavailable == true)
    try await busy
    try await database.read { _ in }
  }

  @Test func `waiting work runs as soon as a worker is free`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 2)
    let sum = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 1...100 {
        group.addTask {
          try await database.read { try $0.one(Query<Int>("SELECT \(number)::int")) }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(sum == 5050)
  }

  @Test func `one query has its settings, which end with it, and writes nothing`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    try await database.transaction { try $0.execute("CREATE TABLE notes (id bigint)") }
    let setting = Query<String?>("SELECT current_setting('test.who', true)")
    #expect(try await database.all(setting, TransactionContext(["test.who": "me"])) == ["me"])
    #expect(try await database.first(setting) == "")
    let writing = Query<Int>("INSERT INTO notes VALUES (1) RETURNING id")
    for context in [TransactionContext.none, TransactionContext(["test.who": "me"])] {
      let error = await postgresError { _ = try await database.all(writing, context) }
      #expect(error?.sqlState == "25006")
    }
    #expect(try await database.all(Query<Int>("SELECT id FROM notes")) == [])
    // After an error in the query the settings are gone too.
    let failing = Query<Int>("SELECT 1 / 0")
    _ = await postgresError {
      _ = try await database.all(failing, TransactionContext(["test.who": "me"]))
    }
    #expect(try await database.first(setting) == "")
  }

  @Test func `a slow statement is stopped by the statement timeout`() async throws {
    let test = try await TestDatabase.empty()
    let database = client(test.connectionString(), statementTimeout: .milliseconds(100))
    let error = await postgresError {
      try await database.read { try $0.execute("SELECT pg_sleep(5)") }
    }
    #expect(error?.isTimeout == true)
    #expect(await database.isReachable)
  }

  @Test func `a connection killed while idle is not noticed by anybody`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    let other = test.database(workers: 1)
    for _ in 0..<5 {
      let pid = try await database.read { try $0.one(Self.pid) }
      _ = try await other.transaction { try $0.execute("SELECT pg_terminate_backend(\(pid))") }
      let next = try await database.read { try $0.one(Self.pid) }
      #expect(next != pid)
    }
  }

  @Test func `a connection killed inside a transaction is lost, and nothing is stored`()
    async throws
  {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    try await database.transaction { try $0.execute("CREATE TABLE notes (id bigint)") }
    let error = await postgresError {
      try await database.transaction { transaction in
        try transaction.execute("INSERT INTO notes VALUES (1)")
        try transaction.execute("SELECT pg_terminate_backend(pg_backend_pid())")
      }
    }
    #expect(error?.kind == .connectionLost)
    #expect(error?.isUnavailable == true)
    #expect(try await database.read { try $0.one(Query<Int>("SELECT count(*) FROM notes")) } == 0)
  }

  @Test func `a swallowed loss of the connection does not count as stored`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    let error = await postgresError {
      try await database.transaction { transaction in
        _ = try? transaction.execute("SELECT pg_terminate_backend(pg_backend_pid())")
      }
    }
    #expect(error?.kind == .connectionLost)
  }

  @Test func `a connection lost during COMMIT is told apart`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    try await database.transaction { transaction in
      try transaction.script(
        """
        CREATE TABLE notes (id bigint);
        CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER die AFTER INSERT ON notes
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die();
        """)
    }
    let error = await postgresError {
      try await database.transaction { try $0.execute("INSERT INTO notes VALUES (1)") }
    }
    #expect(error?.kind == .commitUnknown)
    #expect(await database.isReachable)
  }

  @Test(.timeLimit(.minutes(2)))
  func `workers survive killed backends under load, and nothing is half done`() async throws {
    let test = try await TestDatabase.empty()
    let database = client(test.connectionString(), workers: 4, applicationName: "victim")
    let killer = test.database(workers: 1)
    try await killer.transaction { try $0.execute("CREATE TABLE pairs (task int, n int)") }
    let outcome = try await withThrowingTaskGroup(of: (stored: Int, unknown: Int).self) { group in
      for task in 0..<16 { group.addTask { try await storePairs(task, in: database) } }
      for _ in 0..<30 {
        try await killer.transaction { transaction in
          try transaction.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = 'victim' AND datname = current_database() ORDER BY random() LIMIT 2
            """)
        }
        try await Task.sleep(for: .milliseconds(30))
      }
      return try await group.reduce((0, 0)) { ($0.0 + $1.stored, $0.1 + $1.unknown) }
    }
    let (pairs, halves) = try await killer.read { transaction in
      (
        try transaction.one(Query<Int>("SELECT count(*) / 2 FROM pairs")),
        try transaction.all(
          Query<Int>("SELECT n FROM pairs GROUP BY task, n HAVING count(*) <> 2")
        ).count
      )
    }
    #expect(halves == 0)
    #expect((outcome.0...outcome.0 + outcome.1).contains(pairs))
    #expect(outcome.0 > 0)
    try await database.read { _ in }
  }

  /// Stores pairs of rows for a second or so; how many were stored, and of how many nobody knows.
  private func storePairs(_ task: Int, in database: Database) async throws -> (
    stored: Int, unknown: Int
  ) {
    var stored = 0
    var unknown = 0
    for number in 0..<300 {
      do {
        try await database.transaction { transaction in
          try transaction.execute("INSERT INTO pairs VALUES (\(task), \(number))")
          try transaction.execute("INSERT INTO pairs VALUES (\(task), \(number))")
        }
        stored += 1
      } catch let error as PostgresError where error.isUnavailable {
        if error.kind == .commitUnknown { unknown += 1 }
      }
    }
    return (stored, unknown)
  }

  @Test func `a database that is down is unavailable, not an error at start`() async throws {
    let database = client("host=/nonexistent/socket", waitLimit: .milliseconds(200))
    let error = await postgresError { try await database.read { _ in } }
    guard case .unavailable = error?.kind else {
      Issue.record("not unavailable: \(String(describing: error))")
      return
    }
    #expect(await database.isReachable == false)
    let start = ContinuousClock.now
    _ = await postgresError { try await database.read { _ in } }
    #expect(start.duration(to: .now) < .milliseconds(150), "known to be down: refused at once")
  }

  @Test(.timeLimit(.minutes(1)))
  func `a closed database refuses, and finishes what it has begun`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    let (begun, goOn) = (Flag(), DispatchSemaphore(value: 0))
    async let busy = database.read { transaction in
      begun.raise()
      goOn.wait()
      return try transaction.one(Query<Int>("SELECT 1"))
    }
    await begun.isRaised()
    async let waiting = postgresError { try await database.read { _ in } }
    database.close()
    goOn.signal()
    #expect(try await busy == 1)
    #expect(await waiting?.kind == .closed)
    #expect(await postgresError { try await database.read { _ in } }?.kind == .closed)
  }

  @Test func `a database that is not UTF-8 or has the C locale is refused`() async throws {
    for (name, options, word) in [
      ("latin", "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'", "LATIN1"),
      ("plain", "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'", "LC_CTYPE"),
    ] {
      let name = "unsuitable_\(name)_\(UInt32.random(in: .min ... .max))"
      let cluster = try TestCluster.connectionString(database: "postgres")
      try await PostgresScript.run(
        "CREATE DATABASE \(name) TEMPLATE template0 \(options)", on: cluster)
      let database = client("\(cluster) dbname=\(name)", waitLimit: .milliseconds(500))
      let error = await postgresError { try await database.read { _ in } }
      #expect(error?.description.contains(word) == true)
      #expect(error?.isUnavailable == false)
      database.close()
      try await PostgresScript.run("DROP DATABASE \(name) WITH (FORCE)", on: cluster)
    }
  }
}

/// Raised on a worker's thread, awaited by the test.
private struct Flag: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream() }

  func raise() { continuation.finish() }

  func isRaised() async { for await _ in stream {} }
}
