import Domain
import Foundation
import Postgres

/// What one account, or a system that acts for it, asked at the counter on one day, as the audit log
/// tells it: nobody who reads the log sees a question itself.
struct CounterWatchLine: RowDecodable {
  let day: Day
  let account: String
  let system: String?
  let role: Role?
  let purposes: Int
  let counts: CounterDay

  init(_ row: Row) throws {
    day = try row("day")
    account = try row("account")
    system = try row("system")
    role = try row("role")
    purposes = try row("purposes")
    counts = CounterDay(
      questions: try row("questions"), hits: try row("hits"), filings: try row("filings"))
  }
}

/// Counted by account, system and day of the question; filings count for whoever asked.
func counterWatch(from first: Day, through last: Day) -> Query<CounterWatchLine> {
  Query(
    """
    WITH events AS (
      SELECT e.action, e.role,
        coalesce(e.after ->> 'asked_by', e.account) AS account, e.after ->> 'system' AS system,
        coalesce((e.after ->> 'asked_on')::date, (e.at AT TIME ZONE 'Asia/Shanghai')::date) AS day,
        e.after ->> 'purpose' AS purpose, e.after ->> 'result' AS result
      FROM audit_events e
      WHERE e.action IN ('counter.ask', 'counter.file') AND e.at >= \(ShanghaiTime.date(on: first)))
    SELECT day, account, system, max(role) FILTER (WHERE action = 'counter.ask') AS role,
      count(*) FILTER (WHERE action = 'counter.ask') AS questions,
      count(*) FILTER (WHERE action = 'counter.ask' AND result = 'protected') AS hits,
      count(DISTINCT purpose) FILTER (WHERE action = 'counter.ask') AS purposes,
      count(*) FILTER (WHERE action = 'counter.file') AS filings
    FROM events WHERE day BETWEEN \(first) AND \(last)
    GROUP BY day, account, system
    HAVING count(*) FILTER (WHERE action = 'counter.ask') > 0
    ORDER BY day DESC, account, system
    """)
}
