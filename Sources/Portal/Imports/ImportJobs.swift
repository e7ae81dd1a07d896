import Domain
package import Foundation
package import Ground
package import Logging
package import Postgres
import Spreadsheet

/// Works on imports one after the other, each over connections of its own, so that pages never wait
/// for one. What waits stands in the database: a portal that starts again takes it up.
package actor ImportJobs {
  /// A run that has not been heard of for so many seconds is dead.
  static let patience = 15

  let connectionString: String
  let keys: KeyRing
  let logger: Logger
  private let now: @Sendable () -> Date
  private let line = JobLine()
  private var queued: Set<ImportID> = []

  package init(
    connectionString: String, keys: KeyRing, logger: Logger, now: @escaping @Sendable () -> Date
  ) {
    self.connectionString = connectionString
    self.keys = keys
    self.logger = logger
    self.now = now
  }

  /// Takes an import up as soon as those before it are done with.
  func start(_ id: ImportID) async {
    guard queued.insert(id).inserted else { return }
    await line.add { await self.perform(id) }
  }

  private func perform(_ id: ImportID) async {
    queued.remove(id)
    do {
      try await ImportRun(id: id, keys: keys, logger: logger, now: now()).perform(
        connectionString: connectionString)
    } catch {
      logger.error("import broken off", metadata: ["import": "\(id)", "reason": "\(error)"])
    }
  }

  /// Waits until nothing is left to do.
  func finishAll() async { await line.finishAll() }

  /// Starts what waits, and gives back what a dead run has left.
  package func takeUp(_ staff: Database) async throws {
    for broken in try await Self.service(staff, brokenImports) {
      try await staff.transaction(TransactionContext(["portal.area": broken.area.rawValue])) { tx in
        try tx.execute(giveBack(broken.id))
      }
    }
    for id in try await Self.service(staff, waitingImports) { await start(id) }
  }

  private static func service<T: Sendable>(
    _ staff: Database, _ query: Query<T>
  ) async throws -> [T] {
    try await staff.read(TransactionContext(["portal.import_service": "on"])) { tx in
      try tx.all(query)
    }
  }
}

private struct BrokenImport: RowDecodable {
  let id: ImportID
  let area: AreaCode

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
  }
}

private let waitingImports: Query<ImportID> = Query(
  """
  SELECT id FROM imports
  WHERE state IN ('uploaded', 'confirmed', 'undo_asked') AND NOT is_command ORDER BY id
  """)

private let brokenImports: Query<BrokenImport> = Query(
  """
  SELECT id, area FROM imports
  WHERE state IN ('checking', 'committing', 'undoing')
    AND heard_at < now() - make_interval(secs => \(constant: ImportJobs.patience)) ORDER BY id
  """)

/// A transaction that was broken off has left nothing: the import stands where it stood before.
private func giveBack(_ id: ImportID) -> SQL {
  """
  UPDATE imports SET worker = NULL, phase = NULL, version = version + 1,
    state = CASE WHEN is_command THEN 'failed' WHEN state = 'checking' THEN 'uploaded'
      WHEN state = 'committing' THEN 'checked' ELSE 'done' END,
    message = CASE WHEN is_command THEN '命令被中断，没有写入任何数据'
      WHEN state = 'checking' THEN NULL
      WHEN state = 'committing' THEN '写入时程序中断，没有写入任何数据，请重新确认'
      ELSE '撤销时程序中断，没有撤销任何数据，请重新撤销' END,
    confirmed_by = CASE WHEN state = 'committing' THEN NULL ELSE confirmed_by END,
    confirmed_by_name = CASE WHEN state = 'committing' THEN NULL ELSE confirmed_by_name END,
    confirmed_at = CASE WHEN state = 'committing' THEN NULL ELSE confirmed_at END,
    undone_by = NULL, undone_by_name = NULL, undo_reason = NULL
  WHERE id = \(id) AND state IN ('checking', 'committing', 'undoing')
    AND heard_at < now() - make_interval(secs => \(constant: ImportJobs.patience))
  """
}
