import Domain
import Spreadsheet

/// What kind of register a file was taken from, by its header.
struct SheetRecognition {
  /// The kinds of which all required columns are there, with how many that are.
  private var found: [(type: CheckType, columns: Int)] = []

  /// Looks at the first rows of every sheet.
  init(_ workbook: Workbook, today: Day) {
    for type in CheckType.allCases {
      let map = ExtractSheet.map(type, today: today)
      guard let header = Self.header(of: workbook, map) else { continue }
      let required = map.columns.filter(\.isRequired)
      guard required.allSatisfy({ header.index(of: $0.title) != nil }) else { continue }
      found.append((type, type.fields.filter { header.index(of: $0.title) != nil }.count))
    }
  }

  /// The kind with the most columns; nil where there is none, or several alike.
  var type: CheckType? {
    guard let most = found.map(\.columns).max() else { return nil }
    let best = found.filter { $0.columns == most }
    return best.count == 1 ? best[0].type : nil
  }

  private static func header(
    of workbook: Workbook, _ map: ColumnMap<ExtractRow>
  ) -> HeaderMatch<ExtractRow>? {
    struct Enough: Error {}
    var reader = TableReader(map)
    var rows = 0
    try? workbook.forEachRow { row in
      rows += 1
      if case .data = reader.place(row) { throw Enough() }
      if rows > 200 { throw Enough() }
    }
    return reader.header
  }
}

extension CheckType {
  /// What somebody is told who has sent this kind of register for another check.
  func mistaken(for wanted: CheckType) -> String {
    guard bureau == wanted.bureau else {
      return "这看起来是\(registerTitle)，应由\(bureau.title)报送"
    }
    return "这看起来是\(registerTitle)，请选择“\(title)”再上传"
  }
}
