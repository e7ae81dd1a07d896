import Glibc

/// Reads the records of a CSV file one after the other, of whatever size the file is.
struct CSVReader: ~Copyable {
  private let source: TextBytes
  private let limits: ReadLimits
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private var scanner: CSVScanner
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  private var row = 0

  private static let refillSize = 1 << 18

  init(source: TextBytes, separator: UInt8, limits: ReadLimits) {
    self.source = source
    self.limits = limits
    scanner = CSVScanner(separator: separator)
    buffer = .allocate(capacity: limits.recordBytes + Self.refillSize)
  }

  deinit { buffer.deallocate() }

  /// Takes every record apart.
  mutating func read(skippingFirst: Bool, into delivery: RowDelivery) throws {
    // Excel does not count the hint either.
    if skippingFirst { row = -1 }
    var cells = CSVCells(limits: limits)
    while true {
      cells.row = row + 1
      while let next = try scanner.record(filled, from: start, isWhole: isAtEnd, into: &cells) {
        start = next
        try count(1)
        if row > 0 { try delivery.take(row, cells.taken()) }
        cells.row = row + 1
      }
      if try isOver() { return }
    }
  }

  /// Gives the records in runs, each whole, and leaves taking them apart to others.
  mutating func pieces(skippingFirst: Bool, _ body: (CSVRecords) throws -> Void) throws {
    if skippingFirst { row = -1 }
    while true {
      let (first, from) = (row + 1, start)
      try passOver()
      if start > from {
        try body(
          CSVRecords(
            bytes: Array(filled[from..<start]), firstRow: first, separator: scanner.separator,
            limits: limits))
      }
      if try isOver() { return }
    }
  }

  private var filled: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: buffer[..<end])
  }

  private mutating func count(_ rows: Int) throws {
    row += rows
    guard row <= limits.rows else { throw WorkbookError.tooManyRows(limit: limits.rows) }
  }

  /// Whether the file is; reads on otherwise.
  private mutating func isOver() throws(WorkbookError) -> Bool {
    guard isAtEnd else {
      try refill()
      return false
    }
    guard start == end else { throw .unclosedQuote(row: row + 1) }
    return true
  }

  /// Goes to the last end of a record that is in the buffer.
  private mutating func passOver() throws {
    if let (lines, to) = plainLines() {
      start = to
      try count(lines)
    }
    var nothing = CSVNothing()
    while let next = try scanner.record(filled, from: start, isWhole: isAtEnd, into: &nothing) {
      start = next
      try count(1)
    }
  }

  /// How many lines end in the buffer, and where the last one does, if a line is a record: no quotes,
  /// and no CR that stands alone.
  private func plainLines() -> (lines: Int, end: Int)? {
    let rest = UnsafeBufferPointer(rebasing: filled[start...])
    guard let base = rest.baseAddress, memchr(base, Int32(UInt8(ascii: "\"")), rest.count) == nil,
      let last = rest.lastIndex(of: UInt8(ascii: "\n"))
    else { return nil }
    let size = last + 1
    var lines = 0
    var returns = 0
    var pairs = 0
    for index in 0..<size {
      lines &+= rest[index] == UInt8(ascii: "\n") ? 1 : 0
      returns &+= rest[index] == UInt8(ascii: "\r") ? 1 : 0
    }
    if returns > 0 {
      for index in 1..<size {
        pairs &+= rest[index] == UInt8(ascii: "\n") && rest[index - 1] == UInt8(ascii: "\r") ? 1 : 0
      }
    }
    return returns == pairs ? (lines, start + size) : nil
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
}
