import Domain
import Spreadsheet
import Testing

/// A small sheet of people, as the tests of mapping and writing use it.
struct SamplePerson: Sendable, Equatable {
  var name: String?
  var id: ResidentID?
  var phone: PhoneNumber?
  var movedIn: Day?
  var rent: Hundredths?
  var category: HouseholdCategory?
  var room: String?

  static let map = ColumnMap<SamplePerson>(
    sheet: "人员",
    columns: [
      SheetColumn("姓名", synonyms: ["名字"], .name(), required: true, personal: true, at: \.name),
      SheetColumn(
        "身份证号", synonyms: ["证件号码", "居民身份证号码"], .residentID, required: true,
        personal: true, width: 22, at: \.id),
      SheetColumn("联系电话", synonyms: ["电话", "手机号"], .phone, personal: true, at: \.phone),
      SheetColumn("入住日期", .day, at: \.movedIn),
      SheetColumn(
        "月租金", .hundredths(.zero...Hundredths(count: 9_999_999)), at: \.rent),
      SheetColumn(
        "保障类别",
        .choice(
          HouseholdCategory.allCases.map { ($0, $0.title, $0 == .subsistence ? ["低保户"] : []) }),
        at: \.category),
      SheetColumn("房号", .code(max: 20), at: \.room),
    ], blank: { SamplePerson() })
}

@Suite struct TableReaderTests {
  static func rows(_ rows: [[String]], sheet: String = "Sheet1") -> [SheetRow] {
    rows.enumerated().map { index, texts in
      SheetRow(
        sheet: sheet, number: index + 1, cells: texts.map { $0.isEmpty ? .empty : .text($0) })
    }
  }

  static func read(
    _ rows: [SheetRow]
  ) -> (people: [SamplePerson], problems: [RowProblem], headers: [Int]) {
    var reader = TableReader(SamplePerson.map)
    var people: [SamplePerson] = []
    var problems: [RowProblem] = []
    var headers: [Int] = []
    for row in rows {
      switch reader.take(row) {
      case .ignored: break
      case .header(let match): headers.append(match.row)
      case .record(let person, let found):
        people.append(person)
        problems += found
      }
    }
    return (people, problems + reader.finish(), headers)
  }

  @Test func `the header is found below a title, in any order and under other titles`() {
    let (people, problems, headers) = Self.read(
      Self.rows([
        ["清流县公共租赁住房人员表"], [], ["居民身份证号码（必填）", "名 字*", "手机号"],
        ["11010519491231002x", "王　芳", "13800000000"], [], ["11010519491231002X", "李四", ""],
      ]))
    #expect(headers == [3])
    #expect(problems.isEmpty)
    #expect(people.map(\.name) == ["王芳", "李四"])
    #expect(people.map(\.id?.text) == ["11010519491231002X", "11010519491231002X"])
    #expect(people.first?.phone?.text == "13800000000")
  }

  @Test func `a second row of titles that says more counts instead of the first`() {
    let (people, problems, headers) = Self.read(
      Self.rows([
        ["姓名", "身份证号", "住房", "住房"], ["姓名", "身份证号", "房号", "月租金"],
        ["王芳", "11010519491231002X", "201", "350"],
      ]))
    #expect(headers == [1, 2])
    #expect(problems.isEmpty)
    #expect(people.map(\.room) == ["201"])
    #expect(people.map(\.rent?.text) == ["350.00"])
  }

  @Test func `a header that is printed again on every page is passed over`() {
    let header = ["姓名", "身份证号"]
    let (people, problems, _) = Self.read(
      Self.rows([header, ["王芳", "11010519491231002X"], header, ["李四", "11010519491231002X"]]))
    #expect(people.count == 2)
    #expect(problems.isEmpty)
  }

  @Test func `a missing required column is told once, with the first row`() {
    let (people, problems, _) = Self.read(
      Self.rows([["姓名", "电话"], ["王芳", ""], ["李四", ""]]))
    #expect(people.count == 2)
    #expect(problems.map(\.cause) == [.columnMissing])
    #expect(problems.first?.column == "身份证号")
    #expect(problems.first?.row == 1)
  }

  @Test func `an unknown column is a warning, a running number is nothing`() {
    let (_, problems, _) = Self.read(
      Self.rows([
        ["序号", "姓名", "身份证号", "星座"], ["1", "王芳", "11010519491231002X", "天秤"],
      ]))
    #expect(problems.map(\.cause) == [.columnUnknown])
    #expect(problems.map(\.severity) == [.warning])
    #expect(problems.map(\.column) == ["星座"])
  }

  @Test func `a column that stands twice is an error, a merged title is not`() {
    let row = ["王芳", "11010519491231002X", "13800000000", "13900000000"]
    let twice = Self.read(Self.rows([["姓名", "身份证号", "电话", "手机号"], row]))
    #expect(twice.problems.map(\.cause) == [.columnDoubled])
    let merged = Self.read(
      Self.rows([["姓名", "姓名", "身份证号"], ["王芳", "王芳", "11010519491231002X"]]))
    #expect(merged.problems.isEmpty)
    let different = Self.read(
      Self.rows([["姓名", "姓名", "身份证号"], ["王芳", "李四", "11010519491231002X"]]))
    #expect(different.problems.map(\.cause) == [.columnsDisagree])
  }

  @Test func `sheets without our header are passed over, but one must have it`() {
    let other = Self.rows([["说明"], ["本表由住建局填报"]], sheet: "封面")
    let ours = Self.rows(
      [["姓名", "身份证号"], ["王芳", "11010519491231002X"]], sheet: "名单")
    #expect(Self.read(other + ours).problems.isEmpty)
    let alone = Self.read(other).problems
    #expect(alone.map(\.cause) == [.headerMissing])
    #expect(alone.first?.message.contains("姓名、身份证号") == true)
  }

  private struct Loud: Sendable {
    var stored: String?
    var word: String? {
      get { stored }
      set { stored = newValue?.uppercased() }
    }
  }

  @Test func `a column may stand for a computed property`() throws {
    let map = ColumnMap<Loud>(
      sheet: "词", columns: [SheetColumn("词", .text(max: 9), at: \.word)], blank: { Loud() })
    var reader = TableReader(map)
    let rows = Self.rows([["词"], ["abc"]])
    guard case .header = reader.take(rows[0]), case .record(let loud, _) = reader.take(rows[1])
    else {
      Issue.record("no record")
      return
    }
    #expect(loud.stored == "ABC")
    #expect(map.cells(of: loud) == [.text("ABC")])
  }

  @Test func `problems say where they are and show personal values masked`() {
    let (people, problems, _) = Self.read(
      Self.rows([["姓名", "身份证号", "电话"], ["王芳", "110105194912310021", "138"]]))
    #expect(people.first?.id == nil)
    #expect(problems.map(\.cause) == [.idNumberCheck, .phoneInvalid])
    #expect(problems.map(\.column) == ["身份证号", "联系电话"])
    #expect(problems.map(\.row) == [2, 2])
    #expect(problems.map(\.shown) == ["110105********0021", "***"])
  }
}
