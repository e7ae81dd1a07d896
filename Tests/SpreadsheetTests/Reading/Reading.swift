import Foundation
import Spreadsheet

/// Opens bytes as a file would be.
func withWorkbook<Result>(
  _ bytes: [UInt8], limits: ReadLimits = ReadLimits(), _ body: (Workbook) throws -> Result
) throws -> Result {
  let path = NSTemporaryDirectory() + UUID().uuidString
  try Data(bytes).write(to: URL(fileURLWithPath: path))
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(try Workbook(path: path, fileName: "表.dat", limits: limits))
}

func rows(of bytes: [UInt8], limits: ReadLimits = ReadLimits()) throws -> [SheetRow] {
  try withWorkbook(bytes, limits: limits) { workbook in
    var rows: [SheetRow] = []
    try workbook.forEachRow { rows.append($0) }
    return rows
  }
}

func cells(_ text: String, limits: ReadLimits = ReadLimits()) throws -> [[Cell]] {
  try rows(of: Array(text.utf8), limits: limits).map(\.cells)
}

func cells(_ book: SampleBook) throws -> [[Cell]] { try rows(of: book.zip.bytes).map(\.cells) }

/// What reading fails with; nil when it does not fail.
func failure(_ bytes: [UInt8], limits: ReadLimits = ReadLimits()) throws -> WorkbookError? {
  do {
    _ = try rows(of: bytes, limits: limits)
    return nil
  } catch let error as WorkbookError {
    return error
  }
}
