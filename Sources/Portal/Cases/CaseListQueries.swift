package import Domain
import Pages
package import Postgres

/// One row of the list of cases.
package struct CaseLine: RowDecodable {
  package let id: CaseID
  package let number: String
  package let nature: ExitNature
  package let state: CaseState
  let stateSince: Day
  package let dueOn: Day
  let estate: String
  package let building: String
  package let unit: String
  package let room: String
  package let applicant: String?

  package init(_ row: Row) throws {
    id = try row("id")
    number = try row("number")
    nature = try row("nature")
    state = try row("state")
    stateSince = try row("state_since")
    dueOn = try row("due_on")
    estate = try row("estate")
    building = try row("building")
    unit = try row("unit")
    room = try row("room")
    applicant = try row("applicant")
  }
}

/// One page of the list and what lies around it.
package struct CaseLines: Sendable {
  package static let perPage = 50

  package let lines: [CaseLine]
  let hasPrevious: Bool
  let hasNext: Bool

  /// - Parameter found: up to one line more than a page, in the order of the list.
  package init(_ found: [CaseLine], at position: CasePosition?) {
    let isBackward = position?.isBackward ?? false
    let hasMore = found.count > Self.perPage
    lines = Array(isBackward ? found.suffix(Self.perPage) : found.prefix(Self.perPage))
    hasPrevious = isBackward ? hasMore : position != nil
    hasNext = isBackward || hasMore
  }
}

/// Cases, newest first, or the longest overdue first: one line more than a page shows, so that it is
/// known whether another page follows, or all. Names are looked up for these lines only.
package func caseLines(
  _ filter: CaseFilter, at position: CasePosition?, today: Day,
  limit: Int? = CaseLines.perPage + 1
) -> Query<CaseLine> {
  let isBackward = position?.isBackward ?? false
  let (forward, backward): (SQL, SQL) =
    filter.isOverdue ? ("due_on, id", "due_on DESC, id DESC") : ("id DESC", "id")
  return Query(
    """
    WITH page AS (
      SELECT c.id, c.number, c.nature, c.state, c.state_since, c.due_on, c.estate_id, c.home_id,
        c.household_id
      FROM cases c
      WHERE \(filter.condition(today: today)) AND \(start(of: filter, at: position))
      ORDER BY \(isBackward ? backward : forward) \(limited(to: limit)))
    SELECT page.id, page.number, page.nature, page.state, page.state_since, page.due_on,
      e.name AS estate, h.building, h.unit, h.room, f.applicant
    FROM page
    JOIN estates e ON e.id = page.estate_id
    JOIN homes h ON h.id = page.home_id
    LEFT JOIN households f ON f.id = page.household_id
    ORDER BY \(forward)
    """)
}

private func start(of filter: CaseFilter, at position: CasePosition?) -> SQL {
  guard let position else { return "true" }
  switch (filter.isOverdue, position.isBackward) {
  case (true, false): return "(c.due_on, c.id) > (\(position.dueOn), \(position.id))"
  case (true, true): return "(c.due_on, c.id) < (\(position.dueOn), \(position.id))"
  case (false, false): return "c.id < \(position.id)"
  case (false, true): return "c.id > \(position.id)"
  }
}

func caseCount(_ filter: CaseFilter, today: Day) -> Query<Int> {
  Query(
    """
    SELECT count(*) FROM (
      SELECT FROM cases c WHERE \(filter.condition(today: today))
      LIMIT \(constant: CappedCount.limit + 1)) counted
    """)
}
