import Domain
import Foundation
import Ground
import Postgres
import Reviews

/// Somebody of the register whom a row without an ID number may be about.
struct MatchCandidate: RowDecodable, Identifiable {
  let id: DeliveryMatchID
  let line: Int
  let person: PersonID
  let household: HouseholdID
  let area: AreaCode
  let householdNumber: String
  let name: String
  let relation: Relation
  let estate: String?
  fileprivate let number: [UInt8]
  fileprivate let values: [UInt8]

  init(_ row: Row) throws {
    id = try row("id")
    line = try row("line")
    person = try row("person_id")
    household = try row("household_id")
    area = try row("area")
    householdNumber = try row("household_number")
    name = try row("name")
    relation = try row("relation")
    estate = try row("estate")
    number = try row("id_number_sealed")
    values = try row("values_sealed")
  }

  /// The ID number in the register, masked.
  func maskedNumber(_ keys: KeyRing) throws -> String {
    Masking.maskedResidentID(try keys.openText(number, for: .personIDNumber))
  }

  /// What the row says.
  func row(_ keys: KeyRing) throws -> NamedRow { try NamedRow(values, keys) }
}

/// Those of the first row that is still to be decided.
func openCandidates(of delivery: DeliveryID) -> Query<MatchCandidate> {
  Query(
    """
    SELECT m.id, m.line, m.person_id, m.household_id, m.area, h.number AS household_number, p.name,
      p.relation, e.name AS estate, p.id_number_sealed, m.values_sealed
    FROM delivery_matches m
    JOIN persons p ON p.id = m.person_id
    JOIN households h ON h.id = m.household_id
    LEFT JOIN estates e ON e.id = h.estate_id
    WHERE m.delivery_id = \(delivery) AND m.state = 'open' AND m.line = (
      SELECT line FROM delivery_matches WHERE delivery_id = \(delivery) AND state = 'open'
      ORDER BY line, id LIMIT 1)
    ORDER BY m.id
    """)
}

/// A decision on a candidate.
enum MatchDecision: String, CaseIterable, Sendable {
  /// The row is about this person, and so about none of the others.
  case accept
  case reject
}

extension Transaction {
  /// Decides on a candidate: the row becomes a record of the household, or what it says is forgotten.
  ///
  /// - Returns: how many rows are left to decide; nil where somebody decided it before.
  func decide(
    _ id: DeliveryMatchID, _ decision: MatchDecision, of delivery: DeliveryHead, keys: KeyRing,
    by name: String, at now: Date
  ) throws -> Int? {
    let found = try first(
      Query(
        """
        SELECT line, person_id, household_id, area, values_sealed FROM delivery_matches
        WHERE id = \(id) AND delivery_id = \(delivery.id) AND state = 'open' FOR NO KEY UPDATE
        """
      ) { row in
        DecidedRow(
          line: try row("line"), person: try row("person_id"), household: try row("household_id"),
          area: try row("area"), values: try row("values_sealed"))
      })
    guard let found else { return nil }
    if decision == .accept {
      let record = try found.record(delivery.type, asOf: delivery.asOf, keys)
      try insertRecords([record], of: delivery.id)
      let lines = try eligibilityLines(for: delivery.area, year: delivery.asOf.year)
      try HouseholdResults(delivery: delivery, lines: lines, keys: keys, progress: nil)
        .keep(found.household, self)
    }
    let others: SQL = decision == .accept ? "line = \(found.line)" : "id = \(id)"
    try execute(
      """
      UPDATE delivery_matches SET state = CASE WHEN id = \(id) AND \(decision == .accept)::boolean
          THEN 'accepted' ELSE 'rejected' END,
        values_sealed = NULL, decided_by_name = \(name), decided_at = \(now)
      WHERE delivery_id = \(delivery.id) AND state = 'open' AND \(others)
      """)
    // What it answers is laid beside what is in force when all is decided.
    try execute(
      """
      UPDATE deliveries SET answers_new = NULL, answers_same = NULL, answers_changed = NULL,
        answers_outside = NULL, answers_unexplained = NULL,
        matched_rows = matched_rows + \(decision == .accept ? 1 : 0), version = version + 1
      WHERE id = \(delivery.id)
      """)
    return try one(undecidedRows(of: delivery.id))
  }
}

private struct DecidedRow: Sendable {
  let line: Int
  let person: PersonID
  let household: HouseholdID
  let area: AreaCode
  let values: [UInt8]

  func record(_ type: CheckType, asOf day: Day, _ keys: KeyRing) throws -> SealedRecord {
    let row = try NamedRow(values, keys)
    guard let record = CheckRecord(type, storedText: row.values) else { throw SealError.notSealed }
    return try SealedRecord(
      record, of: type.isAboutPersons ? person : nil, household: household, area: area, line: line,
      asOf: day, keys: keys)
  }
}
