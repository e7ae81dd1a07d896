/// Writes the workbook as it was sent with what is wrong in it: every row under its own number, faulty
/// cells coloured, and a last column 问题 with the reasons. The reader passes that column over, so the
/// file can be mended and sent again.
///
/// - Parameters:
///   - problems: those of the whole workbook, as reading it with the map gave them and the checks after
///     it added; of a problem without a column only the reason is written
///   - temporaryFolder: where rows wait until the file is put together; the system's when nil
/// - Throws: ``WorkbookError`` where the workbook cannot be read, ``SheetWriteError`` where the marked
///   one cannot be written.
public func writeMarked<Record>(
  _ workbook: Workbook, as map: ColumnMap<Record>, problems: [RowProblem], to path: String,
  temporaryFolder: String? = nil, rowsPerSheet: Int = 1_048_576
) throws {
  let book = try XLSXBook(
    path: path, properties: DocumentProperties(title: "标出问题的\(map.sheet)"), isStreamed: true,
    temporaryFolder: temporaryFolder)
  var widths: [String: Int] = [:]
  try workbook.forEachRow { row in
    widths[row.sheet] = max(widths[row.sheet] ?? 0, row.cells.count)
  }
  var sheets = MarkedSheets(
    book: book, map: map, problems: problems, widths: widths, rowsPerPage: rowsPerSheet)
  try workbook.forEachRow { row in try sheets.write(row) }
  try book.close()
}

/// A place in a workbook.
private struct RowPlaceKey: Hashable {
  let sheet: String
  let row: Int
}

/// Copies rows and marks them, sheet by sheet.
private struct MarkedSheets<Record: Sendable> {
  private let book: XLSXBook
  private let map: ColumnMap<Record>
  private let problems: [RowPlaceKey: [RowProblem]]
  /// The widest row of each sheet, so that the reasons stand beside it.
  private let widths: [String: Int]
  private let rowsPerPage: Int
  private var reader: TableReader<Record>
  private var page: XLSXPage?
  private var sheet: String?
  /// How many rows stand on earlier pages of the same sheet.
  private var rowsBefore = 0
  private var header: [Cell] = []
  private var reasonsColumn = 0

  init(
    book: XLSXBook, map: ColumnMap<Record>, problems: [RowProblem], widths: [String: Int],
    rowsPerPage: Int
  ) {
    self.book = book
    self.map = map
    self.widths = widths
    self.rowsPerPage = rowsPerPage
    self.problems = Dictionary(
      grouping: problems, by: { RowPlaceKey(sheet: $0.sheet, row: $0.row) })
    reader = TableReader(map)
  }

  mutating func write(_ row: SheetRow) throws {
    var page = try page(of: row)
    if case .header(let match) = reader.place(row) {
      reasonsColumn = match.problemsColumn ?? reasonsColumn
      page.setWidths(map, match, reasons: reasonsColumn)
      header = row.cells
      page.freeze(above: row.number)
    }
    if row.number - rowsBefore > rowsPerPage { page = try nextPage(row) }
    try copy(row, to: page)
  }

  private func copy(_ row: SheetRow, to page: XLSXPage) throws {
    let found = problems[RowPlaceKey(sheet: row.sheet, row: row.number)] ?? []
    let marked = Set(found.compactMap { $0.column.flatMap { reader.header?.index(of: $0) } })
    let place = row.number - 1 - rowsBefore
    for index in 0..<max(row.cells.count, (marked.max() ?? -1) + 1) where index != reasonsColumn {
      try page.write(
        index < row.cells.count ? row.cells[index] : .empty, row: place, column: index,
        isMarked: marked.contains(index))
    }
    let reasons = found.map { problem in
      problem.column.map { "\($0)：\(problem.message)" } ?? problem.message
    }.joined(separator: "；")
    if reader.header?.row == row.number {
      // In brackets, so that it is no other title when the file comes back.
      try page.write(
        .text(problemsTitle + (found.isEmpty ? "" : "（\(reasons)）")), row: place,
        column: reasonsColumn, format: book.formats.requiredHeader)
    } else if !found.isEmpty {
      try page.write(
        .text(reasons), row: place, column: reasonsColumn, format: book.formats.wrapped)
    }
  }

  private mutating func page(of row: SheetRow) throws -> XLSXPage {
    if let page, sheet == row.sheet { return page }
    let added = try book.addPage(row.sheet.isEmpty ? map.sheet : row.sheet, styles: [])
    page = added
    sheet = row.sheet
    rowsBefore = 0
    reasonsColumn = widths[row.sheet] ?? row.cells.count
    return added
  }

  /// A CSV file may have more rows than a sheet: it goes on in another one, under its header.
  private mutating func nextPage(_ row: SheetRow) throws -> XLSXPage {
    let added = try book.addPage(row.sheet.isEmpty ? map.sheet : row.sheet, styles: [])
    for (index, title) in header.enumerated() where index != reasonsColumn {
      try added.write(title, row: 0, column: index)
    }
    try added.write(.text(problemsTitle), row: 0, column: reasonsColumn)
    page = added
    rowsBefore = row.number - 2
    return added
  }
}

extension XLSXPage {
  fileprivate func setWidths<Record>(
    _ map: ColumnMap<Record>, _ match: HeaderMatch<Record>, reasons: Int
  ) {
    for column in map.columns {
      if let index = match.index(of: column.title) { setWidth(column.width, of: index) }
    }
    setWidth(60, of: reasons)
  }
}
