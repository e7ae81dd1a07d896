import Domain
import Spreadsheet
import Testing

@Suite struct XLSXTests {
  @Test func `cells of every type are read`() throws {
    let book = SampleBook(
      rows: """
        <row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>内</t></is></c>\
        <c r="C1"><v>12.5</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#N/A</v></c>\
        <c r="F1" t="str"><f>A1</f><v>果</v></c><c r="G1" t="d"><v>2021-06-01T00:00:00</v></c></row>
        """, strings: "<si><t>零</t></si><si><t>壹</t></si>")
    #expect(
      try cells(book) == [
        [
          .text("壹"), .text("内"), .number(12.5), .bool(true), .failure("#N/A"), .text("果"),
          .day(Day(iso: "2021-06-01")!),
        ]
      ])
  }

  @Test func `numbers of more than fifteen digits keep the file's text`() throws {
    let book = SampleBook(
      rows: """
        <row><c><v>350423800101001</v></c><c><v>350423198001010011</v></c>\
        <c><v>3.5042319800101E+17</v></c><c><v>36.600000000000001</v></c></row>
        """)
    #expect(
      try cells(book) == [
        [
          .number(350_423_800_101_001), .longNumber("350423198001010011"),
          .longNumber("3.5042319800101E+17"), .number(36.6),
        ]
      ])
  }
}
