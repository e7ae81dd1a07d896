import FoundationEssentials

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

/// `timestamptz` in UTC and DateStyle ISO: `2021-08-01 12:34:56.123456+00`.
enum TimestampText {
  private static let microsecondsADay = 86_400_000_000

  static func write(_ date: Date) -> String? {
    let seconds = date.timeIntervalSince1970
    guard seconds.isFinite, abs(seconds) < 1e12 else { return nil }
    let whole = seconds.rounded(.down)
    let total = Int(whole) * 1_000_000 + Int(((seconds - whole) * 1_000_000).rounded())
    var days = total / microsecondsADay
    var rest = total % microsecondsADay
    if rest < 0 {
      rest += microsecondsADay
      days -= 1
    }
    let day = CivilDay(daysSince1970: days)
    guard (1...9999).contains(day.year) else { return nil }
    let clock = rest / 1_000_000
    return "\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2)) "
      + "\(padded(clock / 3600, 2)):\(padded(clock / 60 % 60, 2)):\(padded(clock % 60, 2))."
      + "\(padded(rest % 1_000_000, 6))+00"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  static func read(_ text: UnsafeBufferPointer<UInt8>) -> Date? {
    var scanner = DigitScanner(text: text)
    guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2),
      scanner.skip("-"), let day = scanner.number(2), scanner.skip(" "),
      let hour = scanner.number(2), scanner.skip(":"), let minute = scanner.number(2),
      scanner.skip(":"), let second = scanner.number(2)
    else { return nil }
    var fraction = 0
    if scanner.skip(".") {
      guard let microseconds = scanner.fraction(6) else { return nil }
      fraction = microseconds
    }
    guard scanner.skip("+"), scanner.number(2) == 0, scanner.isAtEnd else { return nil }
    let days = CivilDay(year: year, month: month, day: day).daysSince1970
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
    return Date(timeIntervalSince1970: Double(seconds) + Double(fraction) / 1_000_000)
  }
}

/// Reads fixed runs of digits.
private struct DigitScanner {
  let text: UnsafeBufferPointer<UInt8>
  var index = 0

  var isAtEnd: Bool { index == text.count }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard index < text.count, text[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  mutating func number(_ width: Int) -> Int? {
    guard index + width <= text.count else { return nil }
    var value = 0
    for _ in 0..<width {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
      index += 1
    }
    return value
  }

  /// Digits of a decimal fraction, scaled to `places`.
  mutating func fraction(_ places: Int) -> Int? {
    var value = 0
    var count = 0
    while index < text.count, count < places {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value * 10 + Int(digit)
      index += 1
      count += 1
    }
    guard count > 0 else { return nil }
    for _ in count..<places { value *= 10 }
    return value
  }
}

/// A day of the proleptic Gregorian calendar (Howard Hinnant's algorithms).
private struct CivilDay {
  var year: Int
  var month: Int
  var day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  init(daysSince1970: Int) {
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var daysSince1970: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
