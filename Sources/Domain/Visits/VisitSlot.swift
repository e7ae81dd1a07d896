/// The hours at which somebody goes to a home: those of the office, the evening, a day off. Nobody at home at one of
/// them asks for another one (入户走访：错时走访).
public enum VisitSlot: String, CaseIterable, Codable, Hashable, Sendable {
  /// A working day before six in the evening.
  case day
  /// A working day from six on.
  case evening
  /// A day off, whatever the hour.
  case weekend

  /// When the evening begins, in Shanghai.
  public static let eveningHour = 18

  /// The slot of a moment.
  ///
  /// - Parameter hour: 0 to 23, in Shanghai.
  public init(on day: Day, hour: Int, in calendar: WorkCalendar) {
    self =
      !calendar.isWorkday(day)
      ? .weekend : hour >= Self.eveningHour || hour < 6 ? .evening : .day
  }

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .day: "工作日白天"
    case .evening: "工作日晚上"
    case .weekend: "周末或节假日"
    }
  }

  /// Whether it is counted apart: outside the hours of the office.
  public var isOffHours: Bool { self != .day }

  /// The hours in words.
  public var hours: String {
    switch self {
    case .day: "9:00—17:30"
    case .evening: "18:00—20:30"
    case .weekend: "9:00—20:30"
    }
  }
}

/// When somebody goes again.
public struct PlannedAttempt: Hashable, Sendable {
  public let day: Day
  public let slot: VisitSlot

  public init(day: Day, slot: VisitSlot) {
    self.day = day
    self.slot = slot
  }
}

/// What follows from nobody having been at home.
///
/// Source: the domain's visit: another attempt at another hour is planned; after three a notice is posted on the door.
public enum AttemptPlan {
  /// After so many in a row a notice to post on the door prints.
  public static let untilNotice = 3

  /// The next attempt: at hours that were not tried yet, or else those tried longest ago; within a few days.
  ///
  /// - Parameter attempts: those on which nobody was met since somebody was, the oldest first; not empty.
  public static func next(
    after attempts: [PlannedAttempt], in calendar: WorkCalendar
  ) -> PlannedAttempt? {
    guard let last = attempts.last else { return nil }
    let order: [VisitSlot] = [.evening, .weekend, .day]
    let slot = order.min { rank($0, attempts) < rank($1, attempts) } ?? .evening
    return PlannedAttempt(day: day(of: slot, after: last.day, in: calendar), slot: slot)
  }

  /// The first day after another one on which the slot lies.
  public static func day(of slot: VisitSlot, after day: Day, in calendar: WorkCalendar) -> Day {
    var next = day + 1
    // No holiday lasts two weeks.
    for _ in 0..<14 where calendar.isWorkday(next) == (slot == .weekend) { next = next + 1 }
    return next
  }

  /// How long ago a slot was tried: those never tried first.
  private static func rank(_ slot: VisitSlot, _ attempts: [PlannedAttempt]) -> Int {
    attempts.lastIndex { $0.slot == slot } ?? -1
  }
}
