import FoundationEssentials

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
