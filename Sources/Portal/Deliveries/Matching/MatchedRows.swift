import Domain
import Postgres
import Reviews

// From `delivery_rows` into the records of the delivery, by the whole blind index or contract number.
extension Transaction {
  /// Keeps what the file says of persons of the register, each thing once.
  func keepMatchedPersons(of delivery: DeliveryHead, hasRepeats: Bool) throws {
    let person: SQL = delivery.type.isAboutPersons ? "p.id" : "NULL::bigint"
    let rows: SQL = """
      SELECT p.area, p.household_id, \(person) AS person_id, s.line, s.digest, s.sealed, s.holds,
        coalesce(\(Self.namesDiffer), false) AS name_differs
      FROM delivery_rows s JOIN persons p ON p.id = s.person_id AND p.id_number_index = s.id_index
      WHERE p.left_on IS NULL AND s.digest IS NOT NULL
      """
    try insert(rows, of: delivery, isDistinct: !hasRepeats && delivery.type.isAboutPersons)
  }

  /// Whether the name in a row is another one than the register's, however it is written. Where several own a
  /// thing it is theirs if their name is among those in the row; a masked name says nothing.
  private static let namesDiffer: SQL = """
    s.given_name !~ '[*＊]'
      AND strpos(\(plainName("s.given_name")), \(plainName("p.name"))) = 0
    """

  private static func plainName(_ column: StaticString) -> SQL {
    """
    regexp_replace(upper(normalize(\(raw: column), NFKC)), '[[:space:]·•・‧∙⋅.]', '', 'g')
    """
  }

  /// Keeps what the file says of leases of the register.
  func keepMatchedContracts(of delivery: DeliveryHead) throws {
    try insert(
      """
      SELECT h.area, h.id AS household_id, NULL::bigint AS person_id, s.line, s.digest, s.sealed,
        s.holds, false AS name_differs
      FROM delivery_rows s JOIN leases l ON l.contract_number = s.contract
      JOIN households h ON h.id = l.household_id
      WHERE s.digest IS NOT NULL AND NOT EXISTS (
        SELECT FROM check_records r WHERE r.delivery_id = \(delivery.id)
          AND r.household_id = h.id AND r.digest = s.digest OFFSET 0)
      """, of: delivery, isDistinct: false)
  }

  /// Notes in `unread_households` who is named, by number or contract, in a row that could not be read.
  func noteUnreadHouseholds() throws {
    try execute(
      """
      INSERT INTO unread_households
      SELECT p.household_id FROM delivery_rows s
      JOIN persons p ON p.id = s.person_id AND p.id_number_index = s.id_index
      WHERE s.sealed IS NULL AND p.left_on IS NULL
      UNION
      SELECT l.household_id FROM delivery_rows s JOIN leases l ON l.contract_number = s.contract
      WHERE s.sealed IS NULL
      """)
  }

  /// Leaves households open of which a row could not be read, but for those of which the rest says
  /// enough: half of what a household earns must not make it one that earns too little, and a home without
  /// an address is no home that is not there; who is on the list of homes allocated is on it.
  ///
  /// - Parameter households: a query of their ids; by default `unread_households`.
  /// - Returns: how many are left open.
  @discardableResult
  func leaveOpen(
    _ households: SQL = "SELECT id FROM unread_households", of delivery: DeliveryHead
  ) throws -> Int {
    try execute(
      """
      INSERT INTO delivery_answers AS a (delivery_id, area, household_id)
      SELECT \(delivery.id), area, id FROM households WHERE id IN (\(households))
      ON CONFLICT (delivery_id, household_id) DO UPDATE SET result = NULL
      WHERE a.result <> \(delivery.type.settled)::text
      """)
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
        values_sealed, holds, name_differs)
      SELECT f.area, \(delivery.id), f.household_id, f.person_id, \(delivery.type), f.line, f.digest,
        f.sealed, f.holds, f.name_differs
      FROM (\(once)) f
      """)
  }
}
