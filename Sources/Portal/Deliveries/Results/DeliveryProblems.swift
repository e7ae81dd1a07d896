import Domain
import Foundation
import Pages
import Postgres
import Reviews
import Spreadsheet

extension Transaction {
  /// Keeps what was wrong with a delivered file.
  func keepProblems(_ log: ProblemLog, of delivery: DeliveryHead) throws {
    try execute("DELETE FROM delivery_problems WHERE delivery_id = \(delivery.id)")
    let rows = log.rowsInOrder
    guard !rows.isEmpty else { return }
    var counted: Set<ProblemLog.Cause> = []
    // How many there are of a cause stands on its first row.
    let counts = rows.map { row -> Int? in
      let cause = ProblemLog.Cause(severity: row.severity, cause: row.cause)
      return counted.insert(cause).inserted ? log.counts[cause] : nil
    }
    try execute(
      """
      INSERT INTO delivery_problems (delivery_id, area, severity, code, title, problems, sheet, line,
        column_title, shown, message)
      SELECT \(delivery.id), \(delivery.area), p.severity, p.code, p.title, p.problems, p.sheet, p.line,
        NULLIF(p.column_title, ''), p.shown, p.message
      FROM unnest(\(list: rows.map(\.severity.rawValue))::text[],
        \(list: rows.map(\.cause.code))::text[], \(list: rows.map(\.cause.title))::text[],
        \(list: counts)::bigint[], \(list: rows.map(\.sheet))::text[],
        \(list: rows.map(\.row))::bigint[], \(list: rows.map { $0.column ?? "" })::text[],
        \(list: rows.map { clipped($0.shown) })::text[], \(list: rows.map(\.message))::text[])
        WITH ORDINALITY
        AS p (severity, code, title, problems, sheet, line, column_title, shown, message, place)
      ORDER BY p.place
      """)
  }
}

func deliveryCauses(_ id: DeliveryID) -> Query<ListedCause> {
  Query(
    """
    SELECT severity, code, title, problems FROM delivery_problems
    WHERE delivery_id = \(id) AND problems IS NOT NULL
    ORDER BY severity, problems DESC, code
    """)
}

/// Problems in the order of the file, of one cause or of all, after a position.
func deliveryProblems(
  _ id: DeliveryID, code: String? = nil, after position: Int64 = 0, limit: Int
) -> Query<ListedProblem> {
  let cause: SQL = code.map { "code = \($0)" } ?? "true"
  return Query(
    """
    SELECT id, severity, code, title, sheet, line, column_title, shown, message
    FROM delivery_problems WHERE delivery_id = \(id) AND id > \(position) AND \(cause)
    ORDER BY id LIMIT \(limit)
    """)
}
