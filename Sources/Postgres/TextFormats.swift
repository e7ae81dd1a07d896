/// COPY's text format: backslash escapes for what would end a field or a row.
enum CopyText {
  static func write(_ text: String, to buffer: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): buffer += [byte, byte]
      case UInt8(ascii: "\n"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case UInt8(ascii: "\r"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
      case UInt8(ascii: "\t"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
      default: buffer.append(byte)
      }
    }
  }
}

/// `bytea` in its hex form, `\x0aff`.
enum Hex {
  static func write(_ bytes: [UInt8], to buffer: inout [UInt8]) {
    buffer.reserveCapacity(buffer.count + bytes.count * 2 + 2)
    buffer += [UInt8(ascii: "\\"), UInt8(ascii: "x")]
    append(bytes, to: &buffer)
  }

  /// In lower case, without a prefix.
  static func digits(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    append(bytes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private static func append(_ bytes: some Sequence<UInt8>, to buffer: inout [UInt8]) {
    for byte in bytes {
      buffer.append(digit(byte >> 4))
      buffer.append(digit(byte & 15))
    }
  }

  static func read(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard text.count >= 2, text.count % 2 == 0, text[0] == UInt8(ascii: "\\"),
      text[1] == UInt8(ascii: "x")
    else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2 - 1)
    for index in stride(from: 2, to: text.count, by: 2) {
      guard let high = value(text[index]), let low = value(text[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? value + UInt8(ascii: "0") : value - 10 + UInt8(ascii: "a")
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// One-dimensional PostgreSQL arrays, `{1,"a b",NULL}`.
enum ArrayText {
  static func write(_ parameters: some Sequence<Parameter>) -> String {
    var text: [UInt8] = [UInt8(ascii: "{")]
    for parameter in parameters {
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      switch parameter.value {
      case .null: text += "NULL".utf8
      case .text(let element): quote(element.utf8, to: &text)
      case .binary(let bytes):
        var hex: [UInt8] = []
        Hex.write(bytes, to: &hex)
        quote(hex, to: &text)
      }
    }
    text.append(UInt8(ascii: "}"))
    return String(decoding: text, as: UTF8.self)
  }

  private static func quote(_ element: some Sequence<UInt8>, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for byte in element {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        text.append(UInt8(ascii: "\\"))
      }
      text.append(byte)
    }
    text.append(UInt8(ascii: "\""))
  }

  /// The elements' texts, nil for NULL; nil as a whole for what is not a one-dimensional array.
  static func read(_ text: UnsafeBufferPointer<UInt8>) -> [[UInt8]?]? {
    guard text.count >= 2, text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") else {
      return nil
    }
    var elements: [[UInt8]?] = []
    var index = 1
    let end = text.count - 1
    while index < end {
      guard let element = readElement(text, &index, end) else { return nil }
      elements.append(element.isNull ? nil : element.bytes)
      if index < end {
        guard text[index] == UInt8(ascii: ","), index + 1 < end else { return nil }
        index += 1
      }
    }
    return elements
  }

  private static func readElement(
    _ text: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ end: Int
  ) -> (bytes: [UInt8], isNull: Bool)? {
    var bytes: [UInt8] = []
    let isQuoted = text[index] == UInt8(ascii: "\"")
    if isQuoted { index += 1 }
    while index < end {
      let byte = text[index]
      if isQuoted ? byte == UInt8(ascii: "\"") : byte == UInt8(ascii: ",") { break }
      if !isQuoted, byte == UInt8(ascii: "{") { return nil }
      if byte == UInt8(ascii: "\\") { index += 1 }
      guard index < end else { return nil }
      bytes.append(text[index])
      index += 1
    }
    if isQuoted {
      guard index < end else { return nil }
      index += 1
    }
    return (bytes, !isQuoted && bytes.elementsEqual("NULL".utf8))
  }
}

/// A number that is not negative, with zeros in front up to a width.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
