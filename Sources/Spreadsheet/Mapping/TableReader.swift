import Domain

/// What a row of a workbook is to a ``ColumnMap``.
public enum TableRow<Record: Sendable>: Sendable {
  /// A title above the header, a blank row, a header that is repeated, a sheet without our header.
  case ignored
  /// The titles. May come again for the same sheet, when a second row of titles says more (the first
  /// being groups of columns); the later counts. Its problems come with the first record.
  case header(HeaderMatch<Record>)
  /// A row below the header, with what is wrong in it; the first of a sheet with what is wrong in its
  /// header too.
  case record(Record, [RowProblem])
}

/// What a row is, before its cells are read.
public enum RowPlace<Record: Sendable>: Sendable {
  case ignored
  case header(HeaderMatch<Record>)
  /// To be read with ``HeaderMatch/read(_:)``; the problems are those of the header, with its first row.
  case data(HeaderMatch<Record>, [RowProblem])
}

/// Rows below a header that are still to be read.
public struct DataPiece<Record: Sendable>: Sendable {
  public let match: HeaderMatch<Record>
  /// What is wrong with the header; with its first rows only.
  public let problems: [RowProblem]
  public let rows: RowPiece
}

/// Ends the reading of records where the first row below the header is found.
private struct Enough: Error {}

/// Finds the header in every sheet of a workbook and reads the rows below it.
public struct TableReader<Record: Sendable> {
  private static var rowsSearched: Int { 30 }

  private let search: HeaderSearch<Record>
  private var sheet: String?
  private var rowsSeen = 0
  private var match: HeaderMatch<Record>?
  /// What is wrong with the header, until it is told with the first row.
  private var problems: [RowProblem] = []
  private var headerIsSettled = false
  /// A unit that is said above the table, and the row in which.
  private var unitAbove: (unit: String, row: Int)?
  private var foundAny = false

  public init(_ map: ColumnMap<Record>) { search = HeaderSearch(map) }

  /// The header of the sheet that is being read.
  public var header: HeaderMatch<Record>? { match }

  /// Takes the next row of the workbook and reads it.
  public mutating func take(_ row: SheetRow) -> TableRow<Record> {
    switch place(row) {
    case .ignored: return .ignored
    case .header(let match): return .header(match)
    case .data(let match, let problems):
      let (record, wrong) = match.read(row)
      return .record(record, problems.isEmpty ? wrong : problems + wrong)
    }
  }

  /// Takes the next row and says what it is, leaving the reading to whoever asks (on another thread).
  public mutating func place(_ row: SheetRow) -> RowPlace<Record> {
    if row.sheet != sheet { begin(row.sheet) }
    rowsSeen += 1
    if sheet == guideSheet || row.cells.allSatisfy({ $0.isBlank }) { return .ignored }
    if headerIsSettled, let match {
      return match.isRepeated(in: row) ? .ignored : .data(match, [])
    }
    guard let current = match else {
      guard rowsSeen <= Self.rowsSearched, let header = search.header(row) else {
        noteUnit(above: row)
        return .ignored
      }
      return settle(header)
    }
    if let better = search.header(row), better.match.count > current.count {
      return settle(better)
    }
    if current.isRepeated(in: row) { return .ignored }
    headerIsSettled = true
    return .data(current, problems)
  }

  /// Takes the next piece of the workbook and gives out what of it stands below a header, leaving the
  /// reading to whoever asks (on another thread). Blank rows and repeated headers may be among it, see
  /// ``HeaderMatch/isRepeated(in:)``.
  public mutating func take(
    _ piece: RowPiece, _ give: (DataPiece<Record>) throws -> Void
  ) throws {
    switch piece.content {
    case .rows(let rows): try take(rows, give)
    case .records(let records):
      if headerIsSettled, let match {
        return try give(DataPiece(match: match, problems: [], rows: piece))
      }
      guard let (data, offset, row) = try settle(in: records) else { return }
      let rest = CSVRecords(
        bytes: records.bytes, firstRow: row, separator: records.separator, limits: records.limits,
        start: offset)
      try give(
        DataPiece(
          match: data.match, problems: data.problems, rows: RowPiece(content: .records(rest))))
    }
  }

