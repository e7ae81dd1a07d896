extension [UInt8] {
  /// Appends the string's UTF-8 bytes as they are.
  mutating func append(contentsOf string: StaticString) {
    string.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// Appends the string's UTF-8 bytes as they are.
  @usableFromInline
  mutating func append(verbatim string: String) {
    var string = string
    string.withUTF8 { append(contentsOf: $0) }
  }

  /// Appends text with the five characters that have a meaning in HTML escaped.
  ///
  /// Scans bytes and copies the runs between two escapes: most text has none.
  mutating func appendEscaped(_ text: String) {
    var text = text
    text.withUTF8 { appendEscaped($0) }
  }

  private mutating func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>) {
    var runStart = 0
    for index in bytes.indices {
      guard let escape = Self.escape(for: bytes[index]) else { continue }
      append(contentsOf: bytes[runStart..<index])
      append(contentsOf: escape)
      runStart = index + 1
    }
    append(contentsOf: bytes[runStart...])
  }

  @inline(__always)
  private static func escape(for byte: UInt8) -> StaticString? {
    // All five lie at or below ">", which letters and Chinese text pass in one comparison.
    guard byte <= UInt8(ascii: ">") else { return nil }
    return switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
  }
}
