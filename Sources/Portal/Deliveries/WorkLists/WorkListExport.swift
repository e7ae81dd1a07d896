import Domain
import Ground
import Postgres
import Register
import Spreadsheet

/// The open checks of a round on their way to the bureau that owes them, with whole ID numbers: without
/// them it cannot look anybody up.
struct WorkListExport: Sendable {
  let type: CheckType
  let round: ReviewRoundID
  let scope: WorkListScope
  let keys: KeyRing
  let today: Day

  /// Writes header and rows; how many rows.
  func write(to table: any TableWriter, _ tx: Transaction) throws -> Int {
    let map = WorkListSheet.map(type, today: today)
    let idColumn = map.columns.firstIndex { $0.title == WorkListSheet.idNumber }
    try table.header(map.titles)
    var count = 0
    try tx.forEach(openPersons) { line in
      var cells = map.cells(of: line.row)
      // An old number that is none goes out as it is stored, so that nobody is left out unseen.
      if line.row.idNumber == nil, let number = line.number, let idColumn {
        cells[idColumn] = .text(number)
      }
      try table.row(cells)
      count += 1
    }
    return count
  }

  private struct Line: Sendable {
    let row: WorkListRow
    let number: String?
  }

  /// Household by household, the applicant first; of a household that is asked about as a whole, its
  /// applicant.
  private var openPersons: Query<Line> {
    let limit: SQL = type.isAboutPersons ? "" : "LIMIT 1"
    let keys = keys
    return Query(
      """
      SELECT h.number, e.name AS estate, m.building, m.unit, m.room, p.name, p.id_number_sealed,
        p.relation
      FROM (\(openChecks(type, in: round, of: scope))) f
      JOIN households h ON h.id = f.household_id
      LEFT JOIN leases l ON l.household_id = h.id AND l.state = 'running'
      LEFT JOIN homes m ON m.id = l.home_id
      LEFT JOIN estates e ON e.id = m.estate_id
      LEFT JOIN LATERAL (
        SELECT p.id, p.name, p.id_number_sealed, p.relation FROM persons p
        WHERE p.household_id = h.id AND p.left_on IS NULL
        ORDER BY p.relation <> 'applicant', p.id \(limit)) p ON true
      ORDER BY f.area, f.estate_id, f.household_id, p.relation <> 'applicant', p.id
      """
    ) { row in
      let number = try row("id_number_sealed", as: [UInt8]?.self).map {
        try keys.openText($0, for: .personIDNumber)
      }
      let building: String? = try row("building")
      return Line(
        row: WorkListRow(
          household: try row("number"), estate: try row("estate"),
          home: try building.map {
            homeText(building: $0, unit: try row("unit"), room: try row("room"))
          },
          name: try row("name"), idNumber: number.flatMap { try? ResidentID($0) },
          relation: try row("relation", as: Relation?.self)?.title),
        number: number)
    }
  }
}

/// The households of a round's frame that wait for an answer to a check.
func openChecks(_ type: CheckType, in round: ReviewRoundID, of scope: WorkListScope) -> SQL {
  """
  SELECT f.area, f.estate_id, f.household_id FROM review_households f
  WHERE f.round_id = \(round) AND \(scope.condition) AND NOT EXISTS (
    SELECT FROM checks k WHERE k.round_id = f.round_id AND k.household_id = f.household_id
      AND k.check_type = \(type))
  """
}
