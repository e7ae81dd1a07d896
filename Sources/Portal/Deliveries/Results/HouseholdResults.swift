import Domain
import Ground
import Postgres
import Reviews

/// A record of a delivery in the order of households.
private struct HouseholdRecord: RowDecodable {
  let household: HouseholdID
  let area: AreaCode
  let record: AnswerRecord

  init(_ row: Row) throws {
    household = try row("household_id")
    area = try row("area")
    record = try AnswerRecord(row)
  }
}

/// A household with all that a delivery says of it.
private struct DeliveredHousehold {
  let id: HouseholdID
  let area: AreaCode
  var records: [PersonRecord] = []
}

/// A member with the household, as the rules want them.
private struct DeliveredMember: RowDecodable {
  let household: HouseholdID
  let facts: MemberFacts

  init(_ row: Row) throws {
    household = try row("household_id")
    facts = MemberFacts(
      id: try row("id"), relation: try row("relation"), maritalStatus: try row("marital_status"),
      registeredAt: try row("registered_at"))
  }
}

/// Decides for each household of an extract whether what its bureau's register says is a hit. Goes
/// through the records by household, so that a million of them take no more memory than a thousand.
struct HouseholdResults {
  private static let batchSize = 500

  let delivery: DeliveryHead
  let lines: EligibilityLines
  let keys: KeyRing
  let progress: JobProgress?

  /// Writes the results of all households into `delivery_answers`.
  func keepAll(_ tx: Transaction) throws {
    guard delivery.type.isMeasured else { return try keepExistence(tx) }
    var batch: [DeliveredHousehold] = []
    var count = 0
    try tx.forEach(records(of: nil)) { found in
      if batch.last?.id != found.household {
        if batch.count == Self.batchSize {
          try keep(batch, tx)
          count += batch.count
          try progress?.advance(to: count, of: nil)
          batch.removeAll(keepingCapacity: true)
        }
        batch.append(DeliveredHousehold(id: found.household, area: found.area))
      }
      try add(found, to: &batch)
    }
    try keep(batch, tx)
  }

  /// Writes the result of one household anew, or takes it back where nothing is said of it any more.
  func keep(_ household: HouseholdID, _ tx: Transaction) throws {
    let before = try tx.first(
      Query<CheckResult?>(
        """
        DELETE FROM delivery_answers
        WHERE delivery_id = \(delivery.id) AND household_id = \(household) RETURNING result
        """))
    var batch: [DeliveredHousehold] = []
    try tx.forEach(records(of: household)) { found in
      if batch.isEmpty { batch.append(DeliveredHousehold(id: household, area: found.area)) }
      try add(found, to: &batch)
    }
    try keep(batch, tx)
    guard case .some(nil) = before else { return }
    // What could not be read is not known now either.
    try tx.leaveOpen("SELECT \(household)::bigint", of: delivery)
  }

  private func add(_ found: HouseholdRecord, to batch: inout [DeliveredHousehold]) throws {
    guard let record = try found.record.open(keys) else { return }
    batch[batch.count - 1].records.append(
      PersonRecord(person: found.record.person, record: record))
  }

  /// What merely exists is a hit wherever it still is, or clear where it ought to be; nothing needs to be opened.
  private func keepExistence(_ tx: Transaction) throws {
    let other = delivery.type.settled == .hit ? CheckResult.clear : .hit
    try tx.execute(
      """
      INSERT INTO delivery_answers (delivery_id, area, household_id, result)
      SELECT \(delivery.id), min(area), household_id,
        CASE WHEN bool_or(holds) THEN \(delivery.type.settled)::text ELSE \(other)::text END
      FROM check_records WHERE delivery_id = \(delivery.id) GROUP BY household_id
      """)
  }

  private func keep(_ households: [DeliveredHousehold], _ tx: Transaction) throws {
    guard !households.isEmpty else { return }
    let members = Dictionary(
      grouping: try tx.all(members(of: households.map(\.id))), by: \.household
    ).mapValues { $0.map(\.facts) }
    let results = households.map { household -> CheckResult in
      let isHit = EligibilityRules.isHit(
        delivery.type, household.records, asOf: delivery.asOf, members: members[household.id] ?? [],
        county: household.area.county ?? household.area, lines)
      return isHit ? .hit : .clear
    }
    try tx.execute(
      """
      INSERT INTO delivery_answers (delivery_id, area, household_id, result)
      SELECT \(delivery.id), area, household, result
      FROM unnest(\(list: households.map(\.area))::text[], \(list: households.map(\.id))::bigint[],
        \(list: results)::text[]) AS h (area, household, result)
      """)
  }

  private func records(of household: HouseholdID?) -> Query<HouseholdRecord> {
    let which: SQL = household.map { "r.household_id = \($0)" } ?? "true"
    return Query(
      """
      SELECT r.delivery_id, r.household_id, r.person_id, r.check_type, r.line, r.digest,
        r.values_sealed, r.name_differs, r.area
      FROM check_records r WHERE r.delivery_id = \(delivery.id) AND \(which)
      ORDER BY r.household_id
      """)
  }

  private func members(of households: [HouseholdID]) -> Query<DeliveredMember> {
    Query(
      """
      SELECT id, household_id, relation, marital_status, registered_at FROM persons
      WHERE household_id = ANY(\(list: households)) AND left_on IS NULL
      """)
  }
}
