import Domain
import Spreadsheet

/// One row of a table of holidays.
struct HolidayRow: Sendable {
  var day: Day?
  var isOff: Bool?

  static let map = ColumnMap<HolidayRow>(
    sheet: "节假日安排",
    columns: [
      SheetColumn(
        "日期", synonyms: ["放假日期", "上班日期", "日子"], .day, required: true, width: 16,
        hint: "一行一天，周末也要写", at: \HolidayRow.day),
      SheetColumn(
        "安排", synonyms: ["类型", "放假或上班", "类别"],
        .choice([
          (true, "放假", ["休", "休息", "放假调休", "补休", "节假日"]), (false, "上班", ["班", "调休上班", "工作日"]),
        ]), required: true, width: 12, at: \HolidayRow.isOff),
    ], blank: { HolidayRow() })
}

/// A table of holidays, read: its days, and all that is wrong with it.
struct HolidaySheet: Sendable {
  private(set) var days: [(day: Day, isOff: Bool)] = []
  private(set) var problems: [RowProblem] = []

  /// A year has not more days.
  static let mostRows = 366

  init(_ workbook: Workbook) throws {
    var reader = TableReader(HolidayRow.map)
    var rows = 0
    try workbook.forEachRow { row in
      guard case .record(let record, let found) = reader.take(row) else { return }
      rows += 1
      problems += found.filter { $0.severity == .error }
      if let day = record.day, let isOff = record.isOff { days.append((day, isOff)) }
    }
    problems += reader.finish()
    if rows > Self.mostRows {
      problems.append(Self.problem("一年最多 \(Self.mostRows) 行，这个文件有 \(rows) 行，请核对"))
    } else if rows == 0, problems.isEmpty {
      problems.append(Self.problem("表里一天也没有，请从第 3 行起填写"))
    }
  }

  private static func problem(_ message: String) -> RowProblem {
    RowProblem(
      sheet: "", row: 0, column: nil, cause: ProblemCause("holiday_row", "节假日不能登记"),
      shown: "", message: message)
  }
}
