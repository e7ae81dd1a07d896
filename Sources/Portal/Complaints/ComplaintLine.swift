import Domain
import Foundation
import HTML
import Pages
import Postgres

/// One line of a list of complaints.
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

/// - Parameters:
///   - assignee: the column that names who has it; inspectors have none.
///   - accounts: the join it needs.
func complaintSQL(_ part: ListPart, assignee: SQL, accounts: SQL = .empty) -> SQL {
  """
  SELECT c.id, c.number, c.received_at, c.kind, e.name AS estate, c.address,
    (SELECT count(*) FROM files p WHERE p.complaint_id = c.id AND p.state <> 'unreadable') AS photos,
    c.state, c.decided_at, c.finished_at,
    coalesce((SELECT m.author = 'citizen' FROM complaint_messages m
      WHERE m.complaint_id = c.id ORDER BY m.id DESC LIMIT 1), false) AS has_news,
    \(assignee) AS assignee
  FROM (SELECT c.* FROM \(part.rows)) c
  LEFT JOIN estates e ON e.id = c.estate_id \(accounts)
  ORDER BY \(part.order)
  """
}

extension ListOrder<ComplaintLine> {
  /// Up to the year 2198; the database does not know all that a number can say.
  private static var hours: ClosedRange<Int32> { 1...2_000_000 }

  /// The last that came in first. Its addresses name the hour since 1970, and the id: `449382.123`.
  static var newest: Self {
    .descending(
      .key("c.received_at", \.receivedAt) { text in
        guard let hour = Int32(text), hours.contains(hour) else { return nil }
        return Date(timeIntervalSince1970: Double(hour) * 3_600)
      } write: {
        String(Int($0.timeIntervalSince1970 / 3_600))
      },
      .key("c.id", \.id))
  }
}

/// The clock that runs, in words; for what is finished, whether it was in time.
func complaintDue(
  state: ComplaintState, received: Date, decided: Date?, finished: Date?, today: Day
) -> HTML {
  let clock = ComplaintClock(received: ShanghaiTime.day(of: received))
  guard let due = clock.due(in: state) else {
    let isInTime = clock.isInTime(
      decided: decided.map { ShanghaiTime.day(of: $0) },
      finished: finished.map { ShanghaiTime.day(of: $0) },
      wasDeclined: state == .notAccepted, today: today)
    return isInTime ? tag("按期", .ok) : tag("超期办理", .alert)
  }
  let days = today.distance(to: due)
  let what = state == .received ? "受理" : "办结"
  if days < 0 { return tag("\(what)超期 \(-days) 天", .alert) }
  if days <= 3 { return tag(days == 0 ? "今天应\(what)" : "\(what)还有 \(days) 天", .warn) }
  return "\(due.iso) 前\(what)"
}
