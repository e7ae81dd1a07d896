import Domain
import Postgres

// From `delivery_rows` into the records of the delivery, by the whole blind index or contract number.
extension Transaction {
  /// Keeps what the file says of persons of the register, each thing once.
  func keepMatchedPersons(of delivery: DeliveryHead, hasRepeats: Bool) throws {
    let person: SQL = delivery.type.isAboutPersons ? "p.id" : "NULL::bigint"
    let rows: SQL = """
      SELECT p.area, p.household_id, \(person) AS person_id, s.line, s.digest, s.sealed
      FROM delivery_rows s JOIN persons p ON p.id = s.person_id AND p.id_number_index = s.id_index
      WHERE p.left_on IS NULL
      """
    try insert(rows, of: delivery, isDistinct: !hasRepeats && delivery.type.isAboutPersons)
  }

  /// Keeps what the file says of leases of the register.
  func keepMatchedContracts(of delivery: DeliveryHead) throws {
    try insert(
      """
      SELECT h.area, h.id AS household_id, NULL::bigint AS person_id, s.line, s.digest, s.sealed
      FROM delivery_rows s JOIN leases l ON l.contract_number = s.contract
      JOIN households h ON h.id = l.household_id
      WHERE NOT EXISTS (
        SELECT FROM check_records r WHERE r.delivery_id = \(delivery.id)
          AND r.household_id = h.id AND r.digest = s.digest)
      """, of: delivery, isDistinct: false)
  }

  /// - Parameter isDistinct: whether no row says what another one says.
  private func insert(_ rows: SQL, of delivery: DeliveryHead, isDistinct: Bool) throws {
    let once: SQL =
      isDistinct
      ? rows
      : """
      SELECT DISTINCT ON (m.household_id, m.digest) m.*
      FROM (\(rows)) m ORDER BY m.household_id, m.digest, m.line
      """
    try execute(
      """
      INSERT INTO check_records (area, delivery_id, household_id, person_id, check_type, line, digest,
        values_sealed)
      SELECT f.area, \(delivery.id), f.household_id, f.person_id, \(delivery.type), f.line, f.digest,
        f.sealed
      FROM (\(once)) f
      """)
  }
}
