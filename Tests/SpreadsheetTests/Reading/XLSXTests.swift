import Domain
import Spreadsheet
import Testing

@Suite struct XLSXTests {
  private let styles = """
    <numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>\
    <numFmt numFmtId="165" formatCode="[Red]0.00&quot;元/月&quot;"/>\
    <numFmt numFmtId="166" formatCode="[$-804]yyyy/m/d"/></numFmts>\
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="164"/>\
    <xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>
    """

  private func day(_ text: String) throws -> Cell { .day(try #require(Day(iso: text))) }

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
          try day("2021-06-01"),
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

  @Test(arguments: [
    ("0", 0.0), ("-12.5", -12.5), ("1E3", 1000), ("1.5e-2", 0.015), ("0.1", 0.1), (".5", 0.5),
    ("123456789.123456", 123_456_789.123456), ("1.7976931348623157E-300", 1.7976931348623157e-300),
  ])
  func `numbers have the nearest value`(text: String, value: Double) throws {
    let book = SampleBook(rows: "<row><c><v>\(text)</v></c></row>")
    #expect(try cells(book) == [[.number(value)]])
  }

  @Test(arguments: ["甲", "1.2.3", "0x10", "nan", "-", "1e", "１２"])
  func `what is no number stays text`(text: String) throws {
    let book = SampleBook(rows: "<row><c><v>\(text)</v></c></row>")
    #expect(try cells(book) == [[.text(text)]])
  }

  @Test func `numbers are days where their format shows one`() throws {
    let row = (0..<6).map { #"<c s="\#($0)"><v>44348</v></c>"# }.joined()
    let found = try cells(SampleBook(rows: "<row>\(row)</row>", styles: styles))
    let june = try day("2021-06-01")
    #expect(found == [[.number(44348), june, june, june, .number(44348), june]])
  }

  @Test(arguments: [
    (59, "1900-02-28"), (1, "1900-01-01"), (61, "1900-03-01"), (36526.75, "2000-01-01"),
    (2_958_465, "9999-12-31"),
  ])
  func `serials count from 1900 with a leap day that never was`(serial: Double, text: String) throws
  {
    let book = SampleBook(rows: #"<row><c s="1"><v>\#(serial)</v></c></row>"#, styles: styles)
    #expect(try cells(book) == [[try day(text)]])
  }

  @Test(arguments: [60, 0.5, 0, -1, 2_958_466])
  func `serials without a day stay numbers`(serial: Double) throws {
    let book = SampleBook(rows: #"<row><c s="1"><v>\#(serial)</v></c></row>"#, styles: styles)
    #expect(try cells(book) == [[.number(serial)]])
  }

  @Test func `serials count from 1904 where the workbook says so`() throws {
    var book = SampleBook(rows: #"<row><c s="1"><v>0</v></c></row>"#, styles: styles)
    book.properties = #"date1904="1""#
    let found = try rows(of: book.zip.bytes)
    #expect(found.map(\.cells) == [[try day("1904-01-01")]])
    #expect(found[0].dateSystem == .from1904)
  }

  @Test func `white space around values that are no text does not matter`() throws {
    let book = SampleBook(
      rows:
        "<row><c><v> 12.5\n</v></c><c t='s'><v>\n0 </v></c><c><v> </v></c><c><v>1</v></c></row>",
      strings: "<si><t> 甲 </t></si>")
    #expect(try cells(book) == [[.number(12.5), .text(" 甲 "), .empty, .number(1)]])
  }

  @Test func `a formula that was never reckoned is a failure, not an empty cell`() throws {
    let book = SampleBook(
      rows: #"<row><c><f>A2+1</f><v></v></c><c t="str"><f>""</f><v></v></c><c><v>1</v></c></row>"#)
    #expect(try cells(book) == [[.failure("#公式没有结果"), .empty, .number(1)]])
  }

  @Test func `rich text is joined, phonetic signs are left out and escapes undone`() throws {
    let book = SampleBook(
      rows: #"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>"#,
      strings: """
        <si><r><rPr><b/></rPr><t>张</t></r><r><t xml:space="preserve"> 三</t></r>\
        <rPh sb="0" eb="1"><t>zhang</t></rPh></si><si><t>甲_x000A_乙_x005F_x &amp; _xD800_</t></si>
        """)
    #expect(try cells(book) == [[.text("张 三"), .text("甲\n乙_x & _xD800_")]])
  }

  @Test func `cells stand where they say, or behind the one before`() throws {
    let book = SampleBook(
      rows: """
        <row r="2"><c r="AA2"><v>1</v></c><c><v>2</v></c><c r="C2"><v>3</v></c></row>\
        <row><c><v>4</v></c></row><row r="6"><c r="B6"><v>5</v></c></row><row r="9"><c s="1"/></row>
        """)
    let found = try rows(of: book.zip.bytes)
    #expect(found.map(\.number) == [2, 3, 4, 5, 6])
    #expect(found[0].cells.count == 28)
    #expect(found[0].cells[2] == .number(3) && found[0].cells[27] == .number(2))
    #expect(found[2].cells.isEmpty && found[4].cells == [.empty, .number(5)])
  }

  @Test func `all sheets are read, in the workbook's order, but no charts`() throws {
    var book = SampleBook(rows: "<row><c><v>1</v></c></row>")
    book.sheets.append(
      ("隐藏", "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>"))
    try withWorkbook(book.zip.bytes) { workbook in
      #expect(workbook.kind == .xlsx)
      #expect(workbook.sheetNames == ["表一", "隐藏"])
      var names: [String] = []
      try workbook.forEachRow { names.append($0.sheet) }
      #expect(names == ["表一", "隐藏"])
    }
  }

  @Test func `prefixes of names and the encoding of the XML do not matter`() throws {
    let xml = """
      <?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="urn:x"><x:sheetData><x:row>\
      <x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row><x:row><x:c r="B2"><x:v>1\
      </x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells>\
      </x:worksheet>
      """
    var zip = SampleBook(rows: "").zip
    zip["xl/worksheets/sheet0.xml"] =
      [0xFF, 0xFE] + xml.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try rows(of: zip.bytes).map(\.cells) == [[.text("甲")], [.text("甲"), .number(1)]])
  }
}
