import Domain
import Pages
import Postgres

/// One row of the list of homes.
struct HomeLine: RowDecodable {
  let id: HomeID
  let area: AreaCode
  let estate: String
  let building: String
  let unit: String
  let room: String
  let floorArea: Hundredths
  let state: HomeState
  let township: String
  let household: HouseholdID?
  let householdNumber: String?
  let applicant: String?

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    estate = try row("estate")
    building = try row("building")
    unit = try row("unit")
    room = try row("room")
    floorArea = try row("floor_area")
    state = try row("state")
    township = try row("township")
    household = try row("household_id")
    householdNumber = try row("household_number")
    applicant = try row("applicant")
  }
}

/// Homes by area and id, those of a page and one more, or all of them; who lives there is looked up
/// for these lines only.
func homeLines(
  _ selection: HomeSelection, from position: AreaPosition?, limit: Int? = registerPageSize + 1
) -> Query<HomeLine> {
  Query(
    """
    SELECT m.id, m.area, e.name AS estate, m.building, m.unit, m.room, m.floor_area, m.state,
      a.name AS township, l.household_id, h.number AS household_number, h.applicant
    FROM (
      SELECT m.* FROM homes m
      WHERE \(selection.condition) AND \(rows("m.area", "m.id", from: position))
      ORDER BY \(order("m.area", "m.id", from: position)) \(limited(to: limit))) m
    JOIN estates e ON e.id = m.estate_id
    JOIN areas a ON a.code = m.area
    LEFT JOIN leases l ON l.home_id = m.id AND l.state = 'running'
    LEFT JOIN households h ON h.id = l.household_id
    ORDER BY m.area, m.id
    """)
}

func homeCount(_ selection: HomeSelection) -> Query<Int> {
  Query(
    """
    SELECT count(*) FROM (
      SELECT FROM homes m WHERE \(selection.condition)
      LIMIT \(constant: CappedCount.limit + 1)) counted
    """)
}
