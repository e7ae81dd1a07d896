import Domain
import Spreadsheet
import Testing

/// What stands around a table: units in titles, sums below, cells beside.
@Suite struct TableSurroundingsTests {
  private struct Contract: Hashable, Sendable {
    var number: String?
    var deposit: Hundredths?
    var area: Hundredths?

    static let most = Hundredths.zero...Hundredths(count: 9_999_999_99)
    static let map = ColumnMap<Contract>(
      sheet: "合同",
      columns: [
        SheetColumn("合同编号", .code(max: 20), required: true, at: \.number),
        SheetColumn("押金", .hundredths(most, .yuan), required: true, at: \.deposit),
        SheetColumn("面积", .hundredths(most, .squareMetres), at: \.area),
      ], blank: { Contract() })
  }

  private func read(_ rows: [[Cell]], sheet: String = "表") -> [(Contract, [RowProblem])] {
    var reader = TableReader(Contract.map)
    var found: [(Contract, [RowProblem])] = []
    for (index, cells) in rows.enumerated() {
      let row = SheetRow(sheet: sheet, number: index + 1, cells: cells)
      if case .record(let record, let problems) = reader.take(row) {
        found.append((record, problems))
      }
    }
    return found
  }

  private func texts(_ cells: String...) -> [Cell] { cells.map { $0.isEmpty ? .empty : .text($0) } }

  @Test(arguments: [
    ("押金（万元）", "0.2", 2000_00), ("押金(单位：万元)", "100", 1_000_000_00), ("押金（千元）", "1.25", 1250_00),
    ("押金（元）", "0.2", 20), ("押金（必填）", "0.2", 20), ("押金", "0.2万", nil), ("押金（万元）", "0.2万元", nil),
  ])
  func `a unit in a title is honoured`(title: String, cell: String, count: Int?) throws {
    let found = try #require(read([texts("合同编号", title), texts("A", cell)]).first)
    #expect(found.0.deposit?.count == count)
    let converts = title.contains("万") || title.contains("千")
    #expect(found.1.contains { $0.cause == .unitConverted && $0.severity == .warning } == converts)
  }

  @Test func `a number in ten thousands is moved exactly`() throws {
    for (number, count) in [(0.2, 2000_00), (0.07, 700_00), (1.1, 11_000_00), (3, 30_000_00)] {
      let rows: [[Cell]] = [texts("合同编号", "押金（万元）"), [.text("A"), .number(number)]]
      #expect(read(rows).first?.0.deposit?.count == count)
    }
  }

  @Test(arguments: ["押金（元/㎡·月）", "押金（美元）", "押金（元/年）", "押金（角）"])
  func `a unit that cannot be converted is a problem`(title: String) throws {
    let found = try #require(read([texts("合同编号", title), texts("A", "5.5")]).first)
    #expect(found.1.contains { $0.cause == .unitUnknown && $0.severity == .error && $0.row == 1 })
  }

