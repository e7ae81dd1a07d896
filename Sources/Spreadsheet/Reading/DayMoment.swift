import Domain

/// A day with the time of day that stands beside it, which in a column of days is none – unless midnight was moved.
///
/// Two programs move it. Those that write times in UTC have midnight of China at 16:00 of the day before. SheetJS in a
/// browser of China has it 43 seconds too early, as the clocks of Shanghai stood at +8:05:43 before 1901.
struct DayMoment: Equatable {
  let day: Day
  /// Of the day that was meant, as far as that is sure.
  let seconds: Int

  private static let wholeDay = 86_400
  private static let zone = 8 * 3_600
  private static let earlyMidnight = wholeDay - 43

  init(_ day: Day, seconds: Int, isUTC: Bool = false) {
    var total = seconds + (isUTC ? Self.zone : 0)
    // A second to either side, as serials are rounded.
    let early = total % Self.wholeDay
    if abs(early - Self.earlyMidnight) <= 1 { total += Self.wholeDay - early }
    self.day = day + total / Self.wholeDay
    self.seconds = total % Self.wholeDay
  }

  /// Nil for what is no day.
  init?(serial: Double, _ system: DateSystem) {
    guard let day = Day(serial: serial, system) else { return nil }
    let fraction = serial - serial.rounded(.down)
    self.init(day, seconds: Int((fraction * Double(Self.wholeDay)).rounded()))
  }

  /// `2021-05-31T16:00:00.000Z` and its like; nil for anything else.
  init?(written text: String) {
    guard let day = Day(iso: String(text.prefix(10))) else { return nil }
    let time = text.dropFirst(10).drop { $0 == "T" || $0 == " " }
    let numbers = time.prefix { $0.isNumber || $0 == ":" }.split(separator: ":").map {
      Int($0) ?? 0
    }
    let seconds = zip(numbers, [3_600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
    guard seconds <= Self.wholeDay else { return nil }
    self.init(day, seconds: seconds, isUTC: time.hasSuffix("Z"))
  }

  /// Whether this may be midnight of the next day, written by a program that reckons in UTC.
  var isDoubtful: Bool {
    [Self.wholeDay - Self.zone, Self.earlyMidnight - Self.zone].contains(seconds)
  }

  var cell: Cell { isDoubtful ? .moment(day, seconds: seconds) : .day(day) }
}
