import Domain
import Spreadsheet
import Testing

@Suite struct CSVWriterTests {
  static func written(_ body: (CSVWriter) throws -> Void) rethrows -> [UInt8] {
    var bytes: [UInt8] = []
    let writer = CSVWriter { bytes += $0 }
    try body(writer)
    return bytes
  }

  static func line(_ cells: [Cell]) throws -> String {
    let bytes = try written {
      try $0.row(cells)
      try $0.finish()
    }
    return String(decoding: bytes.dropFirst(3), as: UTF8.self)
  }

  @Test func `the file begins with a byte-order mark and its lines end with CRLF`() throws {
    let bytes = try Self.written {
      try $0.title("保障家庭名单")
      try $0.header(["姓名", "月租金"])
      try $0.row([.text("王芳"), .number(350.5)])
      try $0.finish()
    }
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(
      String(decoding: bytes.dropFirst(3), as: UTF8.self)
        == "保障家庭名单\r\n姓名,月租金\r\n王芳,350.5\r\n")
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+86", "'+86"), ("-", "'-"), ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "\"'\t=1\""), ("\r=1", "\"'\r=1\""), ("'=1", "''=1"), ("''@a", "'''@a"),
    ("'好", "'好"), ("a=1", "a=1"), ("=A,\"b\"", "\"'=A,\"\"b\"\"\""),
  ])
  func `text that begins like a formula stays text`(text: String, expected: String) throws {
    #expect(try Self.line([.text(text)]) == expected + "\r\n")
  }

  @Test(arguments: [
    ("350423198001010011", "\"\t350423198001010011\""), ("123456789012", "\"\t123456789012\""),
    ("05985322000", "\"\t05985322000\""), ("0301", "\"\t0301\""), ("1-2", "\"\t1-2\""),
    ("2021/6", "\"\t2021/6\""), ("12E3", "\"\t12E3\""),
    ("35042319800101001X", "35042319800101001X"),
    ("201", "201"), ("0", "0"), ("13800000000", "13800000000"), ("3-201室", "3-201室"),
  ])
  func `what would become another number or a date stays text`(
    text: String, expected: String
  ) throws {
    #expect(try Self.line([.text(text)]) == expected + "\r\n")
  }

  @Test func `numbers, days and empty cells stand plainly`() throws {
    let cells: [Cell] = [
      .number(-12.5), .empty, .number(3), .day(try #require(Day(iso: "2021-06-01"))), .bool(true),
    ]
    #expect(try Self.line(cells) == "-12.5,,3,2021-06-01,TRUE\r\n")
  }

  @Test func `quotes, commas and line breaks are quoted`() throws {
    #expect(
      try Self.line([.text("a,b"), .text("a\"b"), .text("a\nb"), .text("ab")])
        == "\"a,b\",\"a\"\"b\",\"a\nb\",ab\r\n")
  }

  @Test func `bytes come in pieces, however long the table is`() throws {
    var pieces: [Int] = []
    var total = 0
    let writer = CSVWriter {
      pieces.append($0.count)
      total += $0.count
    }
    for number in 0..<50_000 { try writer.row([.number(Double(number)), .text("清流县")]) }
    try writer.finish()
    let expected = (0..<50_000).reduce(3) { sum, number in sum + String(number).utf8.count + 12 }
    #expect(total == expected)
    #expect(pieces.allSatisfy { $0 < 70_000 })
    #expect(pieces.count > 5)
  }
}
