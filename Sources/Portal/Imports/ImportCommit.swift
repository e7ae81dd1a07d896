import Domain
import Foundation
import Ground
import Postgres
import Register

extension ImportEngine {
  /// Checks the file and keeps what was found.
  func check(_ tx: Transaction) throws {
    let outcome = try run(.check, tx)
    try tx.keepFindings(outcome, of: task.id, in: task.actor.area)
    try tx.endRun(of: task.id, from: .checking, to: .checked, outcome, at: now)
  }

  /// Checks the file once more and writes it; where the register has changed meanwhile so that it
  /// cannot be written, keeps what was found instead.
  ///
  /// - Parameter keepsFile: whether the file stays for a marked workbook when rows were left out.
  func commit(
    _ tx: Transaction, by origin: AuditOrigin, keepsFile: Bool
  ) throws -> ImportOutcome {
    let outcome = try run(.write, tx)
    try tx.keepFindings(outcome, of: task.id, in: task.actor.area)
    if outcome.isWritten {
      if outcome.badRows == 0 || !keepsFile { try ImportFile.drop(task.id, tx) }
      try tx.audit(event(outcome), by: origin)
    }
    try tx.endRun(
      of: task.id, from: .committing, to: outcome.isWritten ? .done : .checked, outcome,
      message: outcome.isWritten ? nil : "没有写入：再次检查时发现了问题，请看下面的清单", at: now)
    if !outcome.isWritten { try tx.execute(forgetConfirmation(task.id)) }
    return outcome
  }

  private func event(_ outcome: ImportOutcome) -> AuditEvent {
    AuditEvent(
      action: .commitImport, entity: "imports", entityID: task.id.description,
      after: [
        "kind": task.kind.rawValue, "rows": String(outcome.rows),
        "created": String(outcome.counts.created), "changed": String(outcome.counts.changed),
        "unchanged": String(outcome.counts.unchanged), "left_out": String(outcome.badRows),
        "good_rows_only": String(task.goodRowsOnly),
      ])
  }
}

/// Whoever confirmed did so for another state of the register.
private func forgetConfirmation(_ id: ImportID) -> SQL {
  """
  UPDATE imports SET confirmed_by = NULL, confirmed_by_name = NULL, confirmed_at = NULL,
    good_rows_only = NULL
  WHERE id = \(id)
  """
}
