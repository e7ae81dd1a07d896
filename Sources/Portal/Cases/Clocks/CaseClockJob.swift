import Clocks
import Domain
package import Ground
import Postgres

/// Reckons anew what is owed next on the cases of an area that are not finished: a term was corrected there, or a year's
/// holidays announced.
///
/// It goes through them in batches, each a transaction of its own. A batch holds its cases for some tens of milliseconds,
/// so that a step taken meanwhile is reckoned with or reckons itself; a batch that was done stands.
package struct CaseClockJob: JobKind {
  package static let name = "case_clocks"
  package static let title = "重算问题期限"
  package static let lane = "clocks"
  package static let connectionName = "portal-clocks"
  package static let statementTimeout = Duration.seconds(60)
  static let batch = 200

  package init() {}

  package func perform(_ job: JobContext) async throws {
    // A later correction reckons everything that this one would.
    guard try await !job.read({ try Self.isOvertaken(job, $0) }) else { return }
    try job.begin(Self.title)
    let after = job.order.terms["after"].flatMap { CaseID($0) }
    let ids = try await job.read { try $0.all(Self.unfinished(after: after)) }
    let (today, origin) = (ShanghaiTime.day(of: job.now), job.order.terms)
    var done = 0
    for start in stride(from: 0, to: ids.count, by: Self.batch) {
      let part = Array(ids[start..<min(start + Self.batch, ids.count)])
      try await job.step { tx in
        try tx.setClocks(of: part, on: today)
        return ((), terms: origin.merging(["after": part[part.count - 1].description]) { $1 })
      }
      done += part.count
      try job.advance(to: done, of: ids.count)
    }
  }

  package func faultWords(_ job: JobOrder) -> String {
    "没有算完，已经算过的有效；再确认一次期限，门户会重新算（任务编号 \(job.id)）"
  }

  /// Whether another job of the kind waits that was entered later for the same area.
  private static func isOvertaken(_ job: JobContext, _ tx: Transaction) throws -> Bool {
    try tx.one(
      Query(
        """
        SELECT EXISTS (SELECT FROM jobs WHERE kind = \(name) AND area = \(job.order.area)
          AND state = 'waiting' AND id > \(job.order.id))
        """))
  }

  /// Read once, as under row-level security a batch by its order would sort the table every time.
  private static func unfinished(after: CaseID?) -> Query<CaseID> {
    Query(
      """
      SELECT id FROM cases
      WHERE state <> ALL(\(list: CaseState.ended)) AND id > \(after ?? CaseID(rawValue: 0))
      ORDER BY id
      """)
  }
}

extension Transaction {
  /// Keeps beside cases what is owed next on each.
  func setClocks(of ids: [CaseID], on today: Day) throws {
    // Whoever takes a step meanwhile is waited for, and what was read is what stands.
    _ = try all(
      Query<CaseID>(
        "SELECT id FROM cases WHERE id = ANY(\(list: ids)) ORDER BY id FOR NO KEY UPDATE"))
    let events = Dictionary(grouping: try all(openCaseEvents(ids)), by: \.0)
    var reckoned: [AreaCode: CaseClocks] = [:]
    var rows: (ids: [CaseID], days: [String], clocks: [String]) = ([], [], [])
    for record in try all(caseRecords(ids)) {
      let county = record.area.county ?? record.area
      let clocks = try reckoned[county] ?? caseClocks(for: county, on: today)
      reckoned[county] = clocks
      let one = ClockedCase(record, events[record.id, default: []].map(\.1))
      let owed = clocks.due(one.facts).owed
      rows.ids.append(record.id)
      rows.days.append(owed?.due.iso ?? "")
      rows.clocks.append(owed?.code.rawValue ?? "")
    }
    try execute(
      """
      UPDATE cases c SET next_due_on = n.due_on, next_clock = n.clock
      FROM (
        SELECT id, NULLIF(day, '')::date AS due_on, NULLIF(clock, '') AS clock
        FROM unnest(\(list: rows.ids)::bigint[], \(list: rows.days)::text[],
          \(list: rows.clocks)::text[]) AS r (id, day, clock)) n
      WHERE c.id = n.id AND (c.next_due_on, c.next_clock) IS DISTINCT FROM (n.due_on, n.clock)
      """)
  }
}
