import Domain
import Ground
import Pages
import Postgres
import Register
import Spreadsheet

/// Finds the estates and homes that staged rows name: by `estate`, `area` (may be NULL), `building`,
/// `unit` and `room` of `import_rows`, into `estate_id` and `home_id`.
enum HomePlaces {
  /// What a row says of the place.
  struct Named: Sendable {
    let area: AreaCode?
    let estate: String?
    let building: String?
    let unit: String?
    let room: String?
  }

  static let found = "estate_id bigint, home_id bigint"

  static func columns<Source>(
    _ place: @escaping @Sendable (Source) -> Named
  ) -> [StagedColumn<Source>] {
    [
      StagedColumn(key: "area", "text") { $1.append(place($0).area) },
      StagedColumn(key: "estate", "text") { $1.append(place($0).estate) },
      StagedColumn(key: "building", "text") { $1.append(place($0).building ?? "") },
      StagedColumn(key: "unit", "text") { $1.append(place($0).unit ?? "") },
      StagedColumn(key: "room", "text") { $1.append(place($0).room) },
    ]
  }

  /// - Parameter indexes: what later statements of the import ask for besides.
  static func find(
    _ tx: Transaction, _ log: inout ProblemLog, _ sheets: [String], indexes: [StaticString] = []
  ) throws {
    try tx.settle(
      "import_rows",
      indexes: ["ordinal", "estate", "estate_id, building, unit, room", "home_id"] + indexes)
    try tx.execute(
      """
      UPDATE import_rows r SET estate_id = f.id
      FROM (SELECT id, area, name, count(*) OVER (PARTITION BY name) AS same FROM estates) f
      WHERE f.name = r.estate AND (f.area = r.area OR r.area IS NULL AND f.same = 1)
      """)
    if try tx.one(Query("SELECT EXISTS (SELECT FROM import_rows WHERE estate_id IS NULL)")) {
      try tx.look(for: ambiguous, &log, sheets)
      try tx.look(for: unknown, &log, sheets)
    }
    try tx.settle("import_rows")
    try tx.execute(
      """
      UPDATE import_rows r SET home_id = h.id FROM homes h
      WHERE h.estate_id = r.estate_id AND h.building = r.building AND h.unit = r.unit
        AND h.room = r.room
      """)
    try tx.settle("import_rows")
  }

  private static let ambiguous = StagingCheck(
    cause: .estateAmbiguous, column: SheetTitles.estate, message: "有几个项目叫这个名称，请在“乡镇”列写明是哪个乡镇的",
    rows: """
      SELECT ordinal, sheet, line, estate, '' FROM import_rows r
      WHERE estate_id IS NULL AND area IS NULL AND estate IN (SELECT name FROM estates)
      """)

  private static let unknown = StagingCheck(
    cause: .estateUnknown, column: SheetTitles.estate, message: "登记里没有这个项目，请核对名称和乡镇，或先导入项目",
    rows: """
      SELECT ordinal, sheet, line, estate, '' FROM import_rows r
      WHERE estate_id IS NULL AND NOT (area IS NULL AND estate IN (SELECT name FROM estates))
      """)

  /// Where a row's home is, for people.
  static let text: SQL =
    "concat_ws('-', r.estate, NULLIF(r.building, ''), NULLIF(r.unit, ''), r.room)"
}
