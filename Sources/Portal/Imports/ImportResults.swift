import Domain
import Foundation
import Ground
import Pages
import Postgres
import Spreadsheet

// What is kept of a run.
extension Transaction {
  /// Puts the findings of a check in the place of those of the check before.
  func keepFindings(_ outcome: ImportOutcome, of id: ImportID, in area: AreaCode) throws {
    try execute("DELETE FROM import_causes WHERE import_id = \(id)")
    try execute("DELETE FROM import_problems WHERE import_id = \(id)")
    try execute("DELETE FROM import_changes WHERE import_id = \(id)")
    for (cause, count) in outcome.log.causes {
      try execute(
        """
        INSERT INTO import_causes (import_id, area, severity, code, title, problems)
        VALUES (\(id), \(area), \(cause.severity.rawValue), \(cause.cause.code),
          \(cause.cause.title), \(count))
        """)
    }
    try keepProblems(outcome.log.rowsInOrder, of: id, in: area)
    try keepChanges(outcome.changes, of: id, in: area)
  }

  private func keepProblems(
    _ rows: [RowProblem], of id: ImportID, in area: AreaCode
  ) throws {
    guard !rows.isEmpty else { return }
    try execute(
      """
      INSERT INTO import_problems (import_id, area, severity, code, title, sheet, line,
        column_title, shown, message)
      SELECT \(id), \(area), p.severity, p.code, p.title, p.sheet, p.line,
        NULLIF(p.column_title, ''), p.shown, p.message
      FROM unnest(\(list: rows.map(\.severity.rawValue))::text[],
        \(list: rows.map(\.cause.code))::text[], \(list: rows.map(\.cause.title))::text[],
        \(list: rows.map(\.sheet))::text[], \(list: rows.map(\.row))::bigint[],
        \(list: rows.map { $0.column ?? "" })::text[], \(list: rows.map { clipped($0.shown) })::text[],
        \(list: rows.map(\.message))::text[])
        WITH ORDINALITY AS p (severity, code, title, sheet, line, column_title, shown, message, place)
      ORDER BY p.place
      """)
  }

  private func keepChanges(
    _ changes: [ImportChange], of id: ImportID, in area: AreaCode
  ) throws {
    guard !changes.isEmpty else { return }
    let encoder = JSONEncoder()
    let fields = try changes.map { String(decoding: try encoder.encode($0.fields), as: UTF8.self) }
    try execute(
      """
      INSERT INTO import_changes (import_id, area, sheet, line, subject, fields)
      SELECT \(id), \(area), c.sheet, c.line, c.subject, c.fields::jsonb
      FROM unnest(\(list: changes.map(\.sheet))::text[], \(list: changes.map(\.line))::bigint[],
        \(list: changes.map(\.subject))::text[], \(list: fields)::text[])
        WITH ORDINALITY AS c (sheet, line, subject, fields, place)
      ORDER BY c.place
      """)
  }

  /// Ends a run: the state it leads to and what it has counted.
  ///
  /// - Throws: `JobProgress.Cancelled` when the import has been given up meanwhile: the transaction then
  ///   leaves no trace.
  func endRun(
    of id: ImportID, from working: ImportState, to state: ImportState, _ outcome: ImportOutcome,
    message: String? = nil, at now: Date
  ) throws {
    let counts = String(decoding: try JSONEncoder().encode(outcome.counts), as: UTF8.self)
    let (households, persons) = (outcome.ranges.households, outcome.ranges.persons)
    let ended = try execute(
      """
      UPDATE imports SET state = \(state), message = \(optional: message),
        row_count = \(outcome.rows), error_count = \(outcome.log.errors), warning_count = \(outcome.log.warnings),
        bad_rows = \(outcome.badRows), hidden_rows = \(outcome.hidden), counts = \(counts)::jsonb,
        first_household = \(optional: households?.lowerBound),
        last_household = \(optional: households?.upperBound),
        first_person = \(optional: persons?.lowerBound),
        last_person = \(optional: persons?.upperBound),
        finished_at = \(optional: state == .done ? now : nil), version = version + 1
      WHERE id = \(id) AND state = \(working)
      """)
    guard ended == 1 else { throw JobProgress.Cancelled() }
  }
}
