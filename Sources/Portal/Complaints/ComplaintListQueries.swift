import Domain
import Foundation
import Pages
import Postgres

/// One line of the list of complaints.
struct ComplaintLine: RowDecodable {
  let id: ComplaintID
  let number: String
  let receivedAt: Date
  let kind: ComplaintKind
  let estate: String?
  let address: String?
  let photos: Int
  let state: ComplaintState
  let assignee: String?
  let decidedAt: Date?
  let finishedAt: Date?
  /// Whether the last word is the citizen's.
  let hasNews: Bool

  init(_ row: Row) throws {
    id = try row("id")
    number = try row("number")
    receivedAt = try row("received_at")
    kind = try row("kind")
    estate = try row("estate")
    address = try row("address")
    photos = try row("photos")
    state = try row("state")
    decidedAt = try row("decided_at")
    finishedAt = try row("finished_at")
    hasNews = try row("has_news")
    assignee = try row("assignee")
  }
}

/// One page of a list, the newest first.
struct ComplaintLines: Sendable {
  static let size = 50

  let lines: [ComplaintLine]
  let hasNext: Bool
  let hasPrevious: Bool

  /// - Parameter found: up to one more than a page holds, in the order of the query.
  init(_ found: [ComplaintLine], at position: ComplaintPosition?) {
    let isBackward = position?.isBackward == true
    let hasMore = found.count > Self.size
    let kept = found.prefix(Self.size)
    lines = isBackward ? kept.reversed() : Array(kept)
    hasNext = isBackward || hasMore
    hasPrevious = isBackward ? hasMore : position != nil
  }
}

/// - Parameters:
///   - assignee: the column that names who has it; inspectors have none.
///   - accounts: the join it needs.
private func lines(
  _ condition: SQL, at position: ComplaintPosition?, assignee: SQL, accounts: SQL, limit: Int?
) -> Query<ComplaintLine> {
  let order: SQL =
    position?.isBackward == true
    ? "ORDER BY c.received_at, c.id" : "ORDER BY c.received_at DESC, c.id DESC"
  return Query(
    """
    SELECT c.id, c.number, c.received_at, c.kind, e.name AS estate, c.address,
      (SELECT count(*) FROM complaint_photos p WHERE p.complaint_id = c.id) AS photos,
      c.state, c.decided_at, c.finished_at,
      coalesce((SELECT m.author = 'citizen' FROM complaint_messages m
        WHERE m.complaint_id = c.id ORDER BY m.id DESC LIMIT 1), false) AS has_news,
      \(assignee) AS assignee
    FROM complaints c LEFT JOIN estates e ON e.id = c.estate_id \(accounts)
    WHERE \(condition) AND \(position?.condition ?? "true")
    \(order) \(limited(to: limit))
    """)
}

/// One line more than a page shows, or all.
func complaintLines(
  _ condition: SQL, at position: ComplaintPosition?, limit: Int? = ComplaintLines.size + 1
) -> Query<ComplaintLine> {
  lines(
    condition, at: position, assignee: "a.display_name",
    accounts: "LEFT JOIN accounts a ON a.id = c.assigned_to", limit: limit)
}

/// Complaints of misconduct, for the login of inspectors.
func misconductLines(
  at position: ComplaintPosition?, limit: Int? = ComplaintLines.size + 1
) -> Query<ComplaintLine> {
  lines(
    "c.kind = 'misconduct'", at: position, assignee: "NULL::text", accounts: SQL.empty,
    limit: limit)
}

let misconductCount = Query<Int>("SELECT count(*) FROM complaints WHERE kind = 'misconduct'")

/// How many there are in each state.
func complaintCounts(_ condition: SQL) -> Query<(state: ComplaintState, count: Int)> {
  Query("SELECT c.state, count(*) AS count FROM complaints c WHERE \(condition) GROUP BY c.state") {
    (try $0("state"), try $0("count"))
  }
}
