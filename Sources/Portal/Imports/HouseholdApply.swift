import Domain
import FindingLedger
import Foundation
import Postgres
import Register

// How households and persons are written.
extension HouseholdImport {
  func apply(_ tx: Transaction, _ id: ImportID, at now: Date) throws -> AppliedRanges {
    var changed: [PersonID] = []
    if hasKnown { changed = try changeKnown(tx) }
    let households = try tx.reserve(groups.groups.count, of: "households_id_seq")
    let rows = groups.rowCount
    let persons = try tx.reserve(rows, of: "persons_id_seq")
    try addHouseholds(tx, id, first: households)
    let added = try addPersons(tx, id, firstHousehold: households, firstPerson: persons)
    try keepWrittenNames(tx, id, firstPerson: persons, changed)
    if hasKnown { try countKnown(tx) }
    var ranges = AppliedRanges()
    if !groups.groups.isEmpty {
      ranges.households = households...(households + Int64(groups.groups.count) - 1)
    }
    if added > 0 {
      ranges.persons = persons...(persons + Int64(rows) - 1)
      try noteNames(tx, first: persons, last: persons + Int64(rows) - 1)
    }
    if findings > 0, let range = ranges.persons {
      try tx.recordDuplicatePersons(
        .range(
          first: PersonID(rawValue: range.lowerBound), last: PersonID(rawValue: range.upperBound)),
        at: now)
    }
    if !changed.isEmpty { try tx.recheckDuplicatePersons(changed, at: now) }
    return ranges
  }

  /// - Returns: who was changed.
  private func changeKnown(_ tx: Transaction) throws -> [PersonID] {
    // Until the end nobody moves or takes back a household that gets new members.
    try tx.execute(
      """
      SELECT FROM households h WHERE h.id IN (\(Self.knownWithNewMembers))
      ORDER BY h.id FOR NO KEY UPDATE
      """)
    try tx.execute(
      """
      UPDATE households h SET area = COALESCE(g.area, h.area),
        category = COALESCE(g.category, h.category), version = version + 1
      FROM import_households g
      WHERE h.id = g.household_id AND NOT g.bad AND \(Self.householdChanged)
      """)
    return try tx.all(
      Query<PersonID>(
        """
        UPDATE persons p SET \(Self.staged.assignments), version = p.version + 1
        FROM import_rows r JOIN import_households g ON g.household = r.household
        WHERE p.id = r.person_id AND NOT g.bad AND \(Self.staged.changed)
        RETURNING p.id
        """))
  }

  private static let knownWithNewMembers: SQL = """
    SELECT g.household_id FROM import_households g JOIN import_rows r USING (household)
    WHERE g.household_id IS NOT NULL AND NOT g.bad AND r.person_id IS NULL
    """

  /// Of the rows of an import no trigger counts the people; a new household comes counted.
  private func countKnown(_ tx: Transaction) throws {
    try tx.execute("SELECT count_household_people(ARRAY(\(Self.knownWithNewMembers)))")
  }

  /// A new household's number is the first one reserved and its place in the file.
  private func addHouseholds(_ tx: Transaction, _ id: ImportID, first: Int64) throws {
    try tx.execute(
      """
      INSERT INTO households (id, area, number, category, merged_into, applicant, members, import_id)
      SELECT \(first) + g.household, g.area, COALESCE(g.number, next_household_number(g.area)), g.category,
        CASE WHEN g.merged_into IS NOT NULL THEN COALESCE(
          (SELECT \(first) + o.household FROM import_households o
           WHERE o.number = g.merged_into AND o.household_id IS NULL AND NOT o.bad),
          (SELECT h.id FROM households h WHERE h.number = g.merged_into)) END,
        g.applicant, g.members, \(id)
      FROM import_households g WHERE g.household_id IS NULL AND NOT g.bad ORDER BY g.household
      """)
  }

  /// Household and area of a person are read from the household's own row: for the rows of an import no
  /// trigger asks whether they fit.
  private func addPersons(
    _ tx: Transaction, _ id: ImportID, firstHousehold: Int64, firstPerson: Int64
  ) throws -> Int {
    try tx.execute(
      """
      INSERT INTO persons (id, area, household_id, id_number_sealed, id_number_index,
        \(Self.staged.inserted), import_id)
      SELECT \(firstPerson) + r.ordinal - 1, h.area, h.id, r.id_sealed, r.id_index,
        \(Self.staged.insertedValues), \(id)
      FROM import_rows r JOIN import_households g ON g.household = r.household
      JOIN households h ON h.id = COALESCE(g.household_id, \(firstHousehold) + g.household)
      WHERE r.person_id IS NULL AND NOT g.bad
      """)
  }

  private func keepWrittenNames(
    _ tx: Transaction, _ id: ImportID, firstPerson: Int64, _ changed: [PersonID]
  ) throws {
    guard
      try tx.one(Query("SELECT EXISTS (SELECT FROM import_rows WHERE name_written IS NOT NULL)"))
    else { return }
    try tx.keepWrittenNames(
      of: "persons", household: "t.household_id", id,
      """
      FROM import_rows r JOIN import_households g ON g.household = r.household
      JOIN persons t ON t.id = COALESCE(r.person_id, \(firstPerson)::bigint + r.ordinal - 1)
      WHERE r.name_written IS NOT NULL AND NOT g.bad
        AND (r.person_id IS NULL OR r.person_id = ANY(\(list: changed)))
      """)
  }

  /// Their names can be searched at once; the index takes them in by and by.
  private func noteNames(_ tx: Transaction, first: Int64, last: Int64) throws {
    // The register's households are read through only where the file names some of them.
    let known: SQL = hasKnown ? "LEFT JOIN households h ON h.id = g.household_id" : ""
    let area: SQL = hasKnown ? "COALESCE(h.area, g.area)" : "g.area"
    try tx.execute(
      """
      INSERT INTO name_backlog (area, first_person, last_person)
      SELECT DISTINCT \(area), \(first)::bigint, \(last)::bigint
      FROM import_households g \(known) WHERE NOT g.bad
      """)
  }
}
