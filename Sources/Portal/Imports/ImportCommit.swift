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
      message: outcome.isWritten ? nil : refusal(outcome, tx), at: now)
    if !outcome.isWritten { try tx.execute(forgetConfirmation(task.id)) }
    return outcome
  }

  /// Why nothing was written.
  private func refusal(_ outcome: ImportOutcome, _ tx: Transaction) throws -> String {
    let others = try tx.all(importsMeanwhile(task.id)).joined(separator: "、")
    let said = others.isEmpty ? "有人改动了登记" : "已写入\(others)"
    return outcome.isOvertaken
      ? "没有写入：检查之后\(said)，写入的结果会和您确认时看到的不同。请看下面重新检查的结果，再确认一次"
      : "没有写入：再次检查时发现了问题\(others.isEmpty ? "" : "（检查之后\(said)）")，请看下面的清单"
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

/// What has come into the register, or was taken out again, since a file was sent.
private func importsMeanwhile(_ id: ImportID) -> Query<String> {
  Query(
    """
    SELECT '导入 ' || o.id || '（' || o.uploaded_by_name || '）' FROM imports i
    JOIN imports o ON o.id <> i.id
      AND greatest(o.finished_at, o.undone_at) >= i.uploaded_at AND o.state IN ('done', 'undone')
    WHERE i.id = \(id) ORDER BY o.id DESC LIMIT 3
    """)
}

/// Whoever confirmed did so for another state of the register.
private func forgetConfirmation(_ id: ImportID) -> SQL {
  """
  UPDATE imports SET confirmed_by = NULL, confirmed_by_name = NULL, confirmed_at = NULL,
    good_rows_only = NULL
  WHERE id = \(id)
  """
}
