import Domain
import Foundation
import Ground
import Pages
import Postgres
import Register
import Spreadsheet

/// Homes, known again by estate, building, unit and room.
struct HomeImport: RegisterImport {
  typealias Lead = Void

  static let map = HomeRecord.map
  static let staged = StagedColumns<(place: HomePlaces.Named, record: HomeRecord)>(
    "h",
    HomePlaces.columns(\.place) + [
      StagedColumn("floor_area", "numeric(7, 2)", shown: .init(title: "建筑面积")) {
        $1.append($0.record.floorArea)
      },
      StagedColumn(
        "state", "text", shown: .init(title: "房源状态", text: title(HomeState.self, \.title))
      ) { $1.append($0.record.state) },
    ])
  static let found = HomePlaces.found

  private var left = 0

  init(_ scope: ImportScope) {}

  static func convert(
    _ record: HomeRecord, _ scope: ImportScope, _ notes: inout RowNotes,
    into fields: inout CopyFields
  ) throws {
    let place = HomePlaces.Named(
      area: notes.township(record.township, scope.townships), estate: record.estate,
      building: record.building, unit: record.unit, room: record.room)
    try staged.write((place, record), into: &fields)
  }

  mutating func admit(_ lead: Void, _ notes: inout RowNotes, into fields: inout CopyFields) -> Bool
  {
    if notes.hasError { left += 1 }
    return !notes.hasError
  }

  mutating func check(_ tx: Transaction, _ log: inout ProblemLog, _ sheets: [String]) throws {
    try HomePlaces.find(tx, &log, sheets)
    let twice = StagingCheck(
      cause: .rowTwice, column: SheetTitles.room, message: "这套房源在文件里已有一行，请只保留一行",
      rows: """
        SELECT ordinal, sheet, line, shown, '' FROM (
          SELECT ordinal, sheet, line, \(HomePlaces.text) AS shown, row_number() OVER (
            PARTITION BY estate_id, building, unit, room ORDER BY ordinal) AS place
          FROM import_rows r WHERE estate_id IS NOT NULL) numbered
        WHERE place > 1
        """)
    try tx.look(for: twice, &log, sheets)
    let leased = StagingCheck(
      cause: .homeLeased, severity: .warning, column: "房源状态",
      message: "这套房源有履行中的租约，请核对状态",
      rows: """
        SELECT r.ordinal, r.sheet, r.line, \(HomePlaces.text), '' FROM import_rows r
        JOIN leases l ON l.home_id = r.home_id AND l.state = 'running' WHERE r.state = 'vacant'
        """)
    try tx.look(for: leased, &log, sheets)
  }

  func badRows(_ tx: Transaction) throws -> Int { try left + tx.markedRows() }

  func counts(_ tx: Transaction) throws -> ImportCounts {
    try tx.one(
      plainCounts(
        """
        SELECT r.home_id AS id, \(Self.staged.changed) AS changed
        FROM import_rows r LEFT JOIN homes h ON h.id = r.home_id WHERE NOT r.bad
        """))
  }

  func changes(_ tx: Transaction, limit: Int, _ sheets: [String]) throws -> [ImportChange] {
    try tx.all(
      Query<StagedChange>(
        """
        SELECT r.sheet, r.line, \(HomePlaces.text) AS subject, \(Self.staged.texts)
        FROM import_rows r JOIN homes h ON h.id = r.home_id
        WHERE NOT r.bad AND \(Self.staged.changed) ORDER BY r.ordinal LIMIT \(limit)
        """)
    ).map { $0.change(Self.staged.fields, sheets) }
  }

  func apply(_ tx: Transaction, _ id: ImportID, at now: Date) throws -> AppliedRanges {
    try tx.execute(
      """
      UPDATE homes h SET \(Self.staged.assignments), version = version + 1
      FROM import_rows r WHERE h.id = r.home_id AND NOT r.bad AND \(Self.staged.changed)
      """)
    try tx.execute(
      """
      INSERT INTO homes (area, estate_id, building, unit, room, \(Self.staged.inserted), import_id)
      SELECT e.area, r.estate_id, r.building, r.unit, r.room, \(Self.staged.insertedValues), \(id)
      FROM import_rows r JOIN estates e ON e.id = r.estate_id
      WHERE r.home_id IS NULL AND NOT r.bad ORDER BY r.ordinal
      """)
    return AppliedRanges()
  }
}
