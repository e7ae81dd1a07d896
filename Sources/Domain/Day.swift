/// A day of the Gregorian calendar, without a time or a time zone.
///
/// As text and in JSON it is ISO 8601, `2021-08-25`. Arithmetic follows the proleptic Gregorian
/// calendar by counting days, so every operation takes constant time.
public struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public let number: Int

  public init(number: Int) { self.number = number }

  /// Nil when there is no such day, or the year lies outside 1...9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...Day.length(ofMonth: month, year: year)).contains(day)
    else { return nil }
    number = Day.number(year: year, month: month, day: day)
  }

  /// Reads `2021-08-25`: exactly ten ASCII characters and a day that exists; nil otherwise.
  public init?(iso: String) {
    let bytes = Array(iso.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]),
      let day = decimal(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}

extension Day {
  /// Year, month (1...12) and day of month in one computation.
  public var components: (year: Int, month: Int, day: Int) {
    // Years are counted from 1 March, so that the leap day comes last; 146,097 days make 400 years.
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  public var year: Int { components.year }
  public var month: Int { components.month }
  /// The day of the month, from 1.
  public var day: Int { components.day }

  public var weekday: Weekday { Weekday.allCases[((number + 3) % 7 + 7) % 7] }

  /// The first day of the month.
  public var monthStart: Day { self - (day - 1) }

  /// The last day of the month.
  public var monthEnd: Day {
    let (year, month, day) = components
    return self + (Day.length(ofMonth: month, year: year) - day)
  }

  /// The same day of the month so many months on; the month's last day where it is shorter.
  public func adding(months: Int) -> Day {
    let (year, month, day) = components
    let total = year * 12 + (month - 1) + months
    let newYear = total >= 0 ? total / 12 : (total - 11) / 12
    let newMonth = total - newYear * 12 + 1
    let last = Day.length(ofMonth: newMonth, year: newYear)
    return Day(number: Day.number(year: newYear, month: newMonth, day: min(day, last)))
  }

  /// Days from this one to the other; negative when the other is earlier.
  public func days(until other: Day) -> Int { other.number - number }

  public static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
  public static func - (day: Day, days: Int) -> Day { Day(number: day.number - days) }

  /// The first day of a month (1...12) of a year.
  static func first(ofMonth month: Int, year: Int) -> Day {
    Day(number: number(year: year, month: month, day: 1))
  }

  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func number(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension Day: Strideable {
  public func distance(to other: Day) -> Int { other.number - number }
  public func advanced(by days: Int) -> Day { self + days }
}

extension Day: LosslessStringConvertible {
  public init?(_ description: String) { self.init(iso: description) }
  public var description: String { iso }

  /// `2021-08-25`.
  public var iso: String {
    let (year, month, day) = components
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// `2021年8月25日`.
  public var chinese: String {
    let (year, month, day) = components
    return "\(year)年\(month)月\(day)日"
  }
}

extension Day: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let day = Day(iso: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a day in the form 2021-08-25")
    }
    self = day
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(iso)
  }
}

/// A day of the week; Monday is 1, as in ISO 8601.
public enum Weekday: Int, CaseIterable, Codable, Hashable, Sendable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  /// `星期三`.
  public var title: String {
    switch self {
    case .monday: "星期一"
    case .tuesday: "星期二"
    case .wednesday: "星期三"
    case .thursday: "星期四"
    case .friday: "星期五"
    case .saturday: "星期六"
    case .sunday: "星期日"
    }
  }

  public var isWeekend: Bool { self == .saturday || self == .sunday }
}
