import Spreadsheet
import Testing

@Suite struct EncodingTests {
  private let table: [[Cell]] = [[.text("姓名"), .text("住址")], [.text("张三"), .text("列东街①号")]]
  /// `姓名,住址` and `张三,列东街①号` in GB18030.
  private let gb18030: [UInt8] = [
    0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xD7, 0xA1, 0xD6, 0xB7, 0x0A, 0xD5, 0xC5, 0xC8, 0xFD, 0x2C, 0xC1,
    0xD0, 0xB6, 0xAB, 0xBD, 0xD6, 0xA2, 0xD9, 0xBA, 0xC5, 0x0A,
  ]
  private let text = "姓名,住址\n张三,列东街①号\n"

  private func expectTable(_ bytes: [UInt8], _ encoding: TextEncoding) throws {
    try withWorkbook(bytes) { workbook in
      #expect(workbook.kind == .csv(encoding))
      var rows: [[Cell]] = []
      try workbook.forEachRow { rows.append($0.cells) }
      #expect(rows == table)
    }
  }

  @Test func `UTF-8 is read with and without its mark`() throws {
    try expectTable(Array(text.utf8), .utf8)
    try expectTable([0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8)
  }

  @Test func `GB18030 is read`() throws { try expectTable(gb18030, .gb18030) }

  @Test func `characters of four bytes are read in GB18030`() throws {
    let found = try rows(of: gb18030 + [0x95, 0x32, 0x82, 0x36, 0x0A])
    #expect(found[2].cells == [.text("𠀀")])
  }

  @Test func `UTF-16 is read with its mark`() throws {
    let units = Array(text.utf16)
    try expectTable(
      [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, .utf16LittleEndian)
    try expectTable(
      [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, .utf16BigEndian)
  }

  @Test func `characters are whole wherever the pieces are cut`() throws {
    for padding in 0..<4 {
      let filler = [UInt8](repeating: 0x61, count: padding) + [0x0A]
      let lines = Array(repeating: gb18030[10...], count: 10_000).flatMap { $0 }
      let found = try rows(of: filler + lines)
      #expect(found.count >= 10_000)
      #expect(found.suffix(10_000).allSatisfy { $0.cells == table[1] })
    }
  }

  @Test func `text that is cut off within a character is not taken for another encoding`() throws {
    let whole = Array((text + text).utf8)
    #expect(try failure(Array(whole.dropLast(2))) == .brokenText(line: 4))
    #expect(try failure([0xEF, 0xBB, 0xBF, 0x61, 0xFF]) == .brokenText(line: 1))
    #expect(try failure(gb18030.dropLast() + [0xFF, 0x0A]) == .unknownEncoding)
  }

  @Test func `bytes that are no text are refused`() throws {
    #expect(try failure([0x61, 0, 0x62, 0x0A]) == .unknownFormat)
    #expect(try failure((0...255).map { UInt8($0) }) == .unknownFormat)
  }

  @Test func `text is UTF-8 exactly when the standard library says so`() throws {
    let pieces: [[UInt8]] =
      ["a", "\n", "é", "甲乙丙丁", "\u{800}\u{FFFF}", "𠀀", "\u{10FFFF}", "plain text, long"]
      .map { Array($0.utf8) } + [
        [0x80], [0xC0, 0x80], [0xE4, 0xB8], [0xED, 0xA0, 0x80], [0xE0, 0x80, 0x80], [0xF5],
        [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xFF],
      ]
    var random = SeededGenerator(state: 7)
    for _ in 0..<500 {
      let isSound = Bool.random(using: &random)
      var bytes: [UInt8] = Array("甲乙丙丁戊己庚辛".utf8)
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        bytes += pieces.prefix(isSound ? 8 : pieces.count).randomElement(using: &random)!
      }
      let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
      let error = try failure(bytes)
      #expect((error == nil) == isUTF8, "\(bytes)")
      if !isUTF8 { #expect(error == .brokenText(line: 1) || bytes.contains(10), "\(bytes)") }
    }
  }
}
