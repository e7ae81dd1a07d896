import Glibc

/// Takes the fields of a record as they are found.
protocol CSVFields {
  /// A record begins.
  mutating func begin()
  /// - Parameter field: without the quotes around it; valid during the call.
  mutating func take(_ field: UnsafeBufferPointer<UInt8>) throws(WorkbookError)
}

/// Takes records apart by RFC 4180, and by what strays from it as Excel does: any of CR, LF and CRLF
/// ends a record, quotes within a field that does not begin with one are text, and so is what follows a
/// closing quote.
struct CSVScanner {
  let separator: UInt8
  /// A quoted field whose bytes do not stand together in the file.
  private var unquoted: [UInt8] = []

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(separator: UInt8) { self.separator = separator }

  /// Reads the record at a position; where the next one begins, or nil when its end is not there.
  ///
  /// - Parameter isWhole: whether nothing follows the bytes.
  mutating func record<Fields: CSVFields>(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isWhole: Bool, into fields: inout Fields
  ) throws(WorkbookError) -> Int? {
    fields.begin()
    var position = start
    if position == bytes.count { return nil }
    while true {
      guard let fieldEnd = try field(bytes, position, isWhole, &fields) else { return nil }
      position = fieldEnd
      if position == bytes.count { return isWhole ? position : nil }
      let byte = bytes[position]
      position += 1
      if byte == separator { continue }
      if byte == Self.lineFeed { return position }
      if position == bytes.count { return isWhole ? position : nil }
      return bytes[position] == Self.lineFeed ? position + 1 : position
    }
  }

  /// Reads the field at a position; where it ends, or nil when that is not there.
  private mutating func field<Fields: CSVFields>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ isWhole: Bool, _ fields: inout Fields
  ) throws(WorkbookError) -> Int? {
    if from < bytes.count, bytes[from] == Self.quote {
      return try quotedField(bytes, from, isWhole, &fields)
    }
    let to = plainEnd(bytes, from)
    if to == bytes.count, !isWhole { return nil }
    try fields.take(UnsafeBufferPointer(rebasing: bytes[from..<to]))
    return to
  }

  private mutating func quotedField<Fields: CSVFields>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ isWhole: Bool, _ fields: inout Fields
  ) throws(WorkbookError) -> Int? {
    unquoted.removeAll(keepingCapacity: true)
    var position = from + 1
    while true {
      let close = Self.quoteEnd(bytes, position)
      if close == bytes.count { return nil }
      unquoted += bytes[position..<close]
      position = close + 1
      if position < bytes.count, bytes[position] == Self.quote {
        unquoted.append(Self.quote)
        position += 1
      } else if position == bytes.count, !isWhole {
        return nil
      } else {
        break
      }
    }
    let to = plainEnd(bytes, position)
    if to == bytes.count, !isWhole { return nil }
    unquoted += bytes[position..<to]
    let field = unquoted
    unquoted = []
    try field.withUnsafeBufferPointer { (field) throws(WorkbookError) in try fields.take(field) }
    unquoted = field
    return to
  }

  private func plainEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
    var position = from
    while position < bytes.count {
      let byte = bytes[position]
      if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn { break }
      position += 1
    }
    return position
  }

  private static func quoteEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
    guard from < bytes.count,
      let found = memchr(bytes.baseAddress! + from, Int32(quote), bytes.count - from)
    else { return bytes.count }
    return UnsafeRawPointer(bytes.baseAddress!).distance(to: UnsafeRawPointer(found))
  }
}

/// Makes cells of fields.
struct CSVCells: CSVFields {
  let limits: ReadLimits
  /// The record that is being read, for messages; from 1.
  var row = 0
  private var cells: [Cell] = []
  private var column = 0

  init(limits: ReadLimits) { self.limits = limits }

  mutating func begin() {
    cells.removeAll(keepingCapacity: true)
    column = 0
  }

  mutating func take(_ field: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
    column += 1
    if field.isEmpty { return }
    guard column <= limits.columns else {
      throw .tooManyColumns(sheet: "", row: row, limit: limits.columns)
    }
    let cell = try csvCell(field, limits, row: row, column: column)
    while cells.count < column - 1 { cells.append(.empty) }
    cells.append(cell)
  }

  /// The cells of the record, with room for as many of the next.
  mutating func taken() -> [Cell] {
    let result = cells
    cells = []
    cells.reserveCapacity(result.count)
    return result
  }
}

/// Passes over the fields.
struct CSVNothing: CSVFields {
  mutating func begin() {}
  mutating func take(_ field: UnsafeBufferPointer<UInt8>) {}
}

/// Makes a cell of one field.
func csvCell(
  _ field: UnsafeBufferPointer<UInt8>, _ limits: ReadLimits, row: Int, column: Int
) throws(WorkbookError) -> Cell {
  // The mark with which programs of DOS end a text.
  var field = field
  if field.last == 0x1A { field = UnsafeBufferPointer(rebasing: field.dropLast()) }
  if field.isEmpty { return .empty }
  let text = String(decoding: unprotected(field), as: UTF8.self)
  if field.count > limits.cellCharacters, text.utf16.count > limits.cellCharacters {
    throw .cellTooLong(sheet: "", row: row, column: column, limit: limits.cellCharacters)
  }
  return .text(text)
}

/// A field without what keeps spreadsheet programs from taking it for a formula or a number: one
/// quote mark in front of `=`, `+`, `-`, `@`, tab and CR, a tab in front of digits, or `="…"` around
/// them.
private func unprotected(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  switch field[0] {
  case UInt8(ascii: "'"):
    guard let first = field.first(where: { $0 != UInt8(ascii: "'") }), startsFormula(first)
    else { return field }
    return UnsafeBufferPointer(rebasing: field.dropFirst())
  case UInt8(ascii: "\t"):
    guard field.count > 1, field[1] == UInt8(ascii: ".") || 0x30...0x39 ~= field[1] else {
      return field
    }
    return UnsafeBufferPointer(rebasing: field.dropFirst())
  case UInt8(ascii: "="):
    let quote = UInt8(ascii: "\"")
    guard field.count > 3, field[1] == quote, field[field.count - 1] == quote else { return field }
    let inner = field[2..<(field.count - 1)]
    return inner.contains(quote) ? field : UnsafeBufferPointer(rebasing: inner)
  default:
    return field
  }
}

private func startsFormula(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 13: true
  default: false
  }
}
