/// What a term is counted in. The raw value is the text stored in SQL.
public enum TermUnit: String, CaseIterable, Codable, Hashable, Sendable {
  case days
  case workdays
  case months
  case years

  /// The word shown after the number.
  public var title: String {
    switch self {
    case .days: "日"
    case .workdays: "个工作日"
    case .months: "个月"
    case .years: "年"
    }
  }

  /// The longest term that makes sense, so that a slip of the finger does not set one of centuries.
  public var most: Int {
    switch self {
    case .days: 3_660
    case .workdays: 500
    case .months: 240
    case .years: 30
    }
  }
}

/// A term of law: so many days, working days, months or years.
///
/// Source: 《民法典》 arts. 201–203. The first day does not count; a term of months or years ends on the corresponding
/// day, or on the month's last where there is none; a last day that is no working day moves to the next that is.
public struct LegalTerm: Hashable, Sendable {
  public let count: Int
  public let unit: TermUnit

  /// Nil for nothing, less than nothing, or beyond reason (``TermUnit/most``).
  public init?(_ count: Int, _ unit: TermUnit) {
    guard (1...unit.most).contains(count) else { return nil }
    self.count = count
    self.unit = unit
  }

  private init(unchecked count: Int, _ unit: TermUnit) {
    self.count = count
    self.unit = unit
  }

  static func days(_ count: Int) -> LegalTerm { LegalTerm(unchecked: count, .days) }
  static func workdays(_ count: Int) -> LegalTerm { LegalTerm(unchecked: count, .workdays) }
  static func months(_ count: Int) -> LegalTerm { LegalTerm(unchecked: count, .months) }
  static func years(_ count: Int) -> LegalTerm { LegalTerm(unchecked: count, .years) }

  /// `10个工作日`.
  public var title: String { "\(count)\(unit.title)" }

  /// The last day of the term that begins on a day.
  public func lastDay(from start: Day, in calendar: WorkCalendar) -> Day {
    calendar.workday(onOrAfter: end(from: start, in: calendar))
  }

  /// The last day on which something may be done that has to be done so long before a day.
  ///
  /// Counting back, a day that is no working day moves to the working day before it: nobody is late by that.
  public func lastDay(before end: Day, in calendar: WorkCalendar) -> Day {
    let day =
      switch unit {
      case .days: end - count
      case .workdays: Self.back(count, before: end, in: calendar)
      case .months: end.adding(months: -count)
      case .years: end.adding(months: -12 * count)
      }
    return calendar.workday(onOrBefore: day)
  }

  private func end(from start: Day, in calendar: WorkCalendar) -> Day {
    switch unit {
    case .days: start + count
    case .workdays: calendar.workday(count, after: start)
    case .months: start.adding(months: count)
    case .years: start.adding(months: 12 * count)
    }
  }

  private static func back(_ count: Int, before day: Day, in calendar: WorkCalendar) -> Day {
    var (day, left) = (day, count)
    while left > 0 {
      day = day - 1
      if calendar.isWorkday(day) { left -= 1 }
    }
    return day
  }
}
