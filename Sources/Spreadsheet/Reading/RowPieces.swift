/// Rows of a workbook that follow each other, in the order of the file.
///
/// Looking through a piece needs nothing but the piece, so that several threads can do it at once; the
/// rows of a CSV file are not even taken apart before somebody asks for their cells.
public struct RowPiece: Sendable {
  enum Content: Sendable {
    case rows([SheetRow])
    case records(CSVRecords)
  }

  let content: Content

  /// About how many bytes of a CSV file it is; 0 for other files.
  public var size: Int {
    if case .records(let records) = content { records.bytes.count } else { 0 }
  }

  /// Gives every row, blank ones included.
  public func forEachRow(_ body: (RawRow) throws -> Void) throws {
    switch content {
    case .rows(let rows):
      for row in rows { try body(RawRow(content: .row(row), number: row.number)) }
    case .records(let records): try records.forEachRecord(body)
    }
  }
}

/// A row that is not taken apart yet; valid only while it is given.
public struct RawRow {
  enum Content {
    case row(SheetRow)
    case record(UnsafeBufferPointer<UInt8>, offset: Int, CSVRecords)
  }

  let content: Content
  /// As the program that made the file numbers it, from 1.
  public let number: Int

  /// One cell of it, by its place from 0.
  public func cell(at index: Int) throws(WorkbookError) -> Cell {
    switch content {
    case .row(let row): return index < row.cells.count ? row.cells[index] : .empty
    case .record(let bytes, _, let records):
      var field = CSVOneField(index: index, row: number, limits: records.limits)
      var scanner = CSVScanner(separator: records.separator)
      _ = try scanner.record(bytes, from: 0, isWhole: true, into: &field)
      return field.cell
    }
  }

  /// All of it.
  public func whole() throws(WorkbookError) -> SheetRow {
    switch content {
    case .row(let row): return row
    case .record(let bytes, _, let records):
      var cells = CSVCells(limits: records.limits)
      cells.row = number
      var scanner = CSVScanner(separator: records.separator)
      _ = try scanner.record(bytes, from: 0, isWhole: true, into: &cells)
      return SheetRow(sheet: "", number: number, cells: cells.taken())
    }
  }
}

/// Whole records of a CSV file, as they stand in it.
struct CSVRecords: Sendable {
  let bytes: [UInt8]
  /// The number of the first; 0 where that only says what the separator is.
  let firstRow: Int
  let separator: UInt8
  let limits: ReadLimits
  /// Where to begin.
  var start = 0

  func forEachRecord(_ body: (RawRow) throws -> Void) throws {
    try bytes.withUnsafeBufferPointer { bytes in
      var scanner = CSVScanner(separator: separator)
      var nothing = CSVNothing()
      var position = start
      var row = firstRow
      while let next = try scanner.record(bytes, from: position, isWhole: true, into: &nothing) {
        if row > 0 {
          let record = UnsafeBufferPointer(rebasing: bytes[position..<next])
          try body(RawRow(content: .record(record, offset: position, self), number: row))
        }
        position = next
        row += 1
      }
    }
  }
}

/// Makes a cell of one field and passes over the others.
private struct CSVOneField: CSVFields {
  let index: Int
  let row: Int
  let limits: ReadLimits
  var cell = Cell.empty
  private var column = 0

  init(index: Int, row: Int, limits: ReadLimits) {
    self.index = index
    self.row = row
    self.limits = limits
  }

  mutating func begin() { column = 0 }

  mutating func take(_ field: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
    if column == index { cell = try csvCell(field, limits, row: row, column: index + 1) }
    column += 1
  }
}

extension Workbook {
  /// Gives the rows as ``forEachRow(limits:_:)`` does, in pieces that other threads can look through.
  ///
  /// - Throws: ``WorkbookError``, perhaps after some pieces; whatever `body` throws.
  public func forEachPiece(
    limits: ReadLimits? = nil, _ body: (RowPiece) throws -> Void
  ) throws {
    if let format = csvFormat {
      try format.pieces(path: path, limits: limits ?? self.limits) {
        try body(RowPiece(content: .records($0)))
      }
      return
    }
    var rows: [SheetRow] = []
    func flush() throws {
      if !rows.isEmpty { try body(RowPiece(content: .rows(rows))) }
      rows.removeAll(keepingCapacity: true)
    }
    try forEachRow(limits: limits) { row in
      if rows.count == 500 || rows.last.map({ $0.sheet != row.sheet }) == true { try flush() }
      rows.append(row)
    }
    try flush()
  }
}
