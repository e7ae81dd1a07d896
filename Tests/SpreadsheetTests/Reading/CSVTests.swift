import Spreadsheet
import Testing

@Suite struct CSVTests {
  private func texts(_ text: String) throws -> [[String]] {
    try cells(text).map { row in
      row.map { if case .text(let value) = $0 { value } else { "" } }
    }
  }

  @Test func `fields are parted by commas and rows by any line end`() throws {
    #expect(
      try texts("甲,乙\r\n1,2\n3,4\r5,6") == [["甲", "乙"], ["1", "2"], ["3", "4"], ["5", "6"]])
  }

  @Test func `quoted fields hold commas, quotes and line ends`() throws {
    #expect(try texts("\"a,\"\"b\"\"\n\",c\r\n") == [["a,\"b\"\n", "c"]])
  }

  @Test func `quotes within a field and behind a closing one are text`() throws {
    #expect(try texts("5\" 管,\"a\"b\n") == [["5\" 管", "ab"]])
  }

  @Test func `rows are numbered as a spreadsheet shows them`() throws {
    let found = try rows(of: Array("a\n\n\"b\nc\"\nd\n\n\n".utf8))
    #expect(found.map(\.number) == [1, 2, 3, 4])
    #expect(found[1].cells.isEmpty)
  }

  @Test func `empty fields at the end are left away and others kept`() throws {
    #expect(try cells("a,,b,,\n,,\nc\n") == [[.text("a"), .empty, .text("b")], [], [.text("c")]])
  }

  @Test(arguments: ["\t", ";", ","])
  func `tabs and semicolons part fields where they stand most often`(separator: String) throws {
    let text = ["甲", "乙、丙", "丁"].joined(separator: separator)
    #expect(try texts("住户名单\n\(text)\n\(text)\n")[1] == ["甲", "乙、丙", "丁"])
  }

  @Test func `Excel's hint names the separator and is no row`() throws {
    #expect(try texts("sep=;\na;b,c\n") == [["a", "b,c"]])
  }

  @Test func `what protects a text from Excel is taken off once`() throws {
    let text = "'=1+1,''-2,'甲,\t350423198001010011,\"=\"\"350423198001010011\"\"\",'\t1\n"
    #expect(
      try texts(text) == [
        ["=1+1", "'-2", "'甲", "350423198001010011", "350423198001010011", "\t1"]
      ])
  }
}
