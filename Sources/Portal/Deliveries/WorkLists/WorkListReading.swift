import Domain
import Foundation
import Ground
import Pages
import Postgres
import Reviews
import Spreadsheet

/// Brings a work list that was filled in into the records and answers of a delivery: read on several
/// threads, copied into a temporary table, checked as a whole, and taken household by household.
struct WorkListReading: Sendable {
  let delivery: DeliveryHead
  let round: ReviewRoundID
  let workbook: Workbook
  let size: Int
  let keys: KeyRing
  let today: Day
  let progress: JobProgress

  /// Rows of one sheet as they go into `delivery_rows`.
  struct Piece: Sendable {
    let sheet: String
    let head: [RowProblem]
    let size: Int
    /// Where the row stands in the file, and its columns after that.
    var rows: [(line: Int, columns: [CopyFields])] = []
    var problems: [RowProblem] = []
  }

  func run(_ tx: Transaction) throws -> DeliveryOutcome {
    var outcome = DeliveryOutcome()
    try progress.begin("读取登记")
    let rows = WorkListRows(
      delivery: delivery, keys: keys, today: today,
      persons: delivery.type.isAboutPersons ? try tx.registeredPersons() : RegisteredPersons())
    try tx.script(
      """
      CREATE TEMPORARY TABLE delivery_rows (ordinal integer NOT NULL, sheet smallint NOT NULL,
        line integer NOT NULL, bad boolean NOT NULL, filled boolean NOT NULL, number text,
        id_index bytea, person_id bigint, result text, as_of date, reason text, digest bytea,
        sealed bytea, holds boolean, household_id bigint, area text) ON COMMIT DROP
      """)
    try progress.begin("读取清单")
    let sheets = try stage(rows, &outcome, tx)
    if outcome.rows == 0, !outcome.log.isBlocked { outcome.log.block(.noRows) }
    if outcome.log.isBlocked { return explain(outcome) }
    try progress.begin("核对")
    try tx.checkWorkList(delivery, in: round, sheets, &outcome)
    try progress.begin("写入核查内容")
    try tx.keepWorkList(delivery, &outcome)
    try tx.script("DROP TABLE delivery_rows")
    return outcome
  }

  // MARK: Reading

  private static let columns: [StaticString] = [
    "ordinal", "sheet", "line", "bad", "filled", "number", "id_index", "person_id", "result",
    "as_of", "reason", "digest", "sealed", "holds",
  ]

  private func stage(
    _ rows: WorkListRows, _ outcome: inout DeliveryOutcome, _ tx: Transaction
  ) throws -> [String] {
    var sheets: [String] = []
    var bytesRead = 0
    let type = delivery.type
    let pipeline = deliveryPipeline(
      workbook, WorkListSheet.map(type, today: today),
      headerErrors: { Self.headerErrors($0, type) }, convert: rows.read)
    defer { pipeline.stop() }
    try tx.copyIn(into: "delivery_rows", Self.columns) { writer in
      var fields = CopyFields()
      while let step = try pipeline.next() {
        switch step {
        case .piece(let piece):
          if sheets.last != piece.sheet { sheets.append(piece.sheet) }
          fields.removeAll()
          take(piece, sheet: sheets.count - 1, &outcome, into: &fields)
          try writer.write(fields)
          bytesRead += piece.size
          let expected = bytesRead == 0 ? nil : outcome.rows * size / bytesRead
          try progress.advance(to: outcome.rows, of: expected.map { max($0, outcome.rows) })
        case .end(let problems): for problem in problems { outcome.log.block(problem) }
        }
      }
    }
    return sheets
  }

  private func take(
    _ piece: Piece, sheet: Int, _ outcome: inout DeliveryOutcome, into fields: inout CopyFields
  ) {
    for problem in piece.head { outcome.log.block(problem) }
    for problem in piece.problems { outcome.log.add(problem) }
    for row in piece.rows {
      outcome.rows += 1
      for columns in row.columns {
        fields.beginRow(fields: Self.columns.count)
        fields.append(Int32(outcome.rows))
        fields.append(Int16(sheet))
        fields.append(Int32(row.line))
        fields.append(columns, 0..<columns.count)
      }
    }
  }

  private static func headerErrors(
    _ data: DataPiece<WorkListRow>, _ type: CheckType
  ) -> [RowProblem] {
    let missing = WorkListSheet.missing(data.match, type).map { title in
      RowProblem(
        sheet: data.match.sheet, row: data.match.row, column: title, cause: .columnMissing,
        shown: "",
        message: "表头里没有“\(title)”这一列，请用下载的核查清单填写")
    }
    let problems = data.problems + missing
    return problems.contains { $0.severity == .error } ? problems : []
  }

  private func explain(_ outcome: DeliveryOutcome) -> DeliveryOutcome {
    guard outcome.log.counts.keys.contains(where: { $0.cause == .columnMissing }),
      let type = SheetRecognition(workbook, today: today).type, type != delivery.type
    else { return outcome }
    return outcome.blocked(as: type, insteadOf: delivery.type)
  }
}
