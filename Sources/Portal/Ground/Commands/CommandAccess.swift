public import Domain
public import Logging
import Postgres

/// The account in whose name a command is to work is not there.
struct UnknownAccount: Error, CustomStringConvertible {
  let account: String

  var description: String { "没有名为 \(account) 的账号，或账号已停用；全部账号用 portal account list 列出" }
}

/// What a command works with: the staff's login, so that the same rules hold as on screen, and somebody in
/// whose name it works.
public struct CommandAccess: Sendable {
  /// Of the staff login.
  public let connectionString: String
  /// The command, as PostgreSQL shows it.
  public let name: String
  public let logger: Logger

  public init(connectionString: String, name: String, logger: Logger) {
    self.connectionString = connectionString
    self.name = name
    self.logger = logger
  }

  /// Opens connections for as long as `body` runs; no statement of it is stopped for taking long.
  ///
  /// - Throws: `UnknownAccount`, and what `body` throws.
  public func perform<T: Sendable>(
    as account: String, _ body: (Databases, Principal) async throws -> T
  ) async throws -> T {
    let database = Database(
      DatabaseConfiguration(
        connectionString: connectionString, workers: 2, statementTimeout: .zero,
        idleInTransactionTimeout: .zero, waitLimit: .seconds(30), applicationName: name),
      logger: logger)
    defer { database.close() }
    let databases = Databases(staff: database, publicSide: database, inspector: database)
    return try await body(databases, try await databases.commandAccount(account))
  }
}

extension Databases {
  /// The account in whose name a command works.
  ///
  /// - Throws: `UnknownAccount`.
  public func commandAccount(_ account: String) async throws -> Principal {
    let found = try await transactionSigningIn(account: account) { tx in
      try tx.first(
        Query(
          """
          SELECT id, account, display_name, role, area FROM accounts
          WHERE account = \(account) AND disabled_at IS NULL
          """
        ) { row in try Principal(row) })
    }
    guard let found else { throw UnknownAccount(account: account) }
    return found
  }
}
