import Domain
import Foundation
import Postgres

// What an import makes of households and persons that the register holds.
extension HouseholdImport {
  static let householdChanged: SQL =
    "(h.area, h.category) <> (COALESCE(g.area, h.area), COALESCE(g.category, h.category))"

  func counts(_ tx: Transaction) throws -> ImportCounts {
    var counts = try tx.one(
      Query(
        """
        SELECT count(*) FILTER (WHERE household_id IS NULL) AS created,
          COALESCE(sum(rows) FILTER (WHERE household_id IS NULL), 0) AS members,
          count(*) FILTER (WHERE household_id IS NOT NULL) AS known
        FROM import_households WHERE NOT bad
        """
      ) { row in
        ImportCounts(
          created: try row("created"), unchanged: try row("known"),
          membersCreated: try row("members"), membersChanged: 0)
      })
    counts.findings = findings
    guard hasKnown else { return counts }
    let known = try tx.one(knownCounts)
    counts.changed = known.households
    counts.unchanged -= known.households
    counts.membersCreated = (counts.membersCreated ?? 0) + known.added
    counts.membersChanged = known.persons
    return counts
  }

  private struct Known: RowDecodable {
    let households: Int
    let added: Int
    let persons: Int

    init(_ row: Row) throws {
      households = try row("households")
      added = try row("added")
      persons = try row("persons")
    }
  }

  private var knownCounts: Query<Known> {
    Query(
      """
      SELECT count(*) FILTER (WHERE \(Self.householdChanged) OR f.added > 0 OR f.persons > 0)
          AS households,
        COALESCE(sum(f.added), 0) AS added, COALESCE(sum(f.persons), 0) AS persons
      FROM import_households g
      JOIN households h ON h.id = g.household_id
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE r.person_id IS NULL) AS added,
          count(*) FILTER (WHERE r.person_id IS NOT NULL AND \(Self.staged.changed)) AS persons
        FROM import_rows r LEFT JOIN persons p ON p.id = r.person_id
        WHERE r.household = g.household) f
      WHERE NOT g.bad
      """)
  }

  func changes(_ tx: Transaction, limit: Int, _ sheets: [String]) throws -> [ImportChange] {
    guard hasKnown else { return [] }
    let households = try tx.all(changedHouseholds(limit)).map {
      $0.change(
        [("乡镇", plain), ("保障类别", title(HouseholdCategory.self, \.title))], sheets)
    }
    let persons = try tx.all(changedPersons(limit)).map { person in
      let change = person.change(Self.staged.fields, sheets)
      return ImportChange(
        sheet: change.sheet, line: change.line,
        subject: "\(change.subject) \(Masking.maskedName(person.old[1]))", fields: change.fields)
    }
    let added = try tx.all(addedPersons(limit)).map { change in
      ImportChange(
        sheet: sheets.indices.contains(change.sheet) ? sheets[change.sheet] : "",
        line: change.line, subject: change.subject,
        fields: [
          ImportChange.Field(
            field: "新增成员", from: "",
            to: "\(Masking.maskedName(change.new[0]))（\(Self.relationTitle(change.new[1]))）")
        ])
    }
    return Array((households + persons + added).sorted { $0.line < $1.line }.prefix(limit))
  }

  private func changedHouseholds(_ limit: Int) -> Query<StagedChange> {
    Query(
      """
      SELECT g.sheet, g.line, '家庭 ' || h.number AS subject, ARRAY[a.name, h.category] AS old,
        ARRAY[COALESCE(b.name, a.name), COALESCE(g.category, h.category)] AS new
      FROM import_households g JOIN households h ON h.id = g.household_id
      JOIN areas a ON a.code = h.area LEFT JOIN areas b ON b.code = g.area
      WHERE NOT g.bad AND \(Self.householdChanged) ORDER BY g.ordinal LIMIT \(limit)
      """)
  }

  private func changedPersons(_ limit: Int) -> Query<StagedChange> {
    Query(
      """
      SELECT r.sheet, r.line, '家庭 ' || h.number AS subject, \(Self.staged.texts)
      FROM import_rows r JOIN import_households g ON g.household = r.household
      JOIN persons p ON p.id = r.person_id JOIN households h ON h.id = p.household_id
      WHERE NOT g.bad AND \(Self.staged.changed) ORDER BY r.ordinal LIMIT \(limit)
      """)
  }

  private func addedPersons(_ limit: Int) -> Query<StagedChange> {
    Query(
      """
      SELECT r.sheet, r.line, '家庭 ' || h.number AS subject, ARRAY['', ''] AS old,
        ARRAY[r.name, r.relation] AS new
      FROM import_rows r JOIN import_households g ON g.household = r.household
      JOIN households h ON h.id = g.household_id
      WHERE NOT g.bad AND r.person_id IS NULL ORDER BY r.ordinal LIMIT \(limit)
      """)
  }
}