  private mutating func take(
    _ rows: [SheetRow], _ give: (DataPiece<Record>) throws -> Void
  ) throws {
    var data: [SheetRow] = []
    var head: (match: HeaderMatch<Record>, problems: [RowProblem])?
    for row in rows {
      guard case .data(let match, let problems) = place(row) else { continue }
      if head == nil { head = (match, problems) }
      data.append(row)
    }
    guard let head else { return }
    try give(
      DataPiece(
        match: head.match, problems: head.problems, rows: RowPiece(content: .rows(data))))
  }

  /// Looks for the header, and for the first row below it.
  private mutating func settle(
    in records: CSVRecords
  ) throws -> (data: (match: HeaderMatch<Record>, problems: [RowProblem]), offset: Int, row: Int)? {
    var found: (data: (match: HeaderMatch<Record>, problems: [RowProblem]), offset: Int, row: Int)?
    do {
      try records.forEachRecord { raw in
        guard case .record(_, let offset, _) = raw.content,
          case .data(let match, let problems) = place(try raw.whole())
        else { return }
        found = ((match, problems), offset, raw.number)
        throw Enough()
      }
    } catch is Enough {}
    return found
  }

  /// What is wrong with the workbook as a whole, once all rows are taken: no sheet has a header, or
  /// one has a faulty header and nothing below it.
  public func finish() -> [RowProblem] {
    if match != nil, !headerIsSettled { return problems }
    if foundAny { return [] }
    let required = search.map.columns.filter(\.isRequired)
    let titles = (required.isEmpty ? search.map.columns : required).map(\.title)
    return [
      RowProblem(
        sheet: "", row: 1, column: nil, cause: .headerMissing, shown: "",
        message: "没有找到表头：前\(Self.rowsSearched)行里应有一行列名，其中必须有"
          + titles.joined(separator: "、") + "；请下载模板对照")
    ]
  }

  private mutating func begin(_ name: String) {
    sheet = name
    rowsSeen = 0
    match = nil
    headerIsSettled = false
    unitAbove = nil
  }

  /// 单位：万元, as it stands above many a table.
  private mutating func noteUnit(above row: SheetRow) {
    for case .text(let text) in row.cells {
      let words = String(
        String.UnicodeScalarView(halfWidth(text).unicodeScalars.filter { !isBlank($0) }))
      guard let place = words.firstRange(of: "单位:") else { continue }
      let unit = String(words[place.upperBound...].prefix { !"()（）".contains($0) })
      if TitleUnit(above: unit, .any).places > 0 { unitAbove = (unit, row.number) }
    }
  }

  /// What is said above the table goes for every sum whose own title says nothing.
  private func unitProblems(_ match: HeaderMatch<Record>) -> [RowProblem] {
    guard let (unit, row) = unitAbove else { return [] }
    return match.found.compactMap { place in
      let column = search.map.columns[place.column]
      guard let measure = column.measure, measure != .squareMetres,
        case .text(let title) = match.titles[place.index], !title.contains("元")
      else { return nil }
      return RowProblem(
        sheet: match.sheet, row: row, column: column.title, cause: .unitUnknown, shown: unit,
        message: "表头上方写着“单位：\(unit)”；请把金额换算成元，或在列名里写明单位，如“\(column.title)（\(unit)）”")
    }
  }

  private mutating func settle(
    _ header: (match: HeaderMatch<Record>, problems: [RowProblem])
  ) -> RowPlace<Record> {
    let before = match?.width ?? 0
    match = header.match
    // Above a second row of titles the first may have been wider.
    match?.width = max(header.match.width, before)
    problems = header.problems + unitProblems(header.match)
    foundAny = true
    return .header(match ?? header.match)
  }
}
