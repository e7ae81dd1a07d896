import Domain
import Foundation
import Ground
import Postgres
import Register

/// What the row of an import says is to be done.
struct ImportOrder: RowDecodable, Sendable {
  let id: ImportID
  let kind: RegisterSheet
  let fileName: String
  let fileSize: Int
  let goodRowsOnly: Bool
  let takesHidden: Bool
  let undoReason: String?
  /// Of the check that was confirmed.
  let confirmed: ImportTask.Confirmed?

  init(_ row: Row) throws {
    id = try row("id")
    guard let kind = RegisterSheet(rawValue: try row("kind")) else {
      throw PostgresError(.misuse("unknown kind of import"))
    }
    self.kind = kind
    fileName = try row("file_name")
    fileSize = try row("file_size")
    goodRowsOnly = try row("good_rows_only", as: Bool?.self) ?? false
    takesHidden = try row("takes_hidden")
    undoReason = try row("undo_reason")
    if let counts = try ImportCounts(row), let badRows = try row("bad_rows", as: Int?.self) {
      confirmed = ImportTask.Confirmed(counts: counts, badRows: badRows)
    } else {
      confirmed = nil
    }
  }

  /// Says on the import's page that it is being worked on.
  ///
  /// - Throws: `JobProgress.Cancelled` when it does not wait for this any more.
  static func begin(_ job: JobContext, _ kind: any ImportJob.Type) async throws -> ImportOrder {
    guard job.actor.may(.importRegister) else { throw ImportRefusal.notPermitted }
    let (id, states) = (job.subject(ImportID.self), kind.states)
    let order = try await job.transaction { tx in
      try tx.first(
        Query<ImportOrder>(
          """
          UPDATE imports SET state = \(states.working), message = NULL, version = version + 1
          WHERE id = \(id) AND state = ANY(\(list: [states.waiting, states.working]))
          RETURNING id, kind, file_name, file_size, good_rows_only, undo_reason,
            takes_hidden, counts, bad_rows
          """))
    }
    guard let order else { throw JobProgress.Cancelled() }
    return order
  }
}

/// One job over the file of an import.
struct ImportRun: Sendable {
  let job: JobContext
  let order: ImportOrder
  let keys: KeyRing

  init(_ job: JobContext, _ kind: any ImportJob.Type, _ keys: KeyRing) async throws {
    self.job = job
    self.keys = keys
    order = try await ImportOrder.begin(job, kind)
  }

  /// Fetches the file, and ends the job with what is done over it.
  func withEngine(
    _ body: @escaping @Sendable (ImportEngine, Transaction) throws -> Void
  ) async throws {
    let (id, keys) = (order.id, keys)
    let path = try await job.read { tx in try ImportFile.restore(id, keys, tx) }
    defer { unlink(path) }
    let engine = ImportEngine(
      task: ImportTask(
        id: id, kind: order.kind, fileName: order.fileName, fileSize: order.fileSize,
        actor: job.actor, goodRowsOnly: order.goodRowsOnly,
        takesHidden: order.takesHidden, confirmed: order.confirmed),
      path: path, keys: keys, progress: job.progress, now: job.now)
    try await job.finish { tx in try body(engine, tx) }
  }
}
