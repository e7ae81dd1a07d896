/// Reads ASCII digits as a decimal number; nil when there is anything else, nothing, or too much.
package func decimal(_ bytes: some Collection<UInt8>) -> Int? {
  guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
  var value = 0
  for byte in bytes {
    guard isDigit(byte) else { return nil }
    value = value * 10 + Int(byte - UInt8(ascii: "0"))
  }
  return value
}

/// A number with zeros in front up to a width.
package func padded(_ value: Int, _ width: Int) -> String {
  (value < 0 ? "-" : "") + padded(String(value.magnitude), to: width)
}

/// Digits with zeros in front up to a width.
func padded(_ digits: String, to width: Int) -> String {
  String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// Full-width letters, digits and signs (U+FF01...U+FF5E) and the ideographic space as their ASCII
/// counterparts, as old data and Chinese keyboards mix both.
package func halfWidth(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0xFF01...0xFF5E: result.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
    case 0x3000: result.append(" ")
    default: result.append(scalar)
    }
  }
  return String(result)
}

/// Signs that people put between groups of digits: spaces, hyphens and dashes, and invisible marks.
func isGroupingSign(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x2D, 0xAD, 0x2010...0x2015, 0x2212, 0x200B...0x200F, 0x2060, 0xFEFF: true
  default: scalar.properties.isWhitespace
  }
}

/// Half-width text without grouping signs.
package func compacted(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  result.append(contentsOf: halfWidth(text).unicodeScalars.filter { !isGroupingSign($0) })
  return String(result)
}

/// Bytes in lower-case hexadecimal.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
  return String(decoding: text, as: UTF8.self)
}

/// Whether it is one of the digits that ``hexadecimal(_:)`` writes.
package func isHexadecimal(_ byte: UInt8) -> Bool {
  isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
}

/// The bytes that hexadecimal digits in lower case stand for; nil when there is anything else.
package func bytes(hexadecimal text: some StringProtocol) -> [UInt8]? {
  let digits = Array(text.utf8)
  guard digits.count.isMultiple(of: 2), digits.allSatisfy({ isHexadecimal($0) }) else { return nil }
  return stride(from: 0, to: digits.count, by: 2).compactMap {
    UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
  }
}
