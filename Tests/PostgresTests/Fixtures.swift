import Foundation
import Logging
import Postgres
import TestSupport

/// One empty database for all tests that leave nothing in it.
enum SharedDatabase {
  private static let made = Task {
    let database = try await TestDatabase.empty()
    return (database, database.database(workers: 4))
  }

  static var client: Database {
    get async throws { try await made.value.1 }
  }
}

/// A value after its way to the server, through a temporary column of a type, and back.
func roundTrip<Value: PostgresEncodable & PostgresDecodable>(
  _ value: Value, through type: StaticString
) async throws -> Value {
  try await SharedDatabase.client.transaction { transaction in
    try transaction.execute("CREATE TEMP TABLE trip (value \(raw: type)) ON COMMIT DROP")
    try transaction.execute("INSERT INTO trip VALUES (\(value)) -- \(raw: type)")
    return try transaction.one(Query<Value>("SELECT value FROM trip -- \(raw: type)"))
  }
}

/// The one column of the one row.
func select<Value: PostgresDecodable & Sendable>(
  _ sql: SQL, as type: Value.Type = Value.self
) async throws -> Value {
  try await SharedDatabase.client.read { try $0.one(Query<Value>(sql)) }
}

/// The error that the body throws, if it is one of ours.
func postgresError<T>(_ body: () async throws -> T) async -> PostgresError? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error as? PostgresError
  }
}

func client(
  _ connectionString: String, workers: Int = 2, statementTimeout: Duration = .seconds(10),
  waitLimit: Duration = .seconds(5), applicationName: String = "portal-test"
) -> Database {
  Database(
    DatabaseConfiguration(
      connectionString: connectionString, workers: workers, statementTimeout: statementTimeout,
      waitLimit: waitLimit, applicationName: applicationName),
    logger: quiet)
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Tries again until it is true, for up to ten seconds.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
  for _ in 0..<200 {
    if try await condition() { return true }
    try await Task.sleep(for: .milliseconds(50))
  }
  return false
}
