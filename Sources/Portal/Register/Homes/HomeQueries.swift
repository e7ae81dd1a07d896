import Domain
import Postgres

/// A home with its estate.
struct HomeDetail: RowDecodable {
  let id: HomeID
  let area: AreaCode
  let township: String
  let estate: EstateID
  let estateName: String
  let estateAddress: String
  let building: String
  let unit: String
  let room: String
  let floorArea: Hundredths
  let state: HomeState
  let version: Int

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    township = try row("township")
    estate = try row("estate_id")
    estateName = try row("estate")
    estateAddress = try row("address")
    building = try row("building")
    unit = try row("unit")
    room = try row("room")
    floorArea = try row("floor_area")
    state = try row("state")
    version = try row("version")
  }

  var place: String { homeText(building: building, unit: unit, room: room) }
}

private func homeSQL(where condition: SQL) -> SQL {
  """
  SELECT h.id, h.area, a.name AS township, h.estate_id, e.name AS estate, e.address, h.building,
    h.unit, h.room, h.floor_area, h.state, h.version
  FROM homes h
  JOIN estates e ON e.id = h.estate_id
  JOIN areas a ON a.code = h.area
  WHERE \(condition)
  """
}

func homeDetail(_ id: HomeID) -> Query<HomeDetail> { Query(homeSQL(where: "h.id = \(id)")) }

/// The homes of an estate at any of these spellings of a place.
func homes(
  in estate: EstateID, buildings: [String], units: [String], rooms: [String]
) -> Query<HomeDetail> {
  Query(
    homeSQL(
      where: """
        h.estate_id = \(estate) AND h.building = ANY(\(list: buildings))
        AND h.unit = ANY(\(list: units)) AND h.room = ANY(\(list: rooms))
        """))
}
