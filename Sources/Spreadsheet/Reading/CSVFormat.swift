/// How a CSV file is written: its encoding and what stands between its fields.
struct CSVFormat {
  private let text: TextFormat
  private let separator: UInt8
  /// Whether the first line only says what the separator is: `sep=;`, for Excel.
  private let hasHint: Bool

  var encoding: TextEncoding { text.encoding }

  init(path: String, limits: ReadLimits) throws(WorkbookError) {
    let file = try FileBytes(path: path)
    text = try TextFormat(file: file, limits: limits)
    let head = try Self.head(file, text)
    if head.contains(0) { throw .unknownFormat }
    if head.allSatisfy({ $0 == 10 || $0 == 13 || $0 == 32 || $0 == 9 }), head.count < Self.headSize
    {
      throw .empty
    }
    if head.starts(with: Array("sep=".utf8)), head.count > 5, head[5] == 10 || head[5] == 13 {
      separator = head[4]
      hasHint = true
    } else {
      separator = likelySeparator(head)
      hasHint = false
    }
  }

  private static let headSize = 1 << 16

  private static func head(
    _ file: FileBytes, _ format: TextFormat
  ) throws(WorkbookError) -> [UInt8] {
    let text = try TextBytes(file: file, format: format)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: headSize, alignment: 16)
    defer { buffer.deallocate() }
    return Array(buffer[..<(try text.read(into: buffer))])
  }

  func read(path: String, limits: ReadLimits, into delivery: RowDelivery) throws {
    delivery.begin(sheet: "", dateSystem: .from1900)
    var reader = try reader(path: path, limits: limits)
    try reader.read(skippingFirst: hasHint, into: delivery)
  }

  /// Gives the records in runs that are not taken apart.
  func pieces(path: String, limits: ReadLimits, _ body: (CSVRecords) throws -> Void) throws {
    var reader = try reader(path: path, limits: limits)
    try reader.pieces(skippingFirst: hasHint, body)
  }

  private func reader(path: String, limits: ReadLimits) throws(WorkbookError) -> CSVReader {
    let source = try TextBytes(file: try FileBytes(path: path), format: text)
    return CSVReader(source: source, separator: separator, limits: limits)
  }
}

/// The one of comma, tab and semicolon that stands most often outside of quotes in the first lines;
/// the comma when none does.
private func likelySeparator(_ head: [UInt8]) -> UInt8 {
  var counts: [UInt8: Int] = [:]
  var lines = 0
  var isQuoted = false
  for byte in head where lines < 30 {
    switch byte {
    case UInt8(ascii: "\""): isQuoted.toggle()
    case UInt8(ascii: "\n") where !isQuoted: lines += 1
    case UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";"):
      if !isQuoted { counts[byte, default: 0] += 1 }
    default: break
    }
  }
  let best = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
    .max { counts[$0, default: 0] < counts[$1, default: 0] }
  guard let best, counts[best, default: 0] > counts[UInt8(ascii: ","), default: 0] else {
    return UInt8(ascii: ",")
  }
  return best
}
