import Foundation
public import Logging

/// How a `Database` reaches its server, and its limits.
public struct DatabaseConfiguration: Sendable {
  /// libpq's: `host=… user=… dbname=…` or a `postgresql://` URI, several hosts allowed.
  public var connectionString: String
  /// Threads, and so connections.
  public var workers: Int
  /// The longest that one statement may take; zero for no limit.
  public var statementTimeout: Duration
  /// The longest that a transaction may stay idle between two statements; zero for no limit.
  public var idleInTransactionTimeout: Duration
  /// The longest that a transaction waits for a free worker.
  public var waitLimit: Duration
  /// What `pg_stat_activity` shows.
  public var applicationName: String

  public init(
    connectionString: String, workers: Int = 4, statementTimeout: Duration = .seconds(10),
    idleInTransactionTimeout: Duration = .seconds(15), waitLimit: Duration = .seconds(3),
    applicationName: String = "portal"
  ) {
    self.connectionString = connectionString
    self.workers = workers
    self.statementTimeout = statementTimeout
    self.idleInTransactionTimeout = idleInTransactionTimeout
    self.waitLimit = waitLimit
    self.applicationName = applicationName
  }

  var session: SessionSettings {
    SessionSettings(
      applicationName: applicationName, statementTimeout: statementTimeout,
      idleInTransactionTimeout: idleInTransactionTimeout, isReadOnly: true)
  }
}

/// A PostgreSQL database, reached through a few threads that own a connection each.
///
/// A transaction is a synchronous closure that runs on one of these threads from BEGIN to COMMIT; an
/// error thrown inside rolls it back and is rethrown. Making a `Database` never fails and never waits:
/// connections open in the background and are opened again when they are lost.
public final class Database: Sendable {
  private let configuration: DatabaseConfiguration
  private let queue: JobQueue

  public init(_ configuration: DatabaseConfiguration, logger: Logger) {
    self.configuration = configuration
    let queue = JobQueue(waitLimit: configuration.waitLimit)
    self.queue = queue
    for number in 1...max(1, configuration.workers) {
      Worker(number: number, queue: queue, configuration: configuration, logger: logger).start()
    }
    let timekeeper = Thread { queue.keepTime() }
    timekeeper.name = "postgres-timekeeper"
    timekeeper.stackSize = 1 << 19
    timekeeper.start()
  }

  deinit { queue.close() }

  /// Runs queries in a read-only transaction; all of them see the same state of the database.
  ///
  /// - Throws: what `body` throws, and `PostgresError` (`isUnavailable` for a 503).
  public func read<T: Sendable>(
    _ context: TransactionContext = .none,
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await perform(Isolation.beginReading, context, body)
  }

  /// Runs queries and statements in a transaction, which commits when `body` returns.
  ///
  /// - Throws: what `body` throws, after rolling back; `PostgresError`, of kind `.commitUnknown` if the
  ///   connection was lost during COMMIT.
  @discardableResult
  public func transaction<T: Sendable>(
    _ context: TransactionContext = .none, isolation: Isolation = .readCommitted,
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await perform(isolation.begin, context, body)
  }

  /// The rows of one query in a read-only transaction of its own: one round trip, where `read` with a
  /// closure takes three.
  public func all<Output: Sendable>(
    _ query: Query<Output>, _ context: TransactionContext = .none
  ) async throws -> [Output] {
    try await fetch(query.sql, context) { result in
      try (0..<Int32(result.count)).map { try query.decode(Row(result: result, index: $0)) }
    }
  }

  /// The row of one query, or nil if there is none: as ``all(_:_:)``.
  ///
  /// - Throws: `PostgresError`, of kind `.tooManyRows` if there are several.
  public func first<Output: Sendable>(
    _ query: Query<Output>, _ context: TransactionContext = .none
  ) async throws -> Output? {
    try await fetch(query.sql, context) { result in
      guard result.count <= 1 else { throw PostgresError(.tooManyRows) }
      return result.count == 1 ? try query.decode(Row(result: result, index: 0)) : nil
    }
  }

  private func fetch<Output: Sendable>(
    _ query: SQL, _ context: TransactionContext,
    _ decode: @escaping @Sendable (ResultSet) throws -> Output
  ) async throws -> Output {
    try Task.checkCancellation()
    return try await withCheckedThrowingContinuation { continuation in
      let job = Job(deadline: .now + configuration.waitLimit) { connection in
        do {
          let result = try connection.fetch(query, context)
          continuation.resume(returning: try decode(result))
          return .answered
        } catch {
          if connection.isLost { return .notStarted }
          connection.rollback()
          continuation.resume(throwing: error)
          return .answered
        }
      } fail: { error in
        continuation.resume(throwing: error)
      }
      queue.add(job)
    }
  }

  /// Whether a query is answered now; waits at most as long as a transaction may wait for a worker.
  public var isReachable: Bool {
    get async { (try? await read { try $0.one(Query<Int>("SELECT 1")) }) == 1 }
  }

  /// Ends all workers as soon as each has finished its transaction; what waits fails as `.closed`.
  public func close() { queue.close() }

  private func perform<T: Sendable>(
    _ begin: SQL, _ context: TransactionContext,
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try Task.checkCancellation()
    return try await withCheckedThrowingContinuation { continuation in
      let job = Job(deadline: .now + configuration.waitLimit) { connection in
        do {
          try connection.begin(begin, context)
        } catch {
          if connection.isLost { return .notStarted }
          connection.rollback()
          continuation.resume(throwing: error)
          return .answered
        }
        continuation.resume(with: Result { try connection.finish(body) })
        return .answered
      } fail: { error in
        continuation.resume(throwing: error)
      }
      queue.add(job)
    }
  }
}

extension Connection {
  /// Runs the closure in the transaction that has begun, and commits or rolls back.
  fileprivate func finish<T>(_ body: (Transaction) throws -> T) throws -> T {
    let transaction = Transaction(self)
    defer { transaction.close() }
    do {
      let value = try body(transaction)
      try commit()
      return value
    } catch {
      rollback()
      throw error
    }
  }
}
