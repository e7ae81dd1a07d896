import Domain
import Foundation
package import Ground
import Postgres

/// The jobs of imports, for whatever program does jobs.
package func importJobs(keys: KeyRing) -> [any JobKind] {
  [
    ImportCheckJob(keys: keys), ImportCommitJob(keys: keys), ImportUndoJob(), ImportCommandJob(),
  ]
}

/// What the jobs of imports have in common: one at a time, on a connection that is told by its name.
protocol ImportJob: JobKind {
  /// The states in which an import is while it waits for the job and while the job works.
  static var states: (waiting: ImportState, working: ImportState) { get }
  /// Where it stands when nothing came of the job.
  static var fallback: ImportState { get }
}

extension ImportJob {
  static var lane: String { "import" }
  static var connectionName: String { "portal-import" }

  func words(for failure: JobFailure) -> String? {
    if case .error(let error) = failure { importMessage(error) } else { nil }
  }

  func faultWords(_ job: JobOrder) -> String {
    "程序出错，没有写入任何数据，请联系管理员（导入编号 \(job.subject)）"
  }

  func failed(
    _ job: JobOrder, _ failure: JobFailure, _ words: String, _ tx: Transaction
  ) throws {
    let id = ImportID(rawValue: job.subject)
    let states = [Self.states.waiting, Self.states.working]
    // Whoever confirmed, or asked for it to be taken back, does so again.
    try tx.execute(
      """
      UPDATE imports SET state = \(Self.fallback), message = \(words), version = version + 1,
        confirmed_by = CASE WHEN state IN ('confirmed', 'committing') THEN NULL ELSE confirmed_by END,
        confirmed_by_name = CASE WHEN state IN ('confirmed', 'committing') THEN NULL
          ELSE confirmed_by_name END,
        confirmed_at = CASE WHEN state IN ('confirmed', 'committing') THEN NULL ELSE confirmed_at END,
        undone_by = NULL, undone_by_name = NULL, undo_reason = NULL
      WHERE id = \(id) AND state = ANY(\(list: states))
      """)
    if Self.fallback == .failed { try ImportFile.drop(id, tx) }
  }
}

/// Reads the file and lays it beside the register.
struct ImportCheckJob: ImportJob {
  static let name = "import_check"
  static let title = "检查导入的表格"
  static let states = (waiting: ImportState.uploaded, working: ImportState.checking)
  static let fallback = ImportState.failed

  let keys: KeyRing

  func perform(_ job: JobContext) async throws {
    let run = try await ImportRun(job, Self.self, keys)
    try await run.withEngine { engine, tx in try engine.check(tx) }
  }
}

/// Writes the file, once more checked, into the register.
struct ImportCommitJob: ImportJob {
  static let name = "import_commit"
  static let title = "写入导入的表格"
  static let states = (waiting: ImportState.confirmed, working: ImportState.committing)
  static let fallback = ImportState.checked
  /// Whoever confirmed sees the register as it is now before they do so again.
  static let afterDeath = JobDeath.givenUp

  let keys: KeyRing

  func perform(_ job: JobContext) async throws {
    let run = try await ImportRun(job, Self.self, keys)
    try await run.withEngine { engine, tx in
      _ = try engine.commit(tx, by: job.origin, keepsFile: true)
    }
  }

  func words(for failure: JobFailure) -> String? {
    switch failure {
    case .error(let error): importMessage(error)
    case .brokenOff: "写入时程序中断，没有写入任何数据，请重新确认"
    case .accountGone: nil
    }
  }
}

/// Takes an import back.
struct ImportUndoJob: ImportJob {
  static let name = "import_undo"
  static let title = "撤销导入"
  static let states = (waiting: ImportState.undoAsked, working: ImportState.undoing)
  static let fallback = ImportState.done
  static let afterDeath = JobDeath.givenUp

  func perform(_ job: JobContext) async throws {
    let order = try await ImportOrder.begin(job, Self.self)
    try await job.finish { tx in
      try tx.undoImport(
        order.id, reason: order.undoReason ?? "", by: job.actor, job.progress, at: job.now)
    }
  }

  func words(for failure: JobFailure) -> String? {
    switch failure {
    case .error(let error): importMessage(error)
    case .brokenOff: "撤销时程序中断，没有撤销任何数据，请重新撤销"
    case .accountGone: nil
    }
  }
}

/// What a command does in one pass; only its own process can, since only there the file stands.
struct ImportCommandJob: ImportJob {
  static let name = "import_command"
  static let title = "命令行导入"
  static let states = (waiting: ImportState.committing, working: ImportState.committing)
  static let fallback = ImportState.failed
  static let afterDeath = JobDeath.bound

  /// Nil in a program that merely says of one whose process is gone that it has failed.
  var work: (@Sendable (JobContext) async throws -> Void)?

  func perform(_ job: JobContext) async throws {
    guard let work else { throw PostgresError(.misuse("a command's import in another program")) }
    try await work(job)
  }

  func words(for failure: JobFailure) -> String? {
    switch failure {
    case .error(let error): importMessage(error)
    case .brokenOff: "命令被中断，没有写入任何数据"
    case .accountGone: nil
    }
  }
}
