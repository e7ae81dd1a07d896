import Domain
import Foundation
import Spreadsheet
import Testing

/// What is written is what is read.
@Suite struct RoundTripTests {
  private let pieces = [
    "=", "+", "-", "@", "'", "\t", "\r", "\n", "\r\n", "\"", ",", ";", "_x0041_", "_", "x", "&amp;",
    "<",
    "]]>", " ", "　", "0", "7", ".", "350423198001010011", "1E5", "2021-6-1", "甲", "𠀀", "é", "\u{1}",
    "\u{1F}", "\u{FEFF}", "sep=;",
  ]

  private func texts(seed: UInt64) -> [[String]] {
    var random = SeededGenerator(state: seed)
    return (0..<200).map { _ in
      (0..<4).map { _ in
        (0..<Int.random(in: 1...5, using: &random))
          .map { _ in pieces.randomElement(using: &random)! }.joined()
      }
    }
  }

  @Test(arguments: 0..<5)
  func `texts come back from CSV as they were`(seed: UInt64) throws {
    let texts = texts(seed: seed)
    var bytes: [UInt8] = []
    let writer = CSVWriter { bytes += $0 }
    try writer.header(["甲", "乙", "丙", "丁"])
    for row in texts { try writer.row(row.map { .text($0) }) }
    try writer.finish()
    let found = try rows(of: bytes).dropFirst().map(\.cells)
    for (row, found) in zip(texts, found) { #expect(found == row.map { .text($0) }) }
    #expect(found.count == texts.count)
  }

  @Test(arguments: 0..<5)
  func `texts come back from XLSX as they were`(seed: UInt64) throws {
    let texts = texts(seed: seed)
    let path = NSTemporaryDirectory() + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    let writer = try XLSXWriter(path: path, sheet: "表")
    for row in texts { try writer.row(row.map { .text($0) }) }
    try writer.finish()
    var found: [[Cell]] = []
    try Workbook(path: path, fileName: "a.xlsx").forEachRow { found.append($0.cells) }
    for (row, found) in zip(texts, found) { #expect(found == row.map { .text($0) }) }
    #expect(found.count == texts.count)
  }
}
