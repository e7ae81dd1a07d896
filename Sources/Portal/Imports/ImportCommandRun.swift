import Domain
import Foundation
import Ground
import Pages
import Postgres
import Register
import Spreadsheet

/// One run of the command.
struct ImportCommandRun: Sendable {
  let sheet: RegisterSheet
  let path: String
  let size: Int
  let hash: [UInt8]
  let actor: Principal
  let databases: Databases
  let keys: KeyRing
  let now: Date
  let worker = UUID().uuidString
  let progress = JobProgress()

  private var origin: AuditOrigin {
    .staff(actor, address: "portal import", reference: "", at: now)
  }

  func perform(
    goodRowsOnly: Bool, checksOnly: Bool, _ report: @escaping @Sendable (String, Int) -> Void
  ) async throws -> ImportCommand.Report {
    let (id, earlier) = try await begin(goodRowsOnly: checksOnly ? nil : goodRowsOnly)
    let pulse = Task { await beat(id, report) }
    defer { pulse.cancel() }
    let engine = ImportEngine(
      task: ImportTask(
        id: id, kind: sheet, fileName: (path as NSString).lastPathComponent, fileSize: size,
        actor: actor, goodRowsOnly: goodRowsOnly),
      path: path, keys: keys, progress: progress, now: now)
    do {
      let outcome = try await databases.transaction(as: actor) { tx in
        try write(engine, checksOnly: checksOnly, tx)
      }
      return ImportCommand.Report(outcome, id: id, earlier: earlier)
    } catch {
      if error is JobProgress.Cancelled || progress.wasCancelled {
        throw ImportCommand.Refusal.failed("这次导入已在网页上取消，没有写入任何数据")
      }
      let message = importMessage(error) ?? "程序出错，没有写入任何数据"
      try await fail(id, message)
      if importMessage(error) == nil { throw error }
      throw ImportCommand.Refusal.failed(message)
    }
  }

  /// - Parameter goodRowsOnly: nil when nothing is to be written.
  private func begin(goodRowsOnly: Bool?) async throws -> (ImportID, ImportID?) {
    try await databases.transaction(as: actor) { tx in
      let earlier = try tx.first(earlierImport(of: hash, sheet))?.id
      let id = try tx.one(
        newImport(
          sheet, .committing, name: (path as NSString).lastPathComponent, size: size, hash: hash,
          isCommand: true, worker: worker, by: actor, at: now))
      if let goodRowsOnly {
        try tx.execute(
          """
          UPDATE imports SET confirmed_by = \(actor.accountID), confirmed_at = \(now),
            confirmed_by_name = \(actor.displayName), good_rows_only = \(goodRowsOnly)
          WHERE id = \(id)
          """)
      }
      try tx.audit(uploadEvent(id, sheet, hash: hash, size: size), by: origin)
      return (id, earlier)
    }
  }

  private func write(
    _ engine: ImportEngine, checksOnly: Bool, _ tx: Transaction
  ) throws -> ImportOutcome {
    let id = engine.task.id
    let outcome =
      checksOnly
      ? try engine.run(.check, tx) : try engine.commit(tx, worker, by: origin, keepsFile: false)
    guard !outcome.isWritten else { return outcome }
    // Nobody can confirm it on screen: the file is not here.
    if checksOnly {
      try tx.keepFindings(outcome, of: id, in: actor.area)
      try tx.endRun(of: id, worker, to: .cancelled, outcome, message: "只检查，没有写入", at: now)
    } else {
      try tx.execute(
        "UPDATE imports SET state = 'failed', message = '有问题，没有写入' WHERE id = \(id)")
    }
    return outcome
  }

  private func fail(_ id: ImportID, _ message: String) async throws {
    try await databases.transaction(as: actor) { tx in
      try tx.execute(
        """
        UPDATE imports SET state = 'failed', worker = NULL, phase = NULL, message = \(message),
          version = version + 1
        WHERE id = \(id) AND worker = \(worker)
        """)
    }
  }

  private func beat(
    _ id: ImportID, _ report: @escaping @Sendable (String, Int) -> Void
  ) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(1))
      if Task.isCancelled { return }
      let (phase, rows, expected) = progress.now
      report(phase, rows)
      let isOurs = try? await databases.transaction(as: actor) { tx in
        try tx.execute(
          """
          UPDATE imports SET heard_at = now(), phase = \(phase), rows_done = \(rows),
            rows_expected = \(optional: expected)
          WHERE id = \(id) AND worker = \(worker)
          """) == 1
      }
      if isOurs == false, !Task.isCancelled {
        return await progress.stop(databases, as: actor)
      }
    }
  }
}

extension ImportCommand.Report {
  init(_ outcome: ImportOutcome, id: ImportID, earlier: ImportID?) {
    self.id = id.rawValue
    rows = outcome.rows
    badRows = outcome.badRows
    errors = outcome.log.errors
    warnings = outcome.log.warnings
    created = outcome.counts.created
    changed = outcome.counts.changed
    unchanged = outcome.counts.unchanged
    membersCreated = outcome.counts.membersCreated
    membersChanged = outcome.counts.membersChanged
    isWritten = outcome.isWritten
    self.earlier = earlier?.rawValue
    causes = outcome.log.causes.map { found in
      Cause(
        severity: found.cause.severity.rawValue, code: found.cause.cause.code,
        title: found.cause.cause.title, count: found.count)
    }
    problems = outcome.log.rows.map { problem in
      Problem(
        sheet: problem.sheet, row: problem.row, column: problem.column,
        severity: problem.severity.rawValue, code: problem.cause.code, shown: problem.shown,
        message: problem.message)
    }
  }
}
