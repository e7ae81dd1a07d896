package import Domain
package import Ground
package import Postgres

/// What an answer says of one thing, sealed on its way into `check_records`.
package struct SealedRecord: Sendable {
  let household: HouseholdID
  let area: AreaCode
  /// Nil where it is about the household.
  package let person: PersonID?
  let type: CheckType
  /// The row of the file that says it.
  package let line: Int?
  /// 16 bytes, equal when the record and the person are: a keyed hash, so that it tells nothing else.
  package let digest: [UInt8]
  package let values: [UInt8]
  /// Whether it held on the day of the answer: a home that was sold before does not.
  package let holds: Bool

  /// - Parameter day: for which the bureau vouches; nil where the record cannot be of the past.
  package init(
    _ record: CheckRecord, of person: PersonID?, household: HouseholdID, area: AreaCode,
    line: Int? = nil, asOf day: Day? = nil, keys: KeyRing
  ) throws {
    self.household = household
    holds = day.map { !record.isPast(on: $0) } ?? true
    self.area = area
    self.person = person
    self.line = line
    type = record.type
    let text = record.storedText
    digest = Array(
      keys.hash("\(type.rawValue)\n\(person?.description ?? "")\n\(text)", of: .checkRecord)
        .prefix(16))
    values = try keys.seal(text, for: .checkRecord)
  }
}

extension Transaction {
  /// Writes records of a delivery.
  package func insertRecords(_ records: [SealedRecord], of delivery: DeliveryID) throws {
    guard !records.isEmpty else { return }
    try execute(
      """
      INSERT INTO check_records (area, delivery_id, household_id, person_id, check_type, line, digest,
        values_sealed, holds)
      SELECT area, \(delivery), household, person, type, line, digest, sealed, holds
      FROM unnest(\(list: records.map(\.area))::text[], \(list: records.map(\.household))::bigint[],
        \(list: records.map(\.person))::bigint[], \(list: records.map(\.type))::text[],
        \(list: records.map(\.line))::integer[], \(list: records.map(\.digest))::bytea[],
        \(list: records.map(\.values))::bytea[], \(list: records.map(\.holds))::boolean[])
        AS r (area, household, person, type, line, digest, sealed, holds)
      """)
  }
}

/// A stored record as it comes back, still sealed.
package struct AnswerRecord: RowDecodable {
  let delivery: DeliveryID
  package let household: HouseholdID
  package let person: PersonID?
  package let type: CheckType
  let line: Int?
  let digest: [UInt8]
  /// Where the row that says it is a tenant's by its ID number and not by its name.
  package let otherName: OtherName?
  private let values: [UInt8]

  package init(_ row: Row) throws {
    delivery = try row("delivery_id")
    household = try row("household_id")
    person = try row("person_id")
    type = try row("check_type")
    line = try row("line")
    digest = try row("digest")
    values = try row("values_sealed")
    otherName = try row("name_differs") ? OtherName(line: line) : nil
  }

  /// What it says; nil when it was written for another kind of check.
  package func open(_ keys: KeyRing) throws -> CheckRecord? {
    CheckRecord(type, storedText: try keys.openText(values, for: .checkRecord))
  }
}

/// The records behind all answers about a household, in the order of their files.
func answerRecords(of household: HouseholdID) -> Query<AnswerRecord> {
  Query(
    """
    SELECT r.delivery_id, r.household_id, r.person_id, r.check_type, r.line, r.digest, r.values_sealed,
      r.name_differs
    FROM check_records r
    WHERE r.household_id = \(household)
      AND r.delivery_id IN (
        SELECT k.delivery_id FROM checks k WHERE k.household_id = \(household)
        UNION SELECT w.delivery_id FROM withdrawn_checks w WHERE w.household_id = \(household))
    ORDER BY r.delivery_id, r.line, r.id
    """)
}
