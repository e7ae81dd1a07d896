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

/// Those of the first rows that are still to be decided, row by row in the order of the file.
func openCandidates(of delivery: DeliveryID, rows: Int) -> Query<MatchCandidate> {
  Query(
    """
    SELECT m.id, m.line, m.person_id, m.household_id, m.area, h.number AS household_number, p.name,
      p.relation, e.name AS estate, p.id_number_sealed, m.values_sealed
    FROM delivery_matches m
    JOIN persons p ON p.id = m.person_id
    JOIN households h ON h.id = m.household_id
    LEFT JOIN estates e ON e.id = h.estate_id
    WHERE m.delivery_id = \(delivery) AND m.state = 'open' AND m.line IN (
      SELECT DISTINCT line FROM delivery_matches WHERE delivery_id = \(delivery) AND state = 'open'
      ORDER BY line LIMIT \(rows))
    ORDER BY m.line, m.id
    """)
}

/// What somebody decides on one row.
struct RowDecision: Hashable, Sendable {
  let line: Int
  /// Whom it is about; nil for none of them.
  let candidate: DeliveryMatchID?
}

extension Transaction {
  /// Decides on a row: it becomes a record of the household that it is about, or what it says is forgotten.
  /// The decision is kept for the bureau's next deliveries.
  ///
  /// - Returns: whether it was still open, and the candidate among those of the row.
  func decide(
    _ decision: RowDecision, of delivery: DeliveryHead, keys: KeyRing, by actor: ActingPerson
  ) throws -> Bool {
    let open = try all(
      Query(
        """
        SELECT id, line, person_id, household_id, area, values_sealed FROM delivery_matches
        WHERE delivery_id = \(delivery.id) AND line = \(decision.line) AND state = 'open'
        ORDER BY id FOR NO KEY UPDATE
        """
      ) { row in (id: try row("id", as: DeliveryMatchID.self), row: try DecidedRow(row)) })
    let chosen = open.first { $0.id == decision.candidate }
    guard !open.isEmpty, (chosen == nil) == (decision.candidate == nil) else { return false }
    if let row = chosen?.row {
      try insertRecords([try row.record(delivery.type, asOf: delivery.asOf, keys)], of: delivery.id)
      let lines = try eligibilityLines(for: delivery.area, year: delivery.asOf.year)
      try HouseholdResults(delivery: delivery, lines: lines, keys: keys, progress: nil)
        .keep(row.household, self)
    }
    try keep(decision, of: delivery, by: actor)
    // What it answers is laid beside what is in force when all is decided.
    try execute(
      """
      UPDATE deliveries SET answers_new = NULL, answers_same = NULL, answers_changed = NULL,
        answers_outside = NULL, answers_unexplained = NULL,
        matched_rows = matched_rows + \(chosen == nil ? 0 : 1), version = version + 1
      WHERE id = \(delivery.id)
      """)
    return true
  }

  private func keep(
    _ decision: RowDecision, of delivery: DeliveryHead, by actor: ActingPerson
  ) throws {
    try execute(
      """
      WITH decided AS (
        UPDATE delivery_matches
        SET state = CASE WHEN id = \(optional: decision.candidate)::bigint THEN 'accepted'
            ELSE 'rejected' END,
          values_sealed = NULL, decided_by_name = \(actor.principal.displayName),
          decided_at = \(actor.now)
        WHERE delivery_id = \(delivery.id) AND line = \(decision.line) AND state = 'open'
        RETURNING person_id, household_id, row_hash, state)
      INSERT INTO match_decisions (area, row_hash, person_id, household_id, decision, delivery_id,
        decided_by, decided_by_name, decided_at)
      SELECT \(delivery.area), row_hash, person_id, household_id, state, \(delivery.id),
        \(actor.principal.accountID), \(actor.principal.displayName), \(actor.now)::timestamptz
      FROM decided WHERE row_hash IS NOT NULL
      ON CONFLICT (area, row_hash, person_id) WHERE revoked_at IS NULL DO NOTHING
      """)
  }
}

/// A row with whom it may be about, as it is decided on.
struct DecidedRow: Sendable {
  let line: Int
  let person: PersonID
  let household: HouseholdID
  let area: AreaCode
  let values: [UInt8]

  init(_ row: Row) throws {
    line = try row("line")
    person = try row("person_id")
    household = try row("household_id")
    area = try row("area")
    values = try row("values_sealed")
  }

  func record(_ type: CheckType, asOf day: Day, _ keys: KeyRing) throws -> SealedRecord {
    let row = try NamedRow(values, keys)
    guard let record = CheckRecord(type, storedText: row.values) else { throw SealError.notSealed }
    return try SealedRecord(
      record, of: type.isAboutPersons ? person : nil, household: household, area: area, line: line,
      asOf: day, keys: keys)
  }
}
