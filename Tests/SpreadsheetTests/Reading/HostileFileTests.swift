import Spreadsheet
import Testing

/// Files that are not what they should be, or are made to do harm.
@Suite struct HostileFileTests {
  private let book = SampleBook(rows: "<row><c><v>1</v></c></row>")

  @Test(arguments: [
    ("%PDF-1.7 ...", WorkbookError.otherFormat("PDF 文件")),
    ("{\\rtf1}", .otherFormat("RTF 文档")), ("Rar!\u{1A}", .otherFormat("RAR 压缩包")),
    ("<?xml version='1.0'?><a/>", .otherFormat("XML 文件")),
    ("\u{FEFF} <html><table>", .otherTable("网页（HTML）")),
    (
      "<?xml?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
      .otherTable("XML 表格 2003")
    ),
  ])
  func `other files are refused by their name`(start: String, error: WorkbookError) throws {
    #expect(try failure(Array(start.utf8)) == error)
  }

  @Test func `empty files are refused`() throws {
    #expect(try failure([]) == .empty)
    #expect(try failure([0xEF, 0xBB, 0xBF]) == .empty)
    #expect(try failure(Array("\r\n \r\n".utf8)) == .empty)
    #expect(throws: WorkbookError.unreadable) {
      try Workbook(path: "/nonexistent/a.csv", fileName: "a.csv")
    }
    #expect(throws: WorkbookError.unreadable) { try Workbook(path: "/tmp", fileName: "a.csv") }
  }

  @Test(arguments: [
    ("EncryptedPackage", WorkbookError.passwordProtected), ("Workbook", .oldExcel),
    ("Book", .oldExcel), ("WordDocument", .otherFormat("旧版 Word 文档")),
    ("其他", .otherFormat("不能识别的旧版 Office 文件")),
  ])
  func `files of old Office are told apart`(stream: String, error: WorkbookError) throws {
    var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    bytes += [UInt8](repeating: 0, count: 512 * 200 - 8)
    var entry = stream.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    entry += [UInt8](repeating: 0, count: 64 - entry.count)
    bytes += entry + [UInt8(stream.utf16.count * 2 + 2), 0, 2]
    #expect(try failure(bytes + [UInt8](repeating: 0, count: 61)) == error)
  }

  @Test(arguments: [
    ("xl/vbaProject.bin", WorkbookError.macros), ("xl/macrosheets/sheet1.xml", .macros),
    ("xl/workbook.bin", .otherTable("二进制工作簿（.xlsb）")),
    ("word/document.xml", .otherFormat("Word 文档")),
  ])
  func `ZIP files are refused by what is in them`(part: String, error: WorkbookError) throws {
    var zip = book.zip
    zip[part] = [1]
    #expect(try failure(zip.bytes) == error)
  }

  @Test func `a ZIP file that is no workbook is refused`() throws {
    var zip = SampleZip()
    zip["a.txt"] = [1]
    #expect(try failure(zip.bytes) == .otherFormat("ZIP 压缩包"))
    zip["[Content_Types].xml"] = [1]
    zip["_rels/.rels"] = Array("<Relationships/>".utf8)
    #expect(try failure(zip.bytes) == .damaged)
  }

  @Test func `a file that is cut off anywhere is refused before its first row`() throws {
    let bytes = book.zip.bytes
    for length in stride(from: 4, to: bytes.count, by: 7) {
      let cut = Array(bytes[..<length])
      let error = try #require(try failure(cut))
      #expect([.damaged, .otherFormat("ZIP 压缩包")].contains(error))
    }
  }

  @Test func `a sheet whose checksum is wrong is refused before its first row`() throws {
    let bytes = book.zip.bytes
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("<v>1<".utf8)) })
    var changed = bytes
    changed[place + 3] = UInt8(ascii: "2")
    try withWorkbook(changed) { (workbook) -> Void in
      #expect(throws: WorkbookError.damaged) {
        try workbook.forEachRow { _ in Issue.record("a row of a damaged sheet") }
      }
    }
  }

  @Test func `encrypted parts are a password`() throws {
    var zip = book.zip
    zip.parts[2].flags = 1
    #expect(try failure(zip.bytes) == .passwordProtected)
  }

  @Test func `too many parts are refused whatever the directory says`() throws {
    var zip = book.zip
    zip.statedCount = 0xFFFF
    #expect(try failure(zip.bytes) == .tooManyParts(limit: 1_000))
    zip.statedCount = nil
    for index in 0..<1_000 { zip.parts.append(.init(name: "x\(index)", content: [])) }
    #expect(try failure(zip.bytes) == .tooManyParts(limit: 1_000))
  }

  @Test func `the larger form of the directory's end is read and checked too`() throws {
    var zip = book.zip
    zip.largeCount = zip.parts.count
    #expect(try failure(zip.bytes) == nil)
    zip.statedCount = 0xFFFF
    #expect(try failure(zip.bytes) == nil)
    for count in [1_001, 5_000_000, Int.max] {
      zip.largeCount = count
      #expect(try failure(zip.bytes) == .tooManyParts(limit: 1_000))
    }
  }

  @Test func `what would inflate too far is refused by what it says, and by what it does`() throws {
    var zip = book.zip
    zip.parts[zip.parts.count - 1].statedSize = 201 << 20
    #expect(try failure(zip.bytes) == .inflatedTooFar(megabytes: 200))
    zip.parts[zip.parts.count - 1].statedSize = 17 << 20
    #expect(try failure(zip.bytes) == .inflatedTooFar(megabytes: 200))
    zip.parts[zip.parts.count - 1].statedSize = 10
    #expect(try failure(zip.bytes) == .damaged)
  }

  @Test func `every error says in Chinese what to do`() throws {
    let errors: [WorkbookError] = [
      .unreadable, .empty, .damaged, .macros, .oldExcel, .passwordProtected, .forbiddenXML,
      .tooManyRows(limit: 5), .tooManyColumns(sheet: "甲", row: 3, limit: 512),
      .recordTooLong(row: 1, kilobytes: 1024), .brokenText(line: 2), .unclosedQuote(row: 2),
    ]
    for error in errors {
      #expect(error.description.hasSuffix("。"))
      #expect(error.description.contains("请") || error.description.contains("未"))
    }
  }
}
