import Domain
import Foundation
import Ground
import Pages
import Postgres
import Register
import Spreadsheet

/// One run over the file of an import.
struct ImportTask: Sendable {
  let id: ImportID
  let kind: RegisterSheet
  let fileName: String
  let fileSize: Int
  /// Who it is done for, in the area of the import.
  let actor: Principal
  let goodRowsOnly: Bool
  let takesHidden: Bool
  /// What somebody has seen and confirmed; nil where nobody was asked.
  var confirmed: Confirmed?

  struct Confirmed: Equatable, Sendable {
    let counts: ImportCounts
    let badRows: Int
  }
}

/// What a run has found, and whether it wrote.
struct ImportOutcome: Sendable {
  var rows = 0
  var log = ProblemLog()
  var badRows = 0
  /// Hidden rows, taken or left.
  var hidden = 0
  var counts = ImportCounts()
  var changes: [ImportChange] = []
  var ranges = AppliedRanges()
  var isWritten = false
  /// Whether nothing was written because the register is not what it was when somebody confirmed.
  var isOvertaken = false

  /// Whether good rows stand in the file beside the bad ones.
  var hasGoodRows: Bool { !log.isBlocked && badRows < rows }
}

/// Reads a file into temporary tables, checks it against itself and the register, and writes it: all
/// in the one transaction that it is given.
struct ImportEngine: Sendable {
  static let changesKept = 1_000

  let task: ImportTask
  /// Where the file stands.
  let path: String
  let keys: KeyRing
  let progress: JobProgress
  let now: Date

  enum Purpose: Sendable {
    case check
    /// Checks, and writes if the check lets it.
    case write
  }

  func run(_ purpose: Purpose, _ tx: Transaction) throws -> ImportOutcome {
    switch task.kind {
    case .estates: try run(EstateImport.self, purpose, tx)
    case .homes: try run(HomeImport.self, purpose, tx)
    case .households: try run(HouseholdImport.self, purpose, tx)
    case .leases: try run(LeaseImport.self, purpose, tx)
    }
  }

  private func run<Kind: RegisterImport>(
    _ kind: Kind.Type, _ purpose: Purpose, _ tx: Transaction
  ) throws -> ImportOutcome {
    try prepare(tx)
    let scope = ImportScope(
      actor: task.actor, keys: keys,
      townships: Townships(try tx.all(importTownships(in: task.actor.area))),
      takesHidden: task.takesHidden)
    var importer = Kind(scope)
    var outcome = ImportOutcome()
    try progress.begin("读取文件")
    let workbook = try Workbook(path: path, fileName: task.fileName)
    let file = try importer.stage(
      workbook, ofSize: task.fileSize, scope, &outcome.log, progress, tx)
    outcome.rows = file.rows
    outcome.hidden = file.hidden
    if file.rows == 0, !outcome.log.isBlocked { outcome.log.block(.noRows) }
    try progress.begin("核对")
    if outcome.log.isBlocked {
      outcome.badRows = file.rows
      return outcome
    }
    if purpose == .write {
      try progress.begin("等待别的导入写完")
      try tx.takeRegister(of: task.actor.area)
      try progress.begin("核对")
    }
    try importer.check(tx, &outcome.log, file.sheets)
    outcome.badRows = outcome.log.errors == 0 ? 0 : try importer.badRows(tx)
    outcome.counts = try importer.counts(tx)
    if let confirmed = task.confirmed, mayWrite(outcome) {
      outcome.isOvertaken =
        confirmed != ImportTask.Confirmed(counts: outcome.counts, badRows: outcome.badRows)
    }
    guard purpose == .write, mayWrite(outcome), !outcome.isOvertaken else {
      try progress.begin("比较")
      outcome.changes = try importer.changes(tx, limit: Self.changesKept, file.sheets)
      return outcome
    }
    try progress.begin("写入")
    try tx.describeChange(action: .import, by: task.actor.displayName, importID: task.id)
    outcome.ranges = try importer.apply(tx, task.id, at: now)
    outcome.isWritten = true
    return outcome
  }

  private func mayWrite(_ outcome: ImportOutcome) -> Bool {
    outcome.log.errors == 0 || task.goodRowsOnly && outcome.hasGoodRows
  }

  private func prepare(_ tx: Transaction) throws {
    try tx.script(
      """
      SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
      SET LOCAL work_mem = '64MB'; SET LOCAL jit = off
      """)
  }
}
