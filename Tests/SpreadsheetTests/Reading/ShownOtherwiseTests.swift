import Domain
import Spreadsheet
import Testing

/// Cells whose format shows something else than what they hold.
@Suite struct ShownOtherwiseTests {
  /// One cell of a number in a format of its own.
  private func cell(_ number: String, _ code: String) throws -> Cell {
    let escaped = code.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
      .replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    let book = SampleBook(
      rows: #"<row><c s="1"><v>\#(number)</v></c></row>"#,
      styles: """
        <numFmts><numFmt numFmtId="200" formatCode="\(escaped)"/></numFmts>\
        <cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>
        """)
    return try #require(try cells(book).first?.first)
  }

  private func cell(_ number: String, format: Int) throws -> Cell {
    let book = SampleBook(
      rows: #"<row><c s="1"><v>\#(number)</v></c></row>"#,
      styles: #"<cellXfs><xf numFmtId="0"/><xf numFmtId="\#(format)"/></cellXfs>"#)
    return try #require(try cells(book).first?.first)
  }

  @Test(arguments: [
    "General", "G/通用格式", "0", "0.00", "#,##0", "#,##0.00", "#,##0.00_ ", "0.00_);[Red]\\(0.00\\)",
    "[$¥-804]#,##0.00", "\"¥\"#,##0.00", "0.00\"元\"", "#,##0\"元/月\"", "@",
    "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ",
    "[>100]0;0.0", "",
  ])
  func `a number that is shown as itself is a number`(code: String) throws {
    #expect(try cell("101", code) == .number(101))
  }

  @Test(arguments: [
    ("0000", "101", "0101"), ("000000", "12", "000012"), ("\"B\"000", "7", "B007"),
    ("0\"栋\"", "3", "3栋"), ("\\N0\\o\\.", "3", "N3o."), ("General\"号\"", "5", "5号"),
    ("0000", "-5", "-0005"),
  ])
  func `zeros and words that a format shows belong to a code`(
    code: String, number: String, shown: String
  ) throws {
    let cell = try cell(number, code)
    #expect(cell == .formatted(try #require(Double(number)), shown: shown))
    #expect(try CellKind.code(max: 20).read(cell, .from1900) == shown)
  }

  @Test func `zeros that a format shows are those of the number too`() throws {
    #expect(try cell("12345", "0000") == .number(12_345))
  }

  @Test(arguments: [
    "0%", "0.00%", "0.0,", "0!.0,", "000-0000", "0.00E+00", "# ?/?", "[DBNum2]General",
  ])
  func `what a format makes of a number otherwise is no code and no amount`(code: String) throws {
    let cell = try cell("2000", code)
    #expect(cell == .formatted(2000, shown: nil))
    #expect(throws: CellProblem.self) { try CellKind.code(max: 20).read(cell, .from1900) }
    #expect(throws: CellProblem.self) { try Self.money.read(cell, .from1900) }
  }

  private static let money = CellKind.hundredths(
    Hundredths.zero...Hundredths(count: 9_999_999_99), .yuan)

  @Test func `an amount whose format says ten thousands is asked for`() throws {
    #expect(throws: CellProblem.self) {
      try Self.money.read(try cell("0.2", "0.0\"万元\""), .from1900)
    }
    #expect(try Self.money.read(try cell("50", "0000"), .from1900) == Hundredths(count: 50_00))
  }

  @Test(arguments: [
    ("yyyy\"年\"m\"月\";@", HiddenPart.day), ("mmm-yy", .day), ("yyyy", .day),
    ("m\"月\"d\"日\"", .year),
    ("h:mm", .all),
  ])
  func `a date of which a part is hidden is no day`(code: String, hidden: HiddenPart) throws {
    let cell = try cell("44348", code)
    #expect(cell == .partialDay(try #require(Day(iso: "2021-06-01")), hides: hidden))
    do {
      _ = try CellKind.day.read(cell, .from1900)
      Issue.record("it was read")
    } catch {
      #expect(error.cause == .dateIncomplete)
    }
  }

  @Test(arguments: [
    (14, nil), (31, nil), (22, nil), (17, HiddenPart.day), (27, .day), (57, .day), (58, .year),
  ])
  func `the formats of Chinese programs are known`(format: Int, hidden: HiddenPart?) throws {
    let day = try #require(Day(iso: "2021-06-01"))
    #expect(
      try cell("44348", format: format) == hidden.map { .partialDay(day, hides: $0) } ?? .day(day))
  }

  @Test func `a month is read from a cell that shows no day`() throws {
    #expect(
      try CellKind.month.read(try cell("44348", format: 57), .from1900) == Day(iso: "2021-06-01"))
  }

  // MARK: Days that were moved

  @Test(arguments: [
    ("44347.999502314815", "2021-06-01"), ("44348", "2021-06-01"), ("44347.99999999", "2021-06-01"),
    ("44348.5", "2021-06-01"),
    // The last second of a day is that day's.
    ("44347.999988426", "2021-05-31"),
  ])
  func `the day that was meant is read`(serial: String, day: String) throws {
    let cell = try cell(serial, "yyyy-mm-dd")
    #expect(try CellKind.day.read(cell, .from1900) == Day(iso: day))
    #expect(CellKind.day.doubt?(cell) == nil)
  }

  @Test func `midnight in UTC is doubted`() throws {
    let cell = try cell("44347.666666666664", "yyyy-mm-dd")
    #expect(cell == .moment(try #require(Day(iso: "2021-05-31")), seconds: 57_600))
    #expect(CellKind.day.doubt?(cell)?.cause == .dateMoved)
  }

  @Test(arguments: [
    ("2021-05-31T16:00:00.000Z", "2021-06-01"), ("2021-05-31T15:59:17Z", "2021-06-01"),
    ("2021-06-01T00:00:00Z", "2021-06-01"), ("2021-05-31 23:59:17", "2021-06-01"),
    ("2021-05-31 23:59:59", "2021-05-31"), ("2021年6月1日 08:30", "2021-06-01"),
  ])
  func `a time that is written in UTC is China's`(text: String, day: String) throws {
    #expect(try CellKind.day.read(.text(text), .from1900) == Day(iso: day))
    #expect(CellKind.day.doubt?(.text(text)) == nil)
  }

  @Test func `a time without zone at which midnight lies in UTC is doubted`() throws {
    #expect(CellKind.day.doubt?(.text("2021-05-31 16:00:00"))?.cause == .dateMoved)
  }

  // MARK: Out of sight

  @Test func `hidden rows and sheets are told from others`() throws {
    var book = SampleBook(
      rows: """
        <row r="1"><c><v>1</v></c></row><row r="2" hidden="1"><c><v>2</v></c></row>\
        <row r="3" hidden="0"><c><v>3</v></c></row>
        """)
    book.sheets.append(("旧表\" state=\"veryHidden", book.sheets[0].xml))
    let rows = try rows(of: book.zip.bytes)
    #expect(rows.map(\.hiding) == [.none, .row, .none, .sheet, .sheet, .sheet])
  }
}
