import Domain
import Foundation
import Ground
import Pages
import Postgres
import Register
import Spreadsheet
import Synchronization

/// One run of the command: a job that this process alone does.
struct ImportCommandRun: Sendable {
  let sheet: RegisterSheet
  let path: String
  let size: Int
  let hash: [UInt8]
  let actor: Principal
  let databases: Databases
  let access: CommandAccess
  let keys: KeyRing
  let now: Date
  /// What the job has come to.
  private let result = Outcome()

  private final class Outcome: Sendable {
    let value = Mutex<Result<ImportOutcome, any Error>?>(nil)
  }

  init(
    _ file: (sheet: RegisterSheet, path: String, size: Int, hash: [UInt8]), as actor: Principal,
    _ databases: Databases, _ access: CommandAccess, keys: KeyRing, at now: Date
  ) {
    (sheet, path, size, hash) = file
    self.actor = actor
    self.databases = databases
    self.access = access
    self.keys = keys
    self.now = now
  }

  private var origin: AuditOrigin {
    .staff(actor, address: "portal import", reference: "", at: now)
  }

  func perform(
    goodRowsOnly: Bool, checksOnly: Bool, takesHidden: Bool,
    _ report: @escaping @Sendable (String, Int) -> Void
  ) async throws -> ImportCommand.Report {
    let job = ImportCommandJob { job in
      let teller = Task { await tell(job.progress, report) }
      defer { teller.cancel() }
      do {
        let outcome = try await write(
          job, goodRowsOnly: goodRowsOnly, checksOnly: checksOnly, takesHidden: takesHidden)
        result.value.withLock { $0 = .success(outcome) }
      } catch {
        result.value.withLock { $0 = .failure(error) }
        throw error
      }
    }
    let program = JobProgram(isCommand: true)
    let runner = JobRunner(
      connectionString: access.connectionString, program: program, kinds: [job],
      logger: access.logger, now: { [now] in now })
    defer { runner.close() }
    let (id, earlier) = try await begin(goodRowsOnly: checksOnly ? nil : goodRowsOnly, program)
    await runner.finishAll()
    return ImportCommand.Report(try await outcome(of: id), id: id, earlier: earlier)
  }

  /// What the job came to, or what the import's page says of it.
  private func outcome(of id: ImportID) async throws -> ImportOutcome {
    let error: any Error
    switch result.value.withLock({ $0 }) {
    case .success(let outcome): return outcome
    case .failure(let failure): error = failure
    case nil: error = PostgresError(.unavailable(reason: "the import was not begun"))
    }
    let record = try await databases.read(as: actor) { tx in try tx.one(importRecord(id)) }
    if record.state == .cancelled {
      throw ImportCommand.Refusal.failed("这次导入已在网页上取消，没有写入任何数据")
    }
    guard importMessage(error) != nil else { throw error }
    throw ImportCommand.Refusal.failed(record.message ?? "程序出错，没有写入任何数据")
  }

  /// - Parameter goodRowsOnly: nil when nothing is to be written.
  private func begin(
    goodRowsOnly: Bool?, _ program: JobProgram
  ) async throws -> (ImportID, ImportID?) {
    try await databases.transaction(as: actor) { tx in
      // Two who begin with the same file at once: the second hears of the first.
      try tx.execute("SELECT pg_advisory_xact_lock(7430, hashtext(\(hexadecimal(hash))))")
      let earlier = try tx.first(earlierImport(of: hash, sheet))?.id
      let id = try tx.one(
        newImport(
          sheet, .committing, name: (path as NSString).lastPathComponent, size: size, hash: hash,
          isCommand: true, by: actor, at: now))
      if let goodRowsOnly {
        try tx.execute(
          """
          UPDATE imports SET confirmed_by = \(actor.accountID), confirmed_at = \(now),
            confirmed_by_name = \(actor.displayName), good_rows_only = \(goodRowsOnly)
          WHERE id = \(id)
          """)
      }
      try tx.audit(uploadEvent(id, sheet, hash: hash, size: size), by: origin)
      try tx.enter(
        NewJob(ImportCommandJob.self, of: id, home: program.home), as: actor, in: actor.area)
      return (id, earlier)
    }
  }

  private func write(
    _ job: JobContext, goodRowsOnly: Bool, checksOnly: Bool, takesHidden: Bool
  ) async throws -> ImportOutcome {
    let engine = ImportEngine(
      task: ImportTask(
        id: job.subject(), kind: sheet, fileName: (path as NSString).lastPathComponent,
        fileSize: size, actor: actor, goodRowsOnly: goodRowsOnly, takesHidden: takesHidden),
      path: path, keys: keys, progress: job.progress, now: now)
    return try await job.finish { tx in try write(engine, checksOnly: checksOnly, tx) }
  }

  private func write(
    _ engine: ImportEngine, checksOnly: Bool, _ tx: Transaction
  ) throws -> ImportOutcome {
    let id = engine.task.id
    let outcome =
      checksOnly
      ? try engine.run(.check, tx) : try engine.commit(tx, by: origin, keepsFile: false)
    guard !outcome.isWritten else { return outcome }
    // Nobody can confirm it on screen: the file is not here.
    if checksOnly {
      try tx.keepFindings(outcome, of: id, in: actor.area)
      try tx.endRun(
        of: id, from: .committing, to: .cancelled, outcome, message: "只检查，没有写入", at: now)
    } else {
      try tx.execute(
        "UPDATE imports SET state = 'failed', message = '有问题，没有写入' WHERE id = \(id)")
    }
    return outcome
  }

  private func tell(
    _ progress: JobProgress, _ report: @escaping @Sendable (String, Int) -> Void
  ) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(1))
      if Task.isCancelled { return }
      let (phase, rows, _) = progress.now
      report(phase, rows)
    }
  }
}

extension ImportCommand.Report {
  init(_ outcome: ImportOutcome, id: ImportID, earlier: ImportID?) {
    self.id = id.rawValue
    rows = outcome.rows
    badRows = outcome.badRows
    hiddenRows = outcome.hidden
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
