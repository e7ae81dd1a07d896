import Domain
import Foundation
package import Postgres

/// A complaint as staff and inspectors see it: everything but who sent it.
struct ComplaintDetail: RowDecodable {
  let id: ComplaintID
  let number: String
  let kind: ComplaintKind
  let channel: ComplaintChannel
  let estate: String?
  let address: String?
  let description: String
  let isNamed: Bool
  let state: ComplaintState
  let receivedAt: Date
  let decidedAt: Date?
  let finishedAt: Date?
  let reason: String?
  let result: String?
  let assignedTo: AccountID?
  let version: Int

  init(_ row: Row) throws {
    id = try row("id")
    number = try row("number")
    kind = try row("kind")
    channel = try row("channel")
    estate = try row("estate")
    address = try row("address")
    description = try row("description")
    isNamed = try row("is_named")
    state = try row("state")
    receivedAt = try row("received_at")
    decidedAt = try row("decided_at")
    finishedAt = try row("finished_at")
    reason = try row("reason")
    result = try row("result")
    assignedTo = try row("assigned_to")
    version = try row("version")
  }
}

func complaintDetail(_ id: ComplaintID) -> Query<ComplaintDetail> {
  Query(
    """
    SELECT c.id, c.number, c.kind, c.channel, e.name AS estate, c.address, c.description,
      c.is_named, c.state, c.received_at, c.decided_at, c.finished_at, c.reason, c.result,
      c.assigned_to, c.version
    FROM complaints c LEFT JOIN estates e ON e.id = c.estate_id
    WHERE c.id = \(id)
    """)
}
