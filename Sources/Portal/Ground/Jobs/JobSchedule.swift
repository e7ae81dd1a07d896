public import Domain
public import Foundation
public import Postgres

/// When something is done again and again, in China.
public enum JobRhythm: Equatable, Sendable {
  case daily
  case weekly(Weekday)
  /// On the 1st and the 16th.
  case halfMonth

  fileprivate var name: String {
    switch self {
    case .daily: "daily"
    case .weekly: "weekly"
    case .halfMonth: "half_month"
    }
  }

  fileprivate var weekday: Int? {
    if case .weekly(let day) = self { day.rawValue } else { nil }
  }

  fileprivate func falls(on day: Day) -> Bool {
    switch self {
    case .daily: true
    case .weekly(let weekday): day.weekday == weekday
    case .halfMonth: day.day == 1 || day.day == 16
    }
  }
}

/// What an area does again and again, in somebody's name.
public struct JobSchedule: Sendable {
  /// What was due longer ago is left out: a portal that was off at night does not begin in the morning.
  static let grace: TimeInterval = 4 * 3_600

  public let rhythm: JobRhythm
  /// Counted from midnight in China.
  public let minute: Int

  public init(_ rhythm: JobRhythm, hour: Int, minute: Int = 0) {
    self.rhythm = rhythm
    self.minute = hour * 60 + minute
  }

  /// The last time, up to a moment, at which it was due.
  public func lastDue(at now: Date) -> Date {
    var day = ShanghaiTime.day(of: now)
    while !rhythm.falls(on: day) || moment(on: day) > now { day = day - 1 }
    return moment(on: day)
  }

  private func moment(on day: Day) -> Date {
    ShanghaiTime.date(on: day, hour: minute / 60, minute: minute % 60)
  }
}

extension Transaction {
  /// Sets when jobs of a kind are entered in the actor's area, in the actor's name; nil for never.
  public func schedule(
    _ kind: any JobKind.Type, _ schedule: JobSchedule?, as actor: Principal, at now: Date
  ) throws {
    try execute(
      "DELETE FROM job_schedules WHERE kind = \(kind.name) AND area = \(actor.area)")
    guard let schedule else { return }
    try execute(
      """
      INSERT INTO job_schedules (kind, area, account_id, rhythm, weekday, minute_of_day, set_at)
      VALUES (\(kind.name), \(actor.area), \(actor.accountID), \(schedule.rhythm.name),
        \(optional: schedule.rhythm.weekday), \(schedule.minute), \(now))
      """)
  }
}

/// A schedule as it is set.
struct SetSchedule: RowDecodable, Sendable {
  let kind: String
  let area: AreaCode
  let account: AccountID
  let schedule: JobSchedule
  let setAt: Date

  init(_ row: Row) throws {
    kind = try row("kind")
    area = try row("area")
    account = try row("account_id")
    let minute: Int = try row("minute_of_day")
    let weekday = try row("weekday", as: Int?.self)
    let rhythm: JobRhythm =
      switch try row("rhythm", as: String.self) {
      case "half_month": .halfMonth
      default: weekday.flatMap { Weekday(rawValue: $0) }.map { .weekly($0) } ?? .daily
      }
    schedule = JobSchedule(rhythm, hour: minute / 60, minute: minute % 60)
    setAt = try row("set_at")
  }

  static let all: Query<SetSchedule> = Query(
    """
    SELECT kind, area, account_id, rhythm, weekday, minute_of_day, set_at FROM job_schedules
    ORDER BY area, kind
    """)
}

extension JobRunner {
  /// Enters what is due; of several servers that find the same, one does.
  public func enterDue() async throws {
    let now = now()
    for found in try await store.all(SetSchedule.all) {
      let due = found.schedule.lastDue(at: now)
      guard let kind = kinds[found.kind].map({ type(of: $0) }), due >= found.setAt,
        now.timeIntervalSince(due) < JobSchedule.grace
      else { continue }
      _ = try await store.inArea(found.area) { tx in
        try tx.execute(
          """
          INSERT INTO jobs (kind, area, account_id, lane, due_at)
          VALUES (\(kind.name), \(found.area), \(found.account), \(kind.lane), \(due))
          ON CONFLICT (kind, area, due_at) WHERE due_at IS NOT NULL DO NOTHING
          """)
      }
    }
  }
}
