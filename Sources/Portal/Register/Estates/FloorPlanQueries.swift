import Domain
import Postgres

/// A building of an estate with its homes by state.
struct BuildingSummary: RowDecodable {
  let building: String
  let homes: [HomeState: Int]

  init(_ row: Row) throws {
    building = try row("building")
    homes = [
      .vacant: try row("vacant"), .leased: try row("leased"), .inRepair: try row("in_repair"),
      .awaitingRecovery: try row("awaiting_recovery"),
    ]
  }

  var count: Int { homes.values.reduce(0, +) }
}

func buildings(of estate: EstateID) -> Query<BuildingSummary> {
  Query(
    """
    SELECT building, count(*) FILTER (WHERE state = 'vacant') AS vacant,
      count(*) FILTER (WHERE state = 'leased') AS leased,
      count(*) FILTER (WHERE state = 'in_repair') AS in_repair,
      count(*) FILTER (WHERE state = 'awaiting_recovery') AS awaiting_recovery
    FROM homes WHERE estate_id = \(estate)
    GROUP BY building ORDER BY building
    """)
}

/// A home on a floor plan.
struct PlanHome: RowDecodable {
  let id: HomeID
  let unit: String
  let room: String
  let state: HomeState
  /// Not yet masked; nil without a running lease.
  let occupant: String?

  init(_ row: Row) throws {
    id = try row("id")
    unit = try row("unit")
    room = try row("room")
    state = try row("state")
    occupant = try row("occupant")
  }
}

/// The homes of one building.
func planHomes(of estate: EstateID, building: String) -> Query<PlanHome> {
  Query(
    """
    SELECT h.id, h.unit, h.room, h.state, f.applicant AS occupant
    FROM homes h
    LEFT JOIN leases l ON l.home_id = h.id AND l.state = 'running'
    LEFT JOIN households f ON f.id = l.household_id
    WHERE h.estate_id = \(estate) AND h.building = \(building)
    ORDER BY h.unit, h.room, h.id
    """)
}
