import Domain
import Foundation
import Ground
import Postgres
import Reviews

/// What a row without an ID number says, as it is kept, sealed, until somebody decides whom it is about.
struct NamedRow: Sendable {
  let name: String
  let birth: Day
  /// See ``CheckRecord/storedText``.
  let values: String

  init(name: String, birth: Day, values: String) {
    self.name = name
    self.birth = birth
    self.values = values
  }

  init(_ sealed: [UInt8], _ keys: KeyRing) throws {
    let text = try keys.openText(sealed, for: .deliveryMatch)
    let parts = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let birth = Day(iso: String(parts[1])) else {
      throw SealError.notSealed
    }
    self.init(name: String(parts[0]), birth: birth, values: String(parts[2]))
  }

  /// By what the row is known when the same bureau sends it again; nothing of it can be read from this.
  func hash(_ type: CheckType, _ keys: KeyRing) -> [UInt8] {
    let thing = CheckRecord(type, storedText: values)?.thing ?? ""
    let parts = [type.bureau.rawValue, name, birth.iso, thing]
    return keys.hash(parts.joined(separator: "\n"), of: .matchedRow)
  }

  func seal(_ keys: KeyRing) throws -> [UInt8] {
    try keys.seal("\(name)\n\(birth.iso)\n\(values)", for: .deliveryMatch)
  }
}

/// Somebody of the register whose name a row has.
private struct NameCandidate: RowDecodable {
  let line: Int
  /// Nil, like the values, where the row could not be read.
  let birth: Day?
  let values: [UInt8]?
  let person: PersonID
  let household: HouseholdID
  let area: AreaCode
  let number: [UInt8]

  init(_ row: Row) throws {
    line = try row("line")
    birth = try row("birth")
    values = try row("sealed")
    person = try row("person_id")
    household = try row("household_id")
    area = try row("area")
    number = try row("id_number_sealed")
  }
}

extension Transaction {
  /// Keeps of the rows without an ID number those whose name and day of birth are somebody's, for a person
  /// to decide; whom a row may mean that could not be read, in `unread_households`.
  ///
  func keepCandidates(of delivery: DeliveryHead, _ keys: KeyRing) throws {
    var batch: [NameCandidate] = []
    var unread: Set<HouseholdID> = []
    try forEach(
      Query<NameCandidate>(
        """
        SELECT s.line, s.birth, s.sealed, p.id AS person_id, p.household_id, p.area,
          p.id_number_sealed
        FROM delivery_rows s JOIN persons p ON p.name = s.name
        WHERE s.name IS NOT NULL AND p.left_on IS NULL
        """)
    ) { candidate in
      let number = try keys.openText(candidate.number, for: .personIDNumber)
      let birth = (try? ResidentID(number))?.birthDay
      guard candidate.values != nil else {
        if candidate.birth == nil || birth == nil || birth == candidate.birth {
          unread.insert(candidate.household)
        }
        return
      }
      guard birth != nil, birth == candidate.birth else { return }
      batch.append(candidate)
      if batch.count == 500 {
        try keep(batch, of: delivery, keys)
        batch.removeAll(keepingCapacity: true)
      }
    }
    try keep(batch, of: delivery, keys)
    if !unread.isEmpty {
      try execute(
        """
        INSERT INTO unread_households SELECT unnest(\(list: Array(unread))::bigint[])
        ON CONFLICT DO NOTHING
        """)
    }
  }

  private func keep(
    _ candidates: [NameCandidate], of delivery: DeliveryHead, _ keys: KeyRing
  ) throws {
    guard !candidates.isEmpty else { return }
    let hashes = try candidates.compactMap { candidate in
      try candidate.values.map { try NamedRow($0, keys).hash(delivery.type, keys) }
    }
    try execute(
      """
      INSERT INTO delivery_matches (area, delivery_id, line, person_id, household_id, values_sealed,
        row_hash)
      SELECT area, \(delivery.id), line, person, household, sealed, hash
      FROM unnest(\(list: candidates.map(\.area))::text[], \(list: candidates.map(\.line))::integer[],
        \(list: candidates.map(\.person))::bigint[], \(list: candidates.map(\.household))::bigint[],
        \(list: candidates.compactMap(\.values))::bytea[], \(list: hashes)::bytea[])
        AS c (area, line, person, household, sealed, hash)
      ON CONFLICT DO NOTHING
      """)
  }
}

/// How many rows of a delivery a person has to decide on.
func undecidedRows(of delivery: DeliveryID) -> Query<Int> {
  Query(
    """
    SELECT count(DISTINCT line) FROM delivery_matches
    WHERE delivery_id = \(delivery) AND state = 'open'
    """)
}
