import Domain
import Pages
import Postgres
import Reviews

/// How a record of a delivery stands to the delivery of the same kind before it.
enum RecordChange: String, CaseIterable, Sendable, PostgresDecodable, PostgresEncodable {
  case added
  case gone

  /// The word shown on screens.
  var title: String {
    switch self {
    case .added: "新出现"
    case .gone: "不再有"
    }
  }
}

/// A record that only one of two deliveries has.
struct DeliveryDifference: RowDecodable {
  let change: RecordChange
  let household: HouseholdID
  let householdNumber: String
  let area: AreaCode
  let township: String
  /// Nil where it is about the household.
  let name: String?
  let relation: Relation?
  let record: AnswerRecord
  let id: Int64

  init(_ row: Row) throws {
    change = try row("change")
    household = try row("household_id")
    householdNumber = try row("household_number")
    area = try row("area")
    township = try row("township")
    name = try row("name")
    relation = try row("relation")
    record = try AnswerRecord(row)
    id = try row("id")
  }
}

/// Household by household.
let differenceOrder = ListOrder<DeliveryDifference>.ascending(
  .key("c.household_id", \.household), .key("c.id", \.id), paging: .onward("after", toFirst: true))

/// What a delivery has and the one before it has not, and the other way round, household by household.
///
/// What a partial delivery does not name is not gone: of such a one only the households that it names are
/// compared.
func deliveryDifferences(
  _ delivery: DeliveryHead, since previous: DeliveryID, from position: ListPosition? = nil,
  limit: Int?
) -> Query<DeliveryDifference> {
  let named: SQL =
    delivery.isComplete
    ? "true"
    : """
    EXISTS (SELECT FROM check_records n
      WHERE n.delivery_id = \(delivery.id) AND n.household_id = r.household_id)
    """
  return Query(
    """
    SELECT c.*, h.number AS household_number, a.name AS township, p.name, p.relation
    FROM (
      \(recordsMissing(in: previous, of: delivery.id, "added"))
      UNION ALL
      \(recordsMissing(in: delivery.id, of: previous, "gone")) AND \(named)) c
    JOIN households h ON h.id = c.household_id
    JOIN areas a ON a.code = h.area
    LEFT JOIN persons p ON p.id = c.person_id
    WHERE \(differenceOrder.rows(from: position))
    ORDER BY \(differenceOrder.forward) \(limited(to: limit))
    """)
}

private func recordsMissing(
  in other: DeliveryID, of delivery: DeliveryID, _ change: StaticString
) -> SQL {
  """
  SELECT '\(raw: change)' AS change, r.id, r.area, r.delivery_id, r.household_id, r.person_id,
    r.check_type, r.line, r.digest, r.values_sealed, r.name_differs
  FROM check_records r
  WHERE r.delivery_id = \(delivery) AND NOT EXISTS (
    SELECT FROM check_records o WHERE o.delivery_id = \(other) AND o.household_id = r.household_id
      AND o.digest = r.digest)
  """
}
