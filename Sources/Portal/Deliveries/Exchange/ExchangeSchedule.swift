import Domain
import Foundation
import Postgres

/// How often a source is expected, and when it came last.
struct ExchangeSchedule: RowDecodable {
  let id: ExchangeScheduleID
  let area: AreaCode
  let type: CheckType
  let every: ExchangeInterval
  /// Day of the week from Monday = 1, or of the month (1 to 28).
  let dueDay: Int
  let startsOn: Day
  let version: Int
  /// The delivery in force that speaks of the latest day.
  let lastDelivery: DeliveryID?
  let lastOn: Day?
  let lastAsOf: Day?

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    type = try row("check_type")
    every = try row("every")
    dueDay = try row("due_day")
    startsOn = try row("starts_on")
    version = try row("version")
    lastDelivery = try row("last_id")
    lastOn = try row("last_on")
    lastAsOf = try row("last_as_of")
  }

  /// `每月 5 日`.
  var text: String { every.text(dueDay) }

  /// By when a delivery was owed last; nil where none has been owed yet.
  func lastDue(on today: Day) -> Day? {
    let due = every.lastDue(dueDay, on: today)
    return due >= startsOn ? due : nil
  }

  func nextDue(after today: Day) -> Day { every.nextDue(dueDay, after: max(today, startsOn - 1)) }

  /// How many days it is late. What is owed speaks of a day since the one on which it was owed before:
  /// the data of July, however late they come, are not those of August.
  func daysLate(on today: Day) -> Int? {
    guard let due = lastDue(on: today), due < today else { return nil }
    let begin = every.lastDue(dueDay, on: due - 1)
    if let lastAsOf, lastAsOf > begin { return nil }
    return due.days(until: today)
  }
}

extension ExchangeInterval {
  func text(_ day: Int) -> String {
    switch self {
    case .week: "\(title)（\(Weekday(rawValue: day)?.title ?? "")）"
    case .month: "\(title) \(day) 日"
    }
  }

  /// The last day on which something is due, up to a day.
  func lastDue(_ due: Int, on day: Day) -> Day {
    switch self {
    case .week: return day - ((day.weekday.rawValue - due) + 7) % 7
    case .month:
      let inMonth = day.monthStart + (due - 1)
      return inMonth <= day ? inMonth : day.monthStart.adding(months: -1) + (due - 1)
    }
  }

  /// The first day after a day on which something is due.
  func nextDue(_ due: Int, after day: Day) -> Day {
    switch self {
    case .week: lastDue(due, on: day) + 7
    case .month: lastDue(due, on: day).monthStart.adding(months: 1) + (due - 1)
    }
  }
}

/// What is expected in an area, in the order of bureaus.
func exchangeSchedules(in area: AreaCode, type: CheckType? = nil) -> Query<ExchangeSchedule> {
  let which: SQL = type.map { "s.check_type = \($0)" } ?? "true"
  return Query(
    """
    SELECT s.id, s.area, s.check_type, s.every, s.due_day, s.starts_on, s.version, d.id AS last_id,
      (d.delivered_at AT TIME ZONE 'Asia/Shanghai')::date AS last_on, d.as_of AS last_as_of
    FROM exchange_schedules s
    LEFT JOIN LATERAL (
      SELECT d.id, d.delivered_at, d.as_of FROM deliveries d
      WHERE d.check_type = s.check_type AND d.area = s.area AND d.state = 'done'
        AND d.way IN ('extract', 'api')
      ORDER BY d.as_of DESC, d.id DESC LIMIT 1) d ON true
    WHERE s.area = \(area) AND s.ended_on IS NULL AND \(which)
    """)
}
