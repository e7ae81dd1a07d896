import Domain
import Ground
import HTML
import Pages
import Postgres
import Register

/// Where a home is, for pages about it that are not the register's.
struct HomePlace: RowDecodable {
  let id: HomeID
  let area: AreaCode
  /// Estate and number.
  let place: String

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    place =
      try row("estate", as: String.self) + " "
      + homeText(building: try row("building"), unit: try row("unit"), room: try row("room"))
  }
}

func homePlace(_ id: HomeID) -> Query<HomePlace> {
  Query(
    """
    SELECT m.id, m.area, e.name AS estate, m.building, m.unit, m.room
    FROM homes m JOIN estates e ON e.id = m.estate_id WHERE m.id = \(id)
    """)
}
