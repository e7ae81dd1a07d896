import Foundation
import Postgres

/// The throw-away PostgreSQL server that `deploy/test` starts for the tests.
package enum TestCluster {
  /// Why a test cannot run at all.
  package struct Missing: Error, CustomStringConvertible {
    package let description = "No test database: PORTAL_TEST_CLUSTER is not set. Run deploy/test."
  }

  /// libpq connection string of a superuser, as `deploy/test` gives it.
  package static func superuser() throws -> String {
    guard let value = ProcessInfo.processInfo.environment["PORTAL_TEST_CLUSTER"], !value.isEmpty
    else { throw Missing() }
    return value
  }

  /// The same server with another user and database; what comes later in the string wins.
  package static func connectionString(user: String? = nil, database: String) throws -> String {
    let userPart = user.map { " user=\($0)" } ?? ""
    return "\(try superuser())\(userPart) dbname=\(database)"
  }

  /// Runs a statement that cannot run in a transaction, or a script, as superuser.
  static func run(_ text: String, database: String = "postgres") async throws {
    try await PostgresScript.run(text, on: connectionString(database: database))
  }

  /// Runs a statement that needs a database for itself, as soon as the last connection to it is gone
  /// on the server's side too.
  static func whenNobodyIsConnected(_ text: String) async throws {
    for _ in 0..<50 {
      do {
        return try await run(text)
      } catch let error as PostgresError where error.sqlState == "55006" {
        try await Task.sleep(for: .milliseconds(100))
      }
    }
    try await run(text)
  }

  /// Letters and digits that no other test has.
  static func uniqueSuffix() -> String {
    String(UInt64.random(in: .min ... .max), radix: 36)
  }
}
