import Domain
import Pages
import Postgres

/// One row of the list of leases.
struct LeaseLine: RowDecodable {
  let id: LeaseID
  let area: AreaCode
  let contractNumber: String
  let household: HouseholdID
  let householdNumber: String
  let applicant: String?
  let estate: String
  let building: String
  let unit: String
  let room: String
  let township: String
  let startsOn: Day
  let endsOn: Day
  let endedOn: Day?
  let monthlyRent: Hundredths
  let state: LeaseState

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    contractNumber = try row("contract_number")
    household = try row("household_id")
    householdNumber = try row("household_number")
    applicant = try row("applicant")
    estate = try row("estate")
    building = try row("building")
    unit = try row("unit")
    room = try row("room")
    township = try row("township")
    startsOn = try row("starts_on")
    endsOn = try row("ends_on")
    endedOn = try row("ended_on")
    monthlyRent = try row("monthly_rent")
    state = try row("state")
  }
}

/// Leases by area and id, those of a page and one more, or all of them.
func leaseLines(
  _ filter: LeaseFilter, in scope: RegisterScope, today: Day, from position: AreaPosition?,
  limit: Int? = registerPageSize + 1
) -> Query<LeaseLine> {
  Query(
    """
    SELECT l.id, l.area, l.contract_number, l.household_id, h.number AS household_number,
      h.applicant, e.name AS estate, m.building, m.unit, m.room, a.name AS township,
      l.starts_on, l.ends_on, l.ended_on, l.monthly_rent, l.state
    FROM (
      SELECT l.* FROM \(filter.tables)
      WHERE \(filter.condition(in: scope, today: today))
        AND \(rows("l.area", "l.id", from: position))
      ORDER BY \(order("l.area", "l.id", from: position)) \(limited(to: limit))) l
    JOIN households h ON h.id = l.household_id
    JOIN homes m ON m.id = l.home_id
    JOIN estates e ON e.id = m.estate_id
    JOIN areas a ON a.code = l.area
    ORDER BY l.area, l.id
    """)
}

func leaseCount(_ filter: LeaseFilter, in scope: RegisterScope, today: Day) -> Query<Int> {
  Query(
    """
    SELECT count(*) FROM (
      SELECT FROM \(filter.tables) WHERE \(filter.condition(in: scope, today: today))
      LIMIT \(constant: CappedCount.limit + 1)) counted
    """)
}
