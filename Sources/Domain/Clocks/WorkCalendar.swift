/// The days off and the weekend days worked that one notice of the State Council announces for a year.
///
/// Source: 《全国年节及纪念日放假办法》 and, by its art. 7, the yearly 国务院办公厅关于…年部分节假日安排的通知. A notice may
/// name days in December of the year before, where New Year's holiday begins there.
public struct HolidayYear: Hashable, Sendable {
  public let year: Int
  /// The notice: its number, or its name.
  public let document: String
  public let daysOff: Set<Day>
  /// Weekend days that are worked to make up for a day off (调休上班).
  public let workdays: Set<Day>

  public init(year: Int, document: String, daysOff: Set<Day>, workdays: Set<Day>) {
    self.year = year
    self.document = document
    self.daysOff = daysOff
    self.workdays = workdays
  }

  /// The days that a notice for a year may name.
  public static func days(of year: Int) -> ClosedRange<Day> {
    Day.first(ofMonth: 12, year: year - 1)...Day.first(ofMonth: 12, year: year).monthEnd
  }
}

/// Which days are worked: weekends, and what has been announced year by year.
public struct WorkCalendar: Hashable, Sendable {
  /// What is said where a date rests on a year that has not been announced.
  public static let guessed = "暂按周末推算"

  private let announced: Set<Int>
  private let daysOff: Set<Day>
  private let workdays: Set<Day>

  /// - Parameter years: a later year's notice overrides an earlier one's about the same day.
  public init(_ years: [HolidayYear] = []) {
    var (daysOff, workdays): (Set<Day>, Set<Day>) = ([], [])
    for notice in years.sorted(by: { $0.year < $1.year }) {
      daysOff = daysOff.subtracting(notice.workdays).union(notice.daysOff)
      workdays = workdays.subtracting(notice.daysOff).union(notice.workdays)
    }
    self.daysOff = daysOff
    self.workdays = workdays.subtracting(daysOff)
    announced = Set(years.map(\.year))
  }

  /// Whether the holidays of a year are known; where they are not, only weekends count as days off.
  public func isAnnounced(_ year: Int) -> Bool { announced.contains(year) }

  /// The years among these days whose holidays are not known.
  public func unannounced(in days: ClosedRange<Day>) -> [Int] {
    (days.lowerBound.year...days.upperBound.year).filter { !isAnnounced($0) }
  }

  /// `2027 年放假安排尚未公布，暂按周末推算`; nil where every year is known.
  public func note(on days: ClosedRange<Day>) -> String? {
    let years = unannounced(in: days)
    guard let first = years.first, let last = years.last else { return nil }
    let span = first == last ? "\(first)" : "\(first)—\(last)"
    return "\(span) 年放假安排尚未公布，\(Self.guessed)"
  }

  public func isWorkday(_ day: Day) -> Bool {
    workdays.contains(day) || !day.weekday.isWeekend && !daysOff.contains(day)
  }

  /// The day itself where it is worked, or the next that is.
  public func workday(onOrAfter day: Day) -> Day {
    var day = day
    while !isWorkday(day) { day = day + 1 }
    return day
  }

  /// The day itself where it is worked, or the last one before that is.
  public func workday(onOrBefore day: Day) -> Day {
    var day = day
    while !isWorkday(day) { day = day - 1 }
    return day
  }

  /// The so many-th working day after a day, which does not count itself; the day itself for 0.
  public func workday(_ count: Int, after day: Day) -> Day {
    var (day, left) = (day, count)
    while left > 0 {
      day = day + 1
      if isWorkday(day) { left -= 1 }
    }
    return day
  }

  /// How many working days lie after one day up to and with another; 0 when that is not later.
  public func workdays(after day: Day, through last: Day) -> Int {
    guard last > day else { return 0 }
    return ((day + 1)...last).count(where: isWorkday)
  }

  /// Whether the court's ruling may be carried out on a day: never on a holiday, and by the stricter reading that
  /// everybody can accept not on a weekend's day off either (《行政强制法》 art. 43).
  public func mayEnforce(on day: Day) -> Bool { isWorkday(day) }

  /// Whether it may be carried out at an hour (0...23) of a day: never at night, which is from 22 to 6 o'clock
  /// (《噪声污染防治法》 art. 88, by analogy).
  public func mayEnforce(on day: Day, hour: Int) -> Bool {
    mayEnforce(on: day) && (6..<22).contains(hour)
  }
}
