import Spreadsheet
import Testing

@Suite struct MergedCellTests {
  private func merged(_ rows: String, _ references: String...) throws -> [[Cell]] {
    let list = references.map { #"<mergeCell ref="\#($0)"/>"# }.joined()
    return try cells(SampleBook(rows: rows, after: "<mergeCells>\(list)</mergeCells>"))
  }

  private func number(_ place: String, _ value: Int) -> String {
    #"<c r="\#(place)"><v>\#(value)</v></c>"#
  }

  @Test func `the value stands in every row and column of the range`() throws {
    let found = try merged(
      "<row>\(number("A1", 7))</row><row>\(number("C2", 8))</row><row>\(number("C3", 9))</row>",
      "A1:B2")
    #expect(
      found == [
        [.number(7), .number(7)], [.number(7), .number(7), .number(8)],
        [.empty, .empty, .number(9)],
      ])
  }

  @Test func `rows without anything of their own stay blank`() throws {
    let rows = #"<row r="1">\#(number("A1", 7))</row><row r="2"><c r="A2" s="1"/></row>"#
    let found = try merged(rows + #"<row r="4">\#(number("B4", 1))</row>"#, "A1:A4")
    #expect(found == [[.number(7)], [], [], [.number(7), .number(1)]])
  }

  @Test func `what stands within a range and ranges without a value stay as they are`() throws {
    let found = try merged(
      "<row>\(number("A1", 7))</row><row>\(number("A2", 8))</row><row>\(number("B3", 9))</row>",
      "A1:A3", "B1:B3", "C1:zz", "A9:A1048576")
    #expect(found == [[.number(7)], [.number(8)], [.number(7), .number(9)]])
  }

  @Test func `a title across the whole sheet ends at the last column that is read`() throws {
    let found = try merged("<row>\(number("A1", 7))</row>", "A1:XFD1")
    #expect(found[0].count == ReadLimits().columns)
  }

  @Test func `a name of a range in a text is no range`() throws {
    let book = SampleBook(
      rows: """
        <row><c t="inlineStr"><is><t>a:mergeCells mergeCells ref="A1:A2"</t></is></c></row>\
        <row><c r="B2"><v>1</v></c></row>
        """)
    #expect(try cells(book)[1] == [.empty, .number(1)])
  }

  @Test func `ranges far behind the rows are found wherever the pieces are cut`() throws {
    for padding in [262_000, 262_080, 262_120, 262_144, 400_000] {
      let rows = "<row>\(number("A1", 7))</row><!--\(String(repeating: "g", count: padding))-->"
      let found = try merged(rows + "<row>\(number("B2", 1))</row>", "A1:A2")
      #expect(found[1] == [.number(7), .number(1)])
    }
  }
}
