import CXLSXWriter
import Glibc

/// What a workbook says about itself in its properties.
public struct DocumentProperties: Sendable {
  public var title: String
  public var author: String
  /// Why and when it was made.
  public var comments: String

  public init(title: String = "", author: String = "", comments: String = "") {
    self.title = title
    self.author = author
    self.comments = comments
  }
}

/// Writes an XLSX workbook of one table to a path, with flat memory: a row is on disk before the next.
///
/// Text is always text, never a formula or a link. A table of more rows than a sheet holds goes on in
/// another sheet under the same header.
public final class XLSXWriter: TableWriter {
  private let book: XLSXBook
  private let sheetName: String
  private let styles: [ColumnStyle]
  private let rowsPerSheet: Int
  private var page: XLSXPage
  private var sheets = 1
  private var nextRow = 0
  private var titles: [String] = []

  /// - Parameters:
  ///   - sheet: the sheet's name; characters that a name may not have are left out
  ///   - styles: width and format of the columns; those beyond it are text of ordinary width
  ///   - temporaryFolder: where rows wait until the file is put together; the system's when nil
  public init(
    path: String, sheet: String, styles: [ColumnStyle] = [],
    properties: DocumentProperties = DocumentProperties(), temporaryFolder: String? = nil,
    rowsPerSheet: Int = 1_048_576
  ) throws(SheetWriteError) {
    book = try XLSXBook(
      path: path, properties: properties, isStreamed: true, temporaryFolder: temporaryFolder)
    sheetName = sheet
    self.styles = styles
    self.rowsPerSheet = min(max(2, rowsPerSheet), 1_048_576)
    page = try book.addPage(sheet, styles: styles)
  }

  public func title(_ text: String) throws {
    try page.write(.text(text), row: nextRow, column: 0, format: book.formats.title)
    nextRow += 1
  }

  public func header(_ titles: [String]) throws {
    self.titles = titles
    try writeHeader()
  }

  public func row(_ cells: [Cell]) throws { try row(cells, marked: []) }

  /// A row in which the cells at these indexes are coloured as faulty.
  public func row(_ cells: [Cell], marked: Set<Int>) throws {
    if nextRow >= rowsPerSheet { try beginNextSheet() }
    for index in cells.indices {
      try page.write(
        cells[index], row: nextRow, column: index,
        isMarked: marked.isEmpty ? false : marked.contains(index))
    }
    nextRow += 1
  }

  public func finish() throws { try book.close() }

  private func writeHeader() throws {
    for (index, title) in titles.enumerated() {
      try page.write(.text(title), row: nextRow, column: index, format: book.formats.header)
    }
    page.freeze(above: nextRow + 1)
    nextRow += 1
  }

  private func beginNextSheet() throws {
    sheets += 1
    page = try book.addPage("\(sheetName) (\(sheets))", styles: styles)
    nextRow = 0
    if !titles.isEmpty { try writeHeader() }
  }
}