  @Test func `a unit that is said above the table is asked for where no title says one`() throws {
    let above = texts("", "", "单位：万元")
    let found = try #require(
      read([above, texts("合同编号", "押金", "面积"), texts("A", "0.2", "50")]).first)
    #expect(found.1.map(\.cause) == [.unitUnknown] && found.1.first?.column == "押金")
    for above in ["单位：元", "填报单位：清流县住建局", "单位：万里公司"] {
      let fine = read([texts("", above), texts("合同编号", "押金"), texts("A", "2")])
      #expect(fine.first?.1 == [])
    }
    let said = read([above, texts("合同编号", "押金（元）"), texts("A", "2000")])
    #expect(said.first?.1 == [])
  }

  @Test func `an area is no amount and an amount no area`() throws {
    let found = try #require(
      read([texts("合同编号", "押金", "面积"), texts("A", "60㎡", "350元")]).first)
    #expect(found.1.map(\.cause) == [.numberInvalid, .numberInvalid])
  }

  @Test func `a field too many in a CSV file is an error and in a workbook a warning`() throws {
    let rows = [texts("合同编号", "押金"), texts("A", "2", "3栋")]
    let csv = try #require(read(rows, sheet: "").first)
    #expect(csv.1.map(\.cause) == [.rowRagged] && csv.1.first?.severity == .error)
    let book = try #require(read(rows).first)
    #expect(book.1.map(\.cause) == [.cellUntitled] && book.1.first?.severity == .warning)
    #expect(book.1.first?.message.hasPrefix("C列") == true)
  }

  @Test func `a running number without a title is nobody's loss`() throws {
    let rows: [[Cell]] = [[.empty] + texts("合同编号", "押金"), [.number(1)] + texts("A", "2")]
    #expect(read(rows).first?.1 == [])
  }

  @Test(arguments: [
    (["合计", "", "7"], ProblemCause.sumRow), (["合 计", "4人"], .sumRow), (["总计：12 户"], .sumRow),
    (["制表人：张三", "", "审核：李四"], .footerRow), (["备注：本表一式两份"], .footerRow),
  ])
  func `a sum and who made the sheet are told from rows`(cells: [String], cause: ProblemCause)
    throws
  {
    var reader = TableReader(Contract.map)
    _ = reader.take(SheetRow(sheet: "表", number: 1, cells: texts("合同编号", "押金", "面积")))
    let row = SheetRow(
      sheet: "表", number: 2, cells: cells.map { $0.isEmpty ? .empty : .text($0) })
    #expect(reader.header?.footer(row)?.cause == cause)
  }

  @Test func `a row of the table is no sum whatever it is called`() throws {
    var reader = TableReader(Contract.map)
    _ = reader.take(SheetRow(sheet: "表", number: 1, cells: texts("合同编号", "押金")))
    for cells in [texts("合计1号", "5"), texts("合计里小区"), texts("备注甲"), texts("A", "5")] {
      #expect(reader.header?.footer(SheetRow(sheet: "表", number: 2, cells: cells)) == nil)
    }
  }

  // MARK: What programs do to words

  @Test(arguments: [
    ("101.0", "101"), ("'WB001", "WB001"), ("１０１", "101"), ("5-10", "5-10"), ("1.5", "1.5"),
    ("2021-05-10", "2021-05-10"),
    ("A.0", "A.0"), ("May", "May"), ("⼀栋", "一栋"),
  ])
  func `a code is what it was`(text: String, code: String) throws {
    #expect(try CellKind.code(max: 20).read(.text(text), .from1900) == code)
  }

  @Test(arguments: ["5月10日", "11-May", "May-11", "5-Jan-21", "2021/5/10", "2021年5月10日"])
  func `a code that became a date is a problem`(text: String) {
    do {
      _ = try CellKind.code(max: 20).read(.text(text), .from1900)
      Issue.record("it was read")
    } catch {
      #expect(error.cause == .textBecameDate)
    }
  }

  @Test(arguments: ["1.35E+11", "3.50423198001010e+17"])
  func `a code that lost its digits is a problem`(text: String) {
    #expect(throws: CellProblem.self) { try CellKind.code(max: 40).read(.text(text), .from1900) }
  }

  @Test(arguments: ["张三\n李四", "张三、李四", "张三,李四", "张三/李四", "张三；李四"])
  func `two people in a cell are a problem`(text: String) {
    #expect(throws: CellProblem.self) {
      try CellKind.name(max: 60, ofOne: true).read(.text(text), .from1900)
    }
  }

  @Test(arguments: [
    ("阿卜杜拉·\n买买提", "阿卜杜拉·买买提"), ("张三\n", "张三"), ("John\nSmith", "John Smith"), ("张 三", "张三"),
  ])
  func `a long name on two lines is one`(text: String, name: String) throws {
    #expect(try CellKind.name(max: 60, ofOne: true).read(.text(text), .from1900) == name)
  }

  @Test(arguments: ["张?", "张？文", "张\u{FFFD}文", "李□文", "张*丰", "李\u{E863}"])
  func `a name that lost a character is doubted and read`(text: String) throws {
    #expect(CellKind.name().doubt?(.text(text))?.severity == .warning)
    #expect(try CellKind.name().read(.text(text), .from1900) != nil)
  }

  @Test(arguments: ["张文", "阿卜杜拉·买买提", "𠮷野", "葛\u{E0100}芳", "John"])
  func `a name of characters that are there is not doubted`(text: String) {
    #expect(CellKind.name().doubt?(.text(text)) == nil)
  }

  // MARK: Documents

  @Test(arguments: [
    "E12345678", "G12345678", "EA1234567", "H12345678", "01234567", "USA110083010110", "军字第123456号",
  ])
  func `another document than the resident card is called so`(text: String) {
    do {
      _ = try CellKind.residentID.read(.text(text), .from1900)
      Issue.record("it was read")
    } catch {
      #expect(error.cause == .otherDocument && error.message.contains("18位"))
    }
  }

  @Test(arguments: ["×", "х", "Ⅹ", "✕"])
  func `another sign for X at the end is X`(sign: String) throws {
    let id = try #require(
      try (0...999).lazy.map {
        try ResidentID.madeUp(areaPrefix: "350423", birth: Day(iso: "1964-08-08")!, sequence: $0)
      }.first { $0.text.hasSuffix("X") })
    #expect(try CellKind.residentID.read(.text(id.text.dropLast() + sign), .from1900) == id)
  }
}
