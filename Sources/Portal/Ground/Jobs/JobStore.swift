import Domain
import Foundation
import Logging
import Postgres
import Synchronization

/// The jobs as programs see them: whatever their area, by the one setting that lets them.
final class JobStore: Sendable {
  /// A try that has not been heard of for so many seconds is dead.
  static let patience = 15

  let program: JobProgram
  private let connectionString: String
  private let logger: Logger
  private let opened = Mutex<(database: Database?, isClosed: Bool)>((nil, false))

  init(connectionString: String, program: JobProgram, logger: Logger) {
    self.connectionString = connectionString
    self.program = program
    self.logger = logger
  }

  deinit { close() }

  /// Connections that neither pages nor jobs wait for, opened when the first job is looked for.
  private var database: Database {
    get throws {
      try opened.withLock { opened in
        if opened.isClosed { throw PostgresError(.closed) }
        if let database = opened.database { return database }
        let database = Database(
          DatabaseConfiguration(
            connectionString: connectionString, workers: 2, waitLimit: .seconds(10),
            applicationName: "portal-jobs"), logger: logger)
        opened.database = database
        return database
      }
    }
  }

  var isClosed: Bool { opened.withLock { $0.isClosed } }

  func close() {
    opened.withLock { opened in
      opened.database?.close()
      opened = (nil, true)
    }
  }

  private func serve<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await database.transaction(TransactionContext(["portal.job_service": "on"]), body)
  }

  /// In the area of a job, in nobody's name.
  func inArea<T: Sendable>(
    _ area: AreaCode, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await database.transaction(TransactionContext(["portal.area": area.rawValue]), body)
  }

  /// Takes the job that has waited longest, of those that are not in a busy lane; nil when there is none.
  func claim(_ kinds: [String], busy lanes: [String]) async throws -> JobOrder? {
    let (worker, program) = (UUID().uuidString, program)
    return try await serve { tx in
      try tx.first(
        Query<JobOrder>(
          """
          UPDATE jobs SET state = 'running', worker = \(worker), heard_at = now(),
            is_begun = false, attempts = attempts + 1, phase = NULL, done = 0
          WHERE state = 'waiting' AND id = (
            SELECT id FROM jobs
            WHERE state = 'waiting' AND kind = ANY(\(list: kinds)) AND lane <> ALL(\(list: lanes))
              AND (home = \(program.id) OR home IS NULL AND NOT \(program.isCommand)::boolean)
              AND (not_before IS NULL OR not_before <= now())
            ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING \(JobOrder.columns)
          """))
    }
  }

  /// What a job hears when it says that it is alive.
  enum Heard: Sendable { case goOn, cancelled, lost }

  func beat(_ job: JobOrder, _ progress: JobProgress) async throws -> Heard {
    let (phase, rows, expected) = progress.now
    return try await serve { tx in
      let isCancelled = try tx.first(
        Query<Bool>(
          """
          UPDATE jobs SET heard_at = now(), phase = NULLIF(\(phase), ''), done = \(rows),
            expected = COALESCE(\(optional: expected)::bigint, expected)
          WHERE \(job.isOurs) RETURNING cancel_asked_at IS NOT NULL
          """))
      return isCancelled.map { $0 ? .cancelled : .goOn } ?? .lost
    }
  }

  /// Says of the jobs that wait for this program alone that it is alive.
  ///
  /// - Returns: how many there are.
  func beatForWaiting() async throws -> Int {
    let id = program.id
    return try await serve { tx in
      try tx.execute(
        "UPDATE jobs SET heard_at = now() WHERE home = \(id) AND state = 'waiting'")
    }
  }

  /// How many jobs of a lane this program alone has to do.
  func held(in lane: String) async throws -> Int {
    let id = program.id
    return try await serve { tx in
      try tx.one(
        Query(
          """
          SELECT count(*) FROM jobs
          WHERE home = \(id) AND lane = \(lane) AND state IN ('waiting', 'running')
          """))
    }
  }

  /// What programs that are dead have left, in the middle or waiting for them. This one is alive, however long
  /// the database was away: what is its own it has not left.
  func left(_ kinds: [String]) async throws -> [JobOrder] {
    let id = program.id
    return try await serve { tx in
      try tx.all(
        Query(
          """
          SELECT \(JobOrder.columns) FROM jobs
          WHERE (state = 'running' OR state = 'waiting' AND home <> \(id))
            AND kind = ANY(\(list: kinds))
            AND heard_at < now() - make_interval(secs => \(constant: Self.patience)) ORDER BY id
          """))
    }
  }

  /// Breaks the statement off that a server process is at.
  func interrupt(_ backend: Int32) async {
    _ = try? await serve { tx in try tx.execute("SELECT pg_cancel_backend(\(backend))") }
  }

  /// Says that a try of a job begins now, and finds the person in whose name it is done, in the area of the job; nil
  /// where it is done in nobody's.
  ///
  /// - Throws: ``AccountGone`` when the account is disabled, or no longer works there.
  func begin(_ job: JobOrder) async throws -> Principal? {
    let found = try await database.transaction(
      TransactionContext([
        "portal.job_service": "on", "portal.account": job.account?.description ?? "",
      ])
    ) { tx in
      let begun = try tx.execute("UPDATE jobs SET is_begun = true WHERE \(job.isOurs)")
      guard begun == 1 else { throw JobProgress.Cancelled() }
      guard let account = job.account else { return nil as Principal? }
      return try tx.first(
        Query(
          """
          SELECT id, account, display_name, role, area FROM accounts
          WHERE id = \(account) AND disabled_at IS NULL
          """
        ) { row in try Principal(row) })
    }
    if job.account == nil { return nil }
    guard let found, found.area.contains(job.area) else { throw AccountGone() }
    return Principal(
      accountID: found.accountID, account: found.account, displayName: found.displayName,
      role: found.role, area: job.area, proof: .job(job.id))
  }

  /// Reads as a program.
  func all<T: Sendable>(_ query: Query<T>) async throws -> [T] {
    try await serve { tx in try tx.all(query) }
  }
}
