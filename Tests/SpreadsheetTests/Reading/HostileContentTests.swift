import Spreadsheet
import Testing

/// Workbooks whose XML or text is made to fill memory or to take for ever.
@Suite struct HostileContentTests {
  private let rows = "<row><c><v>1</v></c></row>"

  private func failure(ofSheet xml: String) throws -> WorkbookError? {
    var zip = SampleBook(rows: "").zip
    zip["xl/worksheets/sheet0.xml"] = Array(xml.utf8)
    return try failure(zip.bytes)
  }

  private func failure(_ bytes: [UInt8], limits: ReadLimits = ReadLimits()) throws -> WorkbookError?
  {
    try SpreadsheetTests.failure(bytes, limits: limits)
  }

  @Test(arguments: [
    "xl/worksheets/sheet0.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
    "_rels/.rels", "xl/_rels/workbook.xml.rels",
  ])
  func `a document type is refused in every part`(part: String) throws {
    var zip = SampleBook(rows: rows).zip
    let xml = String(decoding: try #require(zip[part]), as: UTF8.self)
    let tricks = [
      #"<!DOCTYPE a [<!ENTITY b "c">]>"#, #"<!DOCTYPE a SYSTEM "file:///etc/passwd">"#,
      #"<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/x"> %b;]>"#,
    ]
    for trick in tricks {
      zip[part] = Array((trick + xml).utf8)
      #expect(try failure(zip.bytes) == .forbiddenXML)
    }
  }

  @Test func `entities without a declaration are damage`() throws {
    #expect(try failure(ofSheet: "<worksheet><sheetData>&x;</sheetData></worksheet>") == .damaged)
  }

  @Test func `elements within elements without end are refused`() throws {
    #expect(try failure(ofSheet: String(repeating: "<a>", count: 2_000_000)) == .forbiddenXML)
  }

  @Test func `names without number are refused`() throws {
    let names = (0..<300_000).map { "<a\($0)/>" }.joined()
    #expect(try failure(ofSheet: "<worksheet>\(names)</worksheet>") == .forbiddenXML)
    let attributes = (0..<300_000).map { "<a b\($0)=''/>" }.joined()
    #expect(try failure(ofSheet: "<worksheet>\(attributes)</worksheet>") == .forbiddenXML)
  }

  @Test func `a tag without end is refused`() throws {
    let long = String(repeating: "x", count: 20 << 20)
    #expect(try failure(ofSheet: "<worksheet a='\(long)'/>") == .forbiddenXML)
  }

  @Test func `texts that do not exist and rows out of order are damage`() throws {
    let cell = #"<row><c t="s"><v>0</v></c></row>"#
    #expect(try failure(SampleBook(rows: cell).zip.bytes) == .damaged)
    for rows in [
      #"<row r="2"/><row r="2"/>"#, #"<row r="0"/>"#, #"<row r="-1"/>"#,
    ] {
      #expect(try failure(SampleBook(rows: rows).zip.bytes) == .damaged)
    }
  }

  @Test func `no row lies below the last that programs have`() throws {
    let book = SampleBook(rows: #"<row r="1048577"><c><v>1</v></c></row>"#)
    #expect(try failure(book.zip.bytes) == .tooManyRows(limit: 1_048_576))
  }

  @Test func `a row far below is not in the way`() throws {
    let far = #"<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>"#
    var count = 0
    try withWorkbook(SampleBook(rows: far).zip.bytes) { try $0.forEachRow { _ in count += 1 } }
    #expect(count == 1_048_576)
  }

  @Test func `rows, columns and cells are bounded`() throws {
    var limits = ReadLimits()
    limits.rows = 2
    limits.columns = 3
    let rows = String(repeating: rows, count: 3)
    #expect(try failure(SampleBook(rows: rows).zip.bytes, limits: limits) == .tooManyRows(limit: 2))
    #expect(try failure(Array("a\nb\nc\n".utf8), limits: limits) == .tooManyRows(limit: 2))
    let wide = WorkbookError.tooManyColumns(sheet: "表一", row: 1, limit: 3)
    let cell = #"<row><c r="D1"><v>1</v></c></row>"#
    #expect(try failure(SampleBook(rows: cell).zip.bytes, limits: limits) == wide)
    let narrow = #"<row><c r="C1"><v>1</v></c><c r="XFD1" s="1"/></row>"#
    #expect(try failure(SampleBook(rows: narrow).zip.bytes, limits: limits) == nil)
    #expect(
      try failure(Array("a,b,c,d".utf8), limits: limits)
        == .tooManyColumns(sheet: "", row: 1, limit: 3))
    #expect(try failure(Array("a,b,c,,,,".utf8), limits: limits) == nil)
  }

  @Test func `texts longer than a cell holds are refused`() throws {
    let most = String(repeating: "长", count: 32_767)
    let shared = #"<row><c t="s"><v>0</v></c></row>"#
    let inline = "<row><c t='inlineStr'><is><t>"
    let end = "</t></is></c></row>"
    for (text, isTooLong) in [(most, false), (most + "x", true)] {
      let books = [
        SampleBook(rows: shared, strings: "<si><t>\(text)</t></si>").zip.bytes,
        SampleBook(rows: inline + text + end).zip.bytes, Array("a\n\(text),b\n".utf8),
      ]
      for bytes in books {
        let error = try failure(bytes)
        #expect((error != nil) == isTooLong)
        switch error {
        case .cellTooLong, .textTooLong, nil: break
        default: Issue.record("\(String(describing: error))")
        }
      }
    }
  }

  @Test func `a line of CSV without end is refused`() throws {
    let line = [UInt8](repeating: 0x61, count: 3 << 20)
    #expect(try failure(line) == .recordTooLong(row: 1, kilobytes: 1024))
    #expect(
      try failure([UInt8](repeating: 0x0A, count: 2_000_001) + [0x61])
        == .tooManyRows(limit: 2_000_000))
    let quoted = Array("a\n\"b\n".utf8) + [UInt8](repeating: 0x0A, count: 3 << 20)
    #expect(try failure(quoted) == .recordTooLong(row: 2, kilobytes: 1024))
    #expect(try failure(Array("a\nb,\"c\nd\n".utf8)) == .unclosedQuote(row: 2))
    let commas = [UInt8](repeating: 0x2C, count: 1 << 19)
    #expect(try failure(Array("a\n".utf8) + commas + Array("\nb".utf8)) == nil)
  }

  @Test func `merged ranges are bounded in number and size`() throws {
    func failure(merging range: String, _ count: Int) throws -> WorkbookError? {
      let list = String(repeating: #"<mergeCell ref="\#(range)"/>"#, count: count)
      let book = SampleBook(rows: rows, after: "<mergeCells>\(list)</mergeCells>")
      return try self.failure(book.zip.bytes)
    }
    let refused = WorkbookError.tooManyMerges(sheet: "表一")
    #expect(try failure(merging: "A1:A2", 100_001) == refused)
    #expect(try failure(merging: "A1:A2", 100_000) == nil)
    #expect(try failure(merging: "A1:XFD1048576", 1) == refused)
    #expect(try failure(merging: "A1:D1048576", 1) == nil)
  }
}
