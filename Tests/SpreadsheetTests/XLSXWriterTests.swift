import Domain
import Foundation
import Spreadsheet
import Testing

@Suite struct XLSXWriterTests {
  @Test func `a writer that is given up leaves neither a file nor open files`() throws {
    let folder = try ScratchFolder()
    let openBefore = try ScratchFolder.openFiles()
    for _ in 0..<20 {
      let writer = try XLSXWriter(path: folder.path("given-up.xlsx"), sheet: "甲")
      for _ in 0..<100 { try writer.row([.text("王芳"), .number(1)]) }
    }
    #expect(try ScratchFolder.openFiles() <= openBefore + 5)
    #expect(!FileManager.default.fileExists(atPath: folder.path("given-up.xlsx")))
  }

  @Test func `a folder that is not there is an error`() throws {
    let writer = try XLSXWriter(path: "/nonexistent/a.xlsx", sheet: "甲")
    try writer.row([.text("王芳")])
    #expect(throws: SheetWriteError.storage) { try writer.finish() }
  }

  @Test func `a text that no cell can hold is refused with its row`() throws {
    let folder = try ScratchFolder()
    let writer = try XLSXWriter(path: folder.path("long.xlsx"), sheet: "甲")
    try writer.header(["说明"])
    #expect(throws: SheetWriteError.textTooLong(row: 2)) {
      try writer.row([.text(String(repeating: "长", count: 32_768))])
    }
  }

  @Test func `what is written is read back, cell by cell`() throws {
    let folder = try ScratchFolder()
    let path = folder.path("back.xlsx")
    let day = try #require(Day(iso: "2021-06-01"))
    let old = try #require(Day(iso: "1899-12-31"))
    let cells: [Cell] = [
      .text("=1+1"), .text("350423198001010011"), .text(" 前后 "), .text("第一行\n第二行"), .text("<&>\"'"),
      .number(350.5), .number(-3), .day(day), .bool(true), .empty, .text("_x000D_"),
      .text("a\r\nb"), .text("a_b"),
      .text("http://a.cn/"), .text("𠮷𠀀"), .text("0598"),
    ]
    let writer = try XLSXWriter(
      path: path, sheet: "甲/乙", styles: [ColumnStyle(width: 20), ColumnStyle(format: .decimal)])
    try writer.title("保障家庭名单")
    try writer.header(["一", "二"])
    try writer.row(cells)
    try writer.row([.day(old), .longNumber("350423198001010011"), .failure("#N/A")])
    try writer.finish()
    let rows = try Self.rows(path)
    #expect(rows.map(\.sheet) == ["甲乙", "甲乙", "甲乙", "甲乙"])
    #expect(rows.map(\.cells)[0...1] == [[.text("保障家庭名单")], [.text("一"), .text("二")]])
    #expect(rows[2].cells == cells)
    #expect(
      rows[3].cells == [.text("1899-12-31"), .text("350423198001010011"), .text("#N/A")])
  }

  @Test func `a long table goes on in further sheets under the same header`() throws {
    let folder = try ScratchFolder()
    let path = folder.path("long.xlsx")
    let writer = try XLSXWriter(path: path, sheet: "名单", rowsPerSheet: 4)
    try writer.header(["号"])
    for number in 1...7 { try writer.row([.number(Double(number))]) }
    try writer.finish()
    let rows = try Self.rows(path)
    #expect(
      rows.map(\.sheet) == Array(repeating: "名单", count: 4)
        + Array(repeating: "名单 (2)", count: 4) + Array(repeating: "名单 (3)", count: 2))
    #expect(rows.filter { $0.cells == [.text("号")] }.count == 3)
    #expect(rows.compactMap { $0.cells.first }.filter { $0 != .text("号") }.count == 7)
  }

  static func rows(_ path: String) throws -> [SheetRow] {
    var rows: [SheetRow] = []
    try Workbook(path: path, fileName: "a.xlsx").forEachRow { rows.append($0) }
    return rows
  }
}

/// A folder of a test's own, gone with it.
final class ScratchFolder {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sheet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  static func openFiles() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
  }
}
