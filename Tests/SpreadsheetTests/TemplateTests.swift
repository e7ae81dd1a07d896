import Domain
import Spreadsheet
import Testing

@Suite struct TemplateTests {
  private static func take(
    _ rows: [SheetRow]
  ) -> (people: [SamplePerson], problems: [RowProblem], header: HeaderMatch<SamplePerson>?) {
    var reader = TableReader(SamplePerson.map)
    var people: [SamplePerson] = []
    var problems: [RowProblem] = []
    var header: HeaderMatch<SamplePerson>?
    for row in rows {
      switch reader.take(row) {
      case .ignored: break
      case .header(let match): header = match
      case .record(let person, let found):
        people.append(person)
        problems += found
      }
    }
    return (people, problems + reader.finish(), header)
  }

  @Test func `an empty template has every column and nothing to import`() throws {
    let folder = try ScratchFolder()
    let path = folder.path("template.xlsx")
    try writeTemplate(SamplePerson.map, to: path)
    let rows = try XLSXWriterTests.rows(path)
    let (people, problems, header) = Self.take(rows)
    #expect(people.isEmpty)
    #expect(problems.isEmpty)
    let places = SamplePerson.map.titles.map { header?.index(of: $0) }
    #expect(places == Array(0..<SamplePerson.map.columns.count))
    #expect(Set(rows.map(\.sheet)) == ["人员", "填写说明"])
  }

  @Test func `the guide names every column, its hint, its other titles and its choices`() throws {
    let folder = try ScratchFolder()
    let path = folder.path("template.xlsx")
    try writeTemplate(SamplePerson.map, to: path)
    let guide = try XLSXWriterTests.rows(path).filter { $0.sheet == "填写说明" }.dropFirst()
    #expect(guide.map { $0.cells[0].plainText } == SamplePerson.map.titles)
    #expect(guide.first?.cells[1] == .text("必填"))
    let texts = Set(guide.flatMap(\.cells).map(\.plainText))
    #expect(texts.isSuperset(of: HouseholdCategory.allCases.map(\.title)))
    #expect(texts.contains("证件号码、居民身份证号码"))
  }

  @Test func `a marked workbook keeps every row in its place and says what is wrong`() throws {
    let folder = try ScratchFolder()
    let sent = folder.path("sent.xlsx")
    let writer = try XLSXWriter(path: sent, sheet: "名单")
    try writer.title("清流县人员")
    try writer.header(["姓名", "身份证号", "备注"])
    try writer.row([.text("王芳"), .text("11010519491231002X"), .text("甲")])
    try writer.row([.empty, .text("110105194912310021"), .text("乙"), .empty, .text("额外")])
    try writer.row([])
    try writer.row([.text("李四")])
    try writer.finish()
    let workbook = try Workbook(path: sent, fileName: "sent.xlsx")
    let problems = Self.take(try XLSXWriterTests.rows(sent)).problems
    #expect(problems.count == 5)

    let path = folder.path("marked.xlsx")
    try writeMarked(workbook, as: SamplePerson.map, problems: problems, to: path)
    let rows = try XLSXWriterTests.rows(path)
    #expect(rows.map(\.number) == [1, 2, 3, 4, 5, 6])
    #expect(rows[1].cells[5].plainText.hasPrefix("问题（备注：不认识这一列"))
    #expect(rows[2].cells == [.text("王芳"), .text("11010519491231002X"), .text("甲")])
    #expect(
      rows[3].cells.prefix(5) == [
        .empty, .text("110105194912310021"), .text("乙"), .empty, .text("额外"),
      ])
    #expect(rows[3].cells[5].plainText.contains("姓名：“姓名”必须填写"))
    #expect(rows[3].cells[5].plainText.contains("身份证号：身份证号最后一位不对"))
    #expect(rows[5].cells[5].plainText.contains("身份证号：“身份证号”必须填写"))

    let again = Self.take(rows)
    #expect(again.problems == problems)
  }

  @Test func `marking a marked workbook replaces what was said`() throws {
    let folder = try ScratchFolder()
    let sent = folder.path("sent.xlsx")
    let writer = try XLSXWriter(path: sent, sheet: "名单")
    try writer.header(["姓名", "身份证号", "问题", "备注"])
    try writer.row([.text("王芳"), .text("11010519491231002X"), .text("旧的问题"), .text("甲")])
    try writer.finish()
    let path = folder.path("marked.xlsx")
    try writeMarked(
      Workbook(path: sent, fileName: "sent.xlsx"), as: SamplePerson.map, problems: [], to: path)
    let rows = try XLSXWriterTests.rows(path)
    #expect(rows[0].cells == [.text("姓名"), .text("身份证号"), .text("问题"), .text("备注")])
    #expect(
      rows[1].cells == [.text("王芳"), .text("11010519491231002X"), .empty, .text("甲")])
  }

  @Test func `a marked CSV file of more rows than a sheet has goes on under its header`() throws {
    let folder = try ScratchFolder()
    let sent = folder.path("sent.csv")
    let lines = (1...9).map { $0 == 8 ? "王芳,1" : "王芳,11010519491231002X" }
    try folder.write(
      Array((["姓名,身份证号"] + lines).joined(separator: "\n").utf8), to: sent)
    let problems = Self.take(try XLSXWriterTests.rows(sent)).problems
    let path = folder.path("marked.xlsx")
    try writeMarked(
      Workbook(path: sent, fileName: "sent.csv"), as: SamplePerson.map, problems: problems,
      to: path, rowsPerSheet: 4)
    let rows = try XLSXWriterTests.rows(path)
    #expect(rows.map(\.number) == [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4])
    #expect(Set(rows.map(\.sheet)) == ["人员", "人员 (2)", "人员 (3)"])
    let again = Self.take(rows)
    #expect(again.people.count == 9)
    #expect(again.problems.map(\.sheet) == ["人员 (3)"])
    #expect(again.problems.map(\.row) == [3])
    #expect(again.problems.map(\.cause) == problems.map(\.cause))
  }

  @Test func `records written and read back are the same, as XLSX and as CSV`() throws {
    let folder = try ScratchFolder()
    var person = SamplePerson()
    person.name = "+王芳"
    person.id = try ResidentID("11010519491231002X")
    person.phone = try PhoneNumber("0598-5322000")
    person.movedIn = Day(iso: "2021-06-01")
    person.rent = Hundredths("350.05")
    person.category = .lowIncome
    person.room = "1-2"
    let people = [person, SamplePerson(name: "'=甲", id: person.id)]

    let path = folder.path("people.xlsx")
    let xlsx = try XLSXWriter(path: path, sheet: "人员", styles: SamplePerson.map.styles)
    try xlsx.write(people, as: SamplePerson.map)
    try xlsx.finish()
    let fromXLSX = Self.take(try XLSXWriterTests.rows(path))
    #expect(fromXLSX.people == people)
    #expect(fromXLSX.problems.isEmpty)

    let csvPath = folder.path("people.csv")
    let bytes = try CSVWriterTests.written {
      try $0.title("名单")
      try $0.write(people, as: SamplePerson.map)
      try $0.finish()
    }
    try folder.write(bytes, to: csvPath)
    let fromCSV = Self.take(try XLSXWriterTests.rows(csvPath))
    #expect(fromCSV.people == people)
    #expect(fromCSV.problems.isEmpty)
  }
}
