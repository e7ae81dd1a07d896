/// A form of one table, laid out for a sheet of paper: a title over all columns, a line below it, a heading whose cells
/// may reach over several rows and columns, and rows with full borders.
public struct ReportSheet: Sendable {
  /// A cell of the heading, or a text of the line above it. Places count from 0.
  public struct Span: Sendable {
    let text: String
    let rows: ClosedRange<Int>
    let columns: ClosedRange<Int>

    /// - Parameter rows: of the heading; the line above it has one.
    public init(_ text: String, rows: ClosedRange<Int> = 0...0, columns: ClosedRange<Int>) {
      self.text = text
      self.rows = rows
      self.columns = columns
    }

    public init(_ text: String, rows: ClosedRange<Int> = 0...0, column: Int) {
      self.init(text, rows: rows, columns: column...column)
    }
  }

  public struct Column: Sendable {
    let width: Double
    let isCentred: Bool

    /// - Parameter width: in characters of the ordinary size.
    public init(width: Double, isCentred: Bool = true) {
      self.width = width
      self.isCentred = isCentred
    }
  }

  let title: String
  let line: [Span]
  let heading: [Span]
  let columns: [Column]
  let rows: [[Cell]]
  /// The last rows, which are bold.
  let totals: [[Cell]]

  public init(
    title: String, line: [Span], heading: [Span], columns: [Column], rows: [[Cell]],
    totals: [[Cell]] = []
  ) {
    self.title = title
    self.line = line
    self.heading = heading
    self.columns = columns
    self.rows = rows
    self.totals = totals
  }

  /// Writes it as a workbook of one sheet, which prints on A4 across, the heading on every page.
  ///
  /// - Parameters:
  ///   - sheet: the sheet's name.
  ///   - temporaryFolder: where the file is put together; the system's when nil.
  public func write(
    to path: String, sheet: String, properties: DocumentProperties = DocumentProperties(),
    temporaryFolder: String? = nil
  ) throws(SheetWriteError) {
    let book = try XLSXBook(
      path: path, properties: properties, isStreamed: false, temporaryFolder: temporaryFolder)
    let page = try book.addPage(sheet, styles: [])
    let formats = try XLSXReportFormats(book)
    for (index, column) in columns.enumerated() { page.setWidth(column.width, of: index) }
    let first = 2
    let headingRows = (heading.map(\.rows.upperBound).max() ?? 0) + 1
    try page.write(Span(title, columns: 0...max(0, columns.count - 1)), from: 0, formats.title)
    for text in line { try page.write(text, from: 1, formats.line) }
    for cell in heading { try page.write(cell, from: first, formats.heading) }
    page.setHeight(34, of: 0)
    page.setHeight(22, of: 1)
    for row in 0..<headingRows { page.setHeight(40, of: first + row) }
    for (index, row) in (rows + totals).enumerated() {
      let isTotal = index >= rows.count
      for (place, cell) in row.enumerated() {
        try page.write(
          cell, row: first + headingRows + index, column: place,
          format: formats.cell(
            isCentred: place < columns.count && columns[place].isCentred, isTotal: isTotal))
      }
    }
    page.freeze(above: first + headingRows)
    page.setUpForPaper(repeating: first...(first + headingRows - 1))
    try book.close()
  }
}
