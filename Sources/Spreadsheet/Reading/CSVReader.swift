import Glibc

/// Reads records of RFC 4180, and what strays from it as Excel does: any of CR, LF and CRLF ends a
/// record, quotes within a field that does not begin with one are text, and so is what follows a
/// closing quote.
struct CSVReader: ~Copyable {
  private let source: TextBytes
  private let separator: UInt8
  private let limits: ReadLimits
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  private var row = 0
  private var cells: [Cell] = []
  private var column = 0
  /// A quoted field whose bytes do not stand together in the file.
  private var unquoted: [UInt8] = []

  private static let quote = UInt8(ascii: "\"")

  init(source: TextBytes, separator: UInt8, limits: ReadLimits) {
    self.source = source
    self.separator = separator
    self.limits = limits
    buffer = .allocate(capacity: limits.recordBytes + (1 << 18))
  }

  deinit { buffer.deallocate() }

  mutating func read(skippingFirst: Bool, into delivery: RowDelivery) throws {
    // Excel does not count the hint either.
    if skippingFirst { row = -1 }
    while true {
      while let next = try record() {
        start = next
        row += 1
        guard row <= limits.rows else { throw WorkbookError.tooManyRows(limit: limits.rows) }
        if row > 0 {
          let width = cells.count
          try delivery.take(row, cells)
          cells = []
          cells.reserveCapacity(width)
        }
      }
      if isAtEnd {
        guard start == end else { throw WorkbookError.unclosedQuote(row: row + 1) }
        return
      }
      try refill()
    }
  }

  /// Moves the unfinished record to the front and reads on behind it.
  private mutating func refill() throws(WorkbookError) {
    let count = end - start
    guard count <= limits.recordBytes else {
      throw .recordTooLong(row: row + 1, kilobytes: limits.recordBytes >> 10)
    }
    let base = buffer.baseAddress!
    memmove(base, base + start, count)
    start = 0
    end = count
    let room = UnsafeMutableRawBufferPointer(
      rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
    let filled = try source.read(into: room)
    end += filled
    isAtEnd = filled == 0
  }

  /// Reads the record at `start` into `cells`; where the next one begins, or nil when its end is not
  /// in the buffer.
  private mutating func record() throws(WorkbookError) -> Int? {
    cells.removeAll(keepingCapacity: true)
    column = 0
    var position = start
    if position == end { return nil }
    while true {
      guard let fieldEnd = try field(position) else { return nil }
      position = fieldEnd
      if position == end { return isAtEnd ? end : nil }
      let byte = buffer[position]
      position += 1
      if byte == separator { continue }
      if byte == UInt8(ascii: "\n") { return position }
      if position == end { return isAtEnd ? end : nil }
      return buffer[position] == UInt8(ascii: "\n") ? position + 1 : position
    }
  }

  /// Reads the field at a position; where it ends, or nil when that is not in the buffer.
  private mutating func field(_ from: Int) throws(WorkbookError) -> Int? {
    if from < end, buffer[from] == Self.quote { return try quotedField(from) }
    let to = plainEnd(from)
    if to == end, !isAtEnd { return nil }
    try append(UnsafeBufferPointer(rebasing: buffer[from..<to]))
    return to
  }

  private mutating func quotedField(_ from: Int) throws(WorkbookError) -> Int? {
    unquoted.removeAll(keepingCapacity: true)
    var position = from + 1
    while true {
      let close = quoteEnd(position)
      if close == end { return nil }
      unquoted += buffer[position..<close]
      position = close + 1
      if position < end, buffer[position] == Self.quote {
        unquoted.append(Self.quote)
        position += 1
      } else if position == end, !isAtEnd {
        return nil
      } else {
        break
      }
    }
    let to = plainEnd(position)
    if to == end, !isAtEnd { return nil }
    unquoted += buffer[position..<to]
    let bytes = unquoted
    unquoted = []
    try bytes.withUnsafeBufferPointer { (bytes) throws(WorkbookError) in try append(bytes) }
    unquoted = bytes
    return to
  }

  private func plainEnd(_ from: Int) -> Int {
    var position = from
    while position < end {
      let byte = buffer[position]
      if byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      position += 1
    }
    return position
  }

  private func quoteEnd(_ from: Int) -> Int {
    guard from < end, let found = memchr(buffer.baseAddress! + from, Int32(Self.quote), end - from)
    else { return end }
    return UnsafeRawPointer(buffer.baseAddress!).distance(to: UnsafeRawPointer(found))
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
    column += 1
    if bytes.isEmpty { return }
    guard column <= limits.columns else {
      throw .tooManyColumns(sheet: "", row: row + 1, limit: limits.columns)
    }
    let text = String(decoding: unprotected(bytes), as: UTF8.self)
    if bytes.count > limits.cellCharacters, text.utf16.count > limits.cellCharacters {
      throw .cellTooLong(sheet: "", row: row + 1, column: column, limit: limits.cellCharacters)
    }
    while cells.count < column - 1 { cells.append(.empty) }
    cells.append(.text(text))
  }
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
