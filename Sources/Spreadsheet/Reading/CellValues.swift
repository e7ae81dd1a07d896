import Domain

/// What cells of a workbook's XML mean.
struct CellValues {
  let strings: SharedStrings
  let formats: CellFormats
  let dateSystem: DateSystem

  /// - Throws: `damaged` when the text that the cell refers to is missing.
  func cell(
    _ type: CellType, _ text: UnsafeBufferPointer<UInt8>, format: Int
  ) throws(WorkbookError) -> Cell {
    let text = type == .string ? text : stripped(text)
    if text.isEmpty { return .empty }
    switch type {
    case .number: return number(text, format: format)
    case .sharedString:
      guard let index = wholeNumber(text), let cell = strings[index] else { throw .damaged }
      return cell
    case .string: return .text(String(decoding: text, as: UTF8.self))
    case .bool: return .bool(text[0] == UInt8(ascii: "1") || text[0] == UInt8(ascii: "t"))
    case .failure: return .failure(String(decoding: text, as: UTF8.self))
    case .date:
      let written = String(decoding: text, as: UTF8.self)
      return DayMoment(written: written)?.cell ?? .text(written)
    }
  }

  private func number(_ text: UnsafeBufferPointer<UInt8>, format: Int) -> Cell {
    guard let value = double(text) else { return .text(String(decoding: text, as: UTF8.self)) }
    // From here on not every whole number has a double, and spreadsheets show 15 digits.
    guard value.magnitude < 1e15 else { return .longNumber(String(decoding: text, as: UTF8.self)) }
    guard format > 0 else { return .number(value) }
    switch formats.look(format) {
    case .plain: return .number(value)
    case .date(let hidden):
      guard let moment = DayMoment(serial: value, dateSystem) else { return .number(value) }
      return hidden.map { .partialDay(moment.day, hides: $0) } ?? moment.cell
    case .shaped(let shape):
      let shown = shape.shown(value)
      return shown == plainNumber(value) ? .number(value) : .formatted(value, shown: shown)
    }
  }
}

/// The kinds of cell (ECMA-376 part 1, 18.18.11); `string` stands for those of formulas and for
/// inline ones.
enum CellType {
  case number, sharedString, string, bool, failure, date

  init(_ name: XMLName) {
    if name == "s" {
      self = .sharedString
    } else if name == "str" || name == "inlineStr" {
      self = .string
    } else if name == "b" {
      self = .bool
    } else if name == "e" {
      self = .failure
    } else {
      self = name == "d" ? .date : .number
    }
  }
}

extension Day {
  /// The day of a date serial; nil for what is only a time, or no day at all: serial 60 of the
  /// system from 1900 is 29 February of a year that had none.
  init?(serial: Double, _ system: DateSystem) {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    let whole = Int(serial)
    switch system {
    case .from1904:
      self = Day(year: 1904, month: 1, day: 1)! + whole
    case .from1900:
      guard whole >= 1, whole != 60 else { return nil }
      self = Day(year: 1899, month: 12, day: whole < 60 ? 31 : 30)! + whole
    }
    guard year <= 9999 else { return nil }
  }
}

/// Without the white space that XML Schema allows around everything but text.
private func stripped(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  guard let first = text.first, let last = text.last, first <= 0x20 || last <= 0x20 else {
    return text
  }
  let inner = text.drop { $0 <= 0x20 }
  let end = inner.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? inner.startIndex
  return UnsafeBufferPointer(rebasing: text[inner.startIndex..<end])
}

private func wholeNumber(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
  guard text.count <= 12 else { return nil }
  var value = 0
  for byte in text {
    guard byte >= 0x30, byte <= 0x39 else { return nil }
    value = value * 10 + Int(byte) - 0x30
  }
  return value
}

/// Reads a number as XML Schema writes it; nil when it is none.
func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
  var mantissa = 0
  var digits = 0
  var decimals = 0
  var hasPoint = false
  var position = 0
  let isNegative = text[0] == UInt8(ascii: "-")
  if isNegative { position = 1 }
  while position < text.count {
    let byte = text[position]
    if byte >= 0x30, byte <= 0x39 {
      mantissa = mantissa * 10 + Int(byte) - 0x30
      digits += 1
      if hasPoint { decimals += 1 }
      if digits > 15 { return slowDouble(text) }
    } else if byte == UInt8(ascii: "."), !hasPoint {
      hasPoint = true
    } else {
      return slowDouble(text)
    }
    position += 1
  }
  guard digits > 0 else { return nil }
  // Both are exact, so that their quotient is the nearest double.
  let value = Double(mantissa) / powersOfTen[decimals]
  return isNegative ? -value : value
}

private let powersOfTen: [Double] = (0...15).map { exponent in
  (0..<exponent).reduce(1) { value, _ in value * 10 }
}

private func slowDouble(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
  let isPlain = text.allSatisfy { byte in
    switch byte {
    case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"): true
    case UInt8(ascii: "e"), UInt8(ascii: "E"): true
    default: false
    }
  }
  return isPlain ? Double(String(decoding: text, as: UTF8.self)) : nil
}
