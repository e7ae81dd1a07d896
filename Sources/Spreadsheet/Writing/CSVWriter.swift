import Domain

/// Writes CSV that opens in Chinese Excel: UTF-8 with a byte-order mark, CRLF, commas, quotes where they
/// are needed.
///
/// Text stays text there: what begins like a formula gets a `'` in front, and what a spreadsheet program
/// would take for a date or a number with digits to lose gets a tab. The reader takes both off.
public final class CSVWriter: TableWriter {
  private static var chunk: Int { 64 << 10 }

  private let send: ([UInt8]) throws -> Void
  private var buffer: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// - Parameter send: takes the bytes as they come, in pieces of about 64 KiB
  public init(_ send: @escaping ([UInt8]) throws -> Void) {
    self.send = send
    buffer.reserveCapacity(Self.chunk + 4_096)
  }

  public func title(_ text: String) throws { try row([.text(text)]) }

  public func header(_ titles: [String]) throws { try row(titles.map(Cell.text)) }

  public func row(_ cells: [Cell]) throws {
    for index in cells.indices {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      write(cells[index])
    }
    buffer.append(UInt8(ascii: "\r"))
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.chunk { try flush() }
  }

  public func finish() throws { try flush() }

  private func flush() throws {
    guard !buffer.isEmpty else { return }
    try send(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ cell: Cell) {
    switch cell {
    case .empty: break
    case .text(var text): text.withUTF8 { write($0) }
    case .longNumber(var text): text.withUTF8 { write($0) }
    case .number(let number): buffer += plainNumber(number).utf8
    case .day(let day): buffer += day.iso.utf8
    case .partialDay, .moment, .formatted: write(.text(cell.plainText))
    case .bool(let value): buffer += (value ? "TRUE" : "FALSE").utf8
    case .failure(let text): buffer += text.utf8
    }
  }

  private func write(_ text: UnsafeBufferPointer<UInt8>) {
    let mark = CSVGuard.mark(before: text)
    let needsQuotes = mark == UInt8(ascii: "\t") || text.contains { CSVGuard.wantsQuotes($0) }
    if !needsQuotes {
      if let mark { buffer.append(mark) }
      buffer.append(contentsOf: text)
      return
    }
    let quote = UInt8(ascii: "\"")
    buffer.append(quote)
    if let mark { buffer.append(mark) }
    for byte in text {
      if byte == quote { buffer.append(quote) }
      buffer.append(byte)
    }
    buffer.append(quote)
  }
}

/// What has to stand before a text so that spreadsheet programs leave it as it is.
enum CSVGuard {
  static func wantsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte < 0x20
  }

  /// `'` before a formula, a tab before what would be read as a number or date, nil before the rest.
  static func mark(before text: UnsafeBufferPointer<UInt8>) -> UInt8? {
    guard let first = text.first else { return nil }
    if first.isDigit || first == UInt8(ascii: ".") {
      return isNumberLike(text) ? UInt8(ascii: "\t") : nil
    }
    // A text that already has the mark gets another, so that taking one off gives it back.
    let start = text.first { $0 != UInt8(ascii: "'") }
    return start.map(beginsFormula) == true ? UInt8(ascii: "'") : nil
  }

  /// The characters with which a cell becomes a formula or is cut. Source: OWASP, CSV Injection.
  static func beginsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      true
    default: false
    }
  }

  /// `350423198001010011`, `0598`, `1-2`, `12E3`: read as numbers or dates they would be something else.
  /// `201` is not among them.
  private static func isNumberLike(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var digits = 0
    for byte in text {
      if byte.isDigit { digits += 1 } else if !byte.isNumeric { return false }
    }
    let losesDigits = digits >= 12 || text[0] == UInt8(ascii: "0") && text.count > 1
    return losesDigits || digits < text.count
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  /// Digits and the signs with which numbers, dates and times are written.
  fileprivate var isNumeric: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "e"), UInt8(ascii: "E"),
      UInt8(ascii: "%"):
      true
    default: false
    }
  }
}
