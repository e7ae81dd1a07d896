import Domain
import Foundation
import Ground
import Pages
import Postgres
import Register
import Spreadsheet

/// Estates, known again by township and name.
struct EstateImport: RegisterImport {
  typealias Lead = Void

  static let map = EstateRecord.map
  static let staged = StagedColumns<(area: AreaCode?, record: EstateRecord)>(
    "e",
    [
      StagedColumn(key: "area", "text") { $1.append($0.area) },
      StagedColumn(key: "name", "text") { $1.append($0.record.name) },
      StagedColumn(key: "name_written", "text") { $1.append($0.record.nameWritten) },
      StagedColumn("address", "text", shown: .init(title: "地址")) { $1.append($0.record.address) },
      StagedColumn(
        "ownership", "text",
        shown: .init(title: "产权", text: title(EstateOwnership.self, \.title))
      ) { $1.append($0.record.ownership) },
    ])
  static let found = "estate_id bigint"

  private var left = 0

  init(_ scope: ImportScope) {}

  static func convert(
    _ record: EstateRecord, _ scope: ImportScope, _ notes: inout RowNotes,
    into fields: inout CopyFields
  ) throws {
    try staged.write((notes.township(record.township, scope.townships), record), into: &fields)
  }

  mutating func admit(_ lead: Void, _ notes: inout RowNotes, into fields: inout CopyFields) -> Bool
  {
    if notes.hasError { left += 1 }
    return !notes.hasError
  }

  mutating func check(_ tx: Transaction, _ log: inout ProblemLog, _ sheets: [String]) throws {
    try tx.settle("import_rows", indexes: ["ordinal", "area, name", "estate_id"])
    try tx.execute(
      """
      UPDATE import_rows r SET estate_id = e.id FROM estates e
      WHERE e.area = r.area AND e.name = r.name
      """)
    try tx.settle("import_rows")
    let twice = StagingCheck(
      cause: .rowTwice, column: SheetTitles.estate, message: "这个项目在文件里已有一行，请只保留一行",
      rows: """
        SELECT ordinal, sheet, line, name, '' FROM (
          SELECT ordinal, sheet, line, name,
            row_number() OVER (PARTITION BY area, name ORDER BY ordinal) AS place
          FROM import_rows) numbered
        WHERE place > 1
        """)
    try tx.look(for: twice, &log, sheets)
  }

  func badRows(_ tx: Transaction) throws -> Int { try left + tx.markedRows() }

  func counts(_ tx: Transaction) throws -> ImportCounts {
    try tx.one(
      plainCounts(
        """
        SELECT r.estate_id AS id, \(Self.staged.changed) AS changed
        FROM import_rows r LEFT JOIN estates e ON e.id = r.estate_id WHERE NOT r.bad
        """))
  }

  func changes(_ tx: Transaction, limit: Int, _ sheets: [String]) throws -> [ImportChange] {
    try tx.all(
      Query<StagedChange>(
        """
        SELECT r.sheet, r.line, r.name AS subject, \(Self.staged.texts)
        FROM import_rows r JOIN estates e ON e.id = r.estate_id
        WHERE NOT r.bad AND \(Self.staged.changed) ORDER BY r.ordinal LIMIT \(limit)
        """)
    ).map { $0.change(Self.staged.fields, sheets) }
  }

  func apply(_ tx: Transaction, _ id: ImportID, at now: Date) throws -> AppliedRanges {
    try tx.execute(
      """
      UPDATE estates e SET \(Self.staged.assignments), version = version + 1
      FROM import_rows r WHERE e.id = r.estate_id AND NOT r.bad AND \(Self.staged.changed)
      """)
    try tx.execute(
      """
      INSERT INTO estates (area, name, \(Self.staged.inserted), import_id)
      SELECT r.area, r.name, \(Self.staged.insertedValues), \(id) FROM import_rows r
      WHERE r.estate_id IS NULL AND NOT r.bad ORDER BY r.ordinal
      """)
    try tx.keepWrittenNames(
      of: "estates", household: "NULL::bigint", id,
      """
      FROM import_rows r JOIN estates t ON t.area = r.area AND t.name = r.name
      WHERE r.estate_id IS NULL AND NOT r.bad AND r.name_written IS NOT NULL
      """)
    return AppliedRanges()
  }
}

/// Counts of a query that gives each good row's `id` in the register, if any, and whether it changes.
func plainCounts(_ rows: SQL) -> Query<ImportCounts> {
  Query(
    """
    SELECT count(*) FILTER (WHERE id IS NULL) AS created,
      count(*) FILTER (WHERE id IS NOT NULL AND changed) AS changed,
      count(*) FILTER (WHERE id IS NOT NULL AND NOT changed) AS unchanged
    FROM (\(rows)) found
    """
  ) { row in
    ImportCounts(
      created: try row("created"), changed: try row("changed"), unchanged: try row("unchanged"))
  }
}
