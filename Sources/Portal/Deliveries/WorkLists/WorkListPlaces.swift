import Domain
import Postgres
import Web

/// What a work list is narrowed to: a township, an estate.
struct WorkListScope: Sendable {
  var township: AreaCode?
  var estate: EstateID?

  /// On `review_households f`.
  var condition: SQL {
    let township: SQL = township.map { "f.area = \($0)" } ?? "true"
    let estate: SQL = estate.map { "f.estate_id = \($0)" } ?? "true"
    return "\(township) AND \(estate)"
  }
}

/// An estate whose households rounds ask about.
struct WorkListPlace: RowDecodable {
  let estate: EstateID
  let name: String
  let area: AreaCode
  let township: String

  init(_ row: Row) throws {
    estate = try row("id")
    name = try row("name")
    area = try row("area")
    township = try row("township")
  }
}

/// Where the households of rounds live.
func workListPlaces(of rounds: [ReviewRoundID]) -> Query<WorkListPlace> {
  Query(
    """
    SELECT e.id, e.name, f.area, a.name AS township
    FROM (
      SELECT DISTINCT area, estate_id FROM review_households WHERE round_id = ANY(\(list: rounds))) f
    JOIN estates e ON e.id = f.estate_id
    JOIN areas a ON a.code = f.area
    ORDER BY f.area, e.name, e.id
    """)
}

extension [WorkListPlace] {
  /// Each township once, in their order.
  var townships: [(value: String, label: String)] {
    var seen: Set<AreaCode> = []
    return filter { seen.insert($0.area).inserted }.map { ($0.area.rawValue, $0.township) }
  }

  var estates: [(value: String, label: String)] {
    var seen: Set<EstateID> = []
    return filter { seen.insert($0.estate).inserted }
      .map { ($0.estate.description, "\($0.township) \($0.name)") }
  }
}

extension FormChecker {
  /// What the list is to be narrowed to, of what the rounds ask about.
  mutating func scope(among places: [WorkListPlace]) -> WorkListScope {
    let township = value(
      "township", "乡镇", required: false, message: "这一轮没有这个乡镇的家庭，请重新选择"
    ) { text in AreaCode(text).flatMap { code in places.contains { $0.area == code } ? code : nil }
    }
    let estate = value(
      "estate", "项目", required: false, message: "这一轮没有这个项目的家庭，请重新选择"
    ) { text in EstateID(text).flatMap { id in places.contains { $0.estate == id } ? id : nil } }
    if let township, let estate,
      !places.contains(where: { $0.area == township && $0.estate == estate })
    {
      fail("estate", "所选的项目不在所选的乡镇，请改选其中一个")
    }
    return WorkListScope(township: township, estate: estate)
  }
}
