import Domain
import Foundation
import Ground
import Pages
import Postgres
import Web

/// What people do to an import.
struct ImportSteps: Sendable {
  let id: ImportID
  let services: Services
  let jobs: JobRunner
  let actor: Principal
  let origin: AuditOrigin
  let now: Date

  /// - Parameter takesHidden: what somebody who has seen that rows are hidden has chosen; nil where nothing was.
  func checkAgain(takesHidden: Bool?) async throws {
    try await change(from: [.repeated, .checked], action: .recheckImport) { tx, record in
      try tx.execute(
        """
        UPDATE imports SET state = 'uploaded', takes_hidden = \(takesHidden ?? record.takesHidden),
          message = NULL, version = version + 1
        WHERE id = \(id)
        """)
      try tx.enter(NewJob(ImportCheckJob.self, of: id), as: actor, in: record.area)
    }
    await jobs.wake()
  }

  /// - Parameter version: of the import as the preview showed it.
  func confirm(version: Int, goodRowsOnly: Bool) async throws {
    try await change(from: [.checked], action: .confirmImport) { tx, record in
      guard record.version == version else { throw ImportRefusal.state(record.state) }
      let errors = record.errorCount ?? 0
      let hasGoodRows = (record.badRows ?? 0) < (record.rowCount ?? 0)
      guard errors == 0 || goodRowsOnly && hasGoodRows else {
        throw ImportRefusal.state(record.state)
      }
      try tx.execute(
        """
        UPDATE imports SET state = 'confirmed', good_rows_only = \(goodRowsOnly && errors > 0),
          confirmed_by = \(actor.accountID), confirmed_by_name = \(actor.displayName),
          confirmed_at = \(now), message = NULL, version = version + 1
        WHERE id = \(id)
        """)
      try tx.enter(
        NewJob(
          ImportCommitJob.self, of: id, expected: record.rowCount.flatMap { $0 > 0 ? $0 : nil }),
        as: actor, in: record.area)
    }
    await jobs.wake()
  }

  /// Gives it up: what works on it hears of it and stops, and nothing of it is written.
  func cancel() async throws {
    let states = ImportState.allCases.filter(\.mayBeCancelled)
    try await change(from: states, action: .cancelImport) { tx, _ in
      try tx.execute(
        """
        UPDATE imports SET state = 'cancelled', finished_at = \(now), version = version + 1
        WHERE id = \(id)
        """)
      try tx.cancelJobs(ImportRecord.jobs, of: id)
      try ImportFile.drop(id, tx)
    }
  }

  func askUndo(reason: String) async throws {
    try await change(from: [.done], action: .askUndoImport) { tx, record in
      let reasons = try tx.builtOn(id)
      guard reasons.isEmpty else { throw ImportRefusal.builtOn(reasons) }
      try tx.execute(
        """
        UPDATE imports SET state = 'undo_asked', undone_by = \(actor.accountID),
          undone_by_name = \(actor.displayName), undo_reason = \(reason), message = NULL,
          version = version + 1
        WHERE id = \(id)
        """)
      try tx.enter(NewJob(ImportUndoJob.self, of: id), as: actor, in: record.area)
    }
    await jobs.wake()
  }

  /// Holds the row, so that of two who press at once one is told.
  private func change(
    from states: [ImportState], action: AuditAction,
    _ body: @escaping @Sendable (Transaction, ImportRecord) throws -> Void
  ) async throws {
    try await services.databases.transaction(as: actor) { tx in
      guard
        try tx.first(Query<ImportID>("SELECT id FROM imports WHERE id = \(id) FOR NO KEY UPDATE"))
          != nil
      else { throw WebError.notFound }
      let record = try tx.one(importRecord(id))
      guard states.contains(record.state) else { throw ImportRefusal.state(record.state) }
      try body(tx, record)
      try tx.audit(
        AuditEvent(
          action: action, entity: "imports", entityID: id.description,
          before: ["state": record.state.rawValue]),
        by: origin)
    }
  }
}
