package import Domain
package import HTML
package import Postgres

/// A complaint as the problem list has to know it: where it points, not what it says or who says it.
package struct ComplaintBrief: RowDecodable, Sendable {
  package let id: ComplaintID
  package let number: String
  package let kind: ComplaintKind
  package let state: ComplaintState
  package let estate: EstateID?
  package let address: String?

  package init(_ row: Row) throws {
    id = try row("id")
    number = try row("number")
    kind = try row("kind")
    state = try row("state")
    estate = try row("estate_id")
    address = try row("address")
  }
}

/// Never one that only inspectors see.
package func complaintBrief(_ id: ComplaintID) -> Query<ComplaintBrief> {
  Query(
    """
    SELECT id, number, kind, state, estate_id, address FROM complaints
    WHERE id = \(id) AND kind <> 'misconduct'
    """)
}

/// What the problem list says on the page of a complaint: complaints know nothing of cases, the roof brings it.
package struct ComplaintCasePart: Sendable {
  let read: @Sendable (Transaction, ComplaintBrief, Principal) throws -> HTML

  package init(
    _ read: @escaping @Sendable (Transaction, ComplaintBrief, Principal) throws -> HTML
  ) {
    self.read = read
  }
}
