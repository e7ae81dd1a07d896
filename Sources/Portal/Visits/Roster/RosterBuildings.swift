import Domain
import Ground
import Pages
import Postgres

/// A building with homes to visit.
struct RosterBuilding: RowDecodable {
  let estate: EstateID
  let estateName: String
  let building: String
  /// Homes where somebody has to go, and of them those that are nobody's.
  let waiting: Int
  let unassigned: Int
  let teams: String?

  init(_ row: Row) throws {
    estate = try row("estate_id")
    estateName = try row("estate")
    building = try row("building")
    waiting = try row("waiting")
    unassigned = try row("unassigned")
    teams = try row("teams")
  }

  /// As a form carries it.
  var key: String { "\(estate):\(building)" }
}

/// Where buildings are looked for: in a township, an estate, or with a team.
struct BuildingScope: Sendable {
  let rosters: [VisitRosterID]
  var township: AreaCode?
  var estate: EstateID?
  var team: VisitTeamID?

  /// Whether it is narrowed down to what a page can list.
  var isNarrow: Bool { township != nil || estate != nil || team != nil }

  /// Holds of an entry `r`.
  var condition: SQL {
    var parts: [SQL] = ["r.roster_id = ANY(\(list: rosters))"]
    if let township { parts.append("r.area = \(township)") }
    if let estate { parts.append("r.estate_id = \(estate)") }
    if let team { parts.append("r.team_id = \(team)") }
    return parts.joined(separator: " AND ")
  }
}

/// The buildings where somebody has to go, in the order of the route.
func rosterBuildings(_ scope: BuildingScope) -> Query<RosterBuilding> {
  Query(
    """
    SELECT b.estate_id, e.name AS estate, b.building, b.waiting, b.unassigned, b.teams
    FROM (
      SELECT r.estate_id, m.building, min(r.route) AS route, count(*) AS waiting,
        count(*) FILTER (WHERE r.team_id IS NULL) AS unassigned,
        string_agg(DISTINCT t.name, '、') AS teams
      FROM roster_entries r
      JOIN homes m ON m.id = r.home_id
      LEFT JOIN visit_teams t ON t.id = r.team_id
      WHERE \(scope.condition) AND r.state = 'waiting'
      GROUP BY r.estate_id, m.building) b
    JOIN estates e ON e.id = b.estate_id
    ORDER BY b.estate_id, b.route
    """)
}

/// What buildings are given to whom.
struct BuildingAssignment: Sendable {
  let scope: BuildingScope
  /// Those that were ticked; nil for all of the scope.
  let buildings: Set<String>?
  /// Whether homes that a team has already are given anew.
  let isAnew: Bool
  /// Empty for nobody: taken back.
  let teams: [VisitTeamID]
}

/// What each team got.
struct TeamShare: Sendable {
  let name: String
  let buildings: Int
  let homes: Int
}

extension Transaction {
  /// Gives whole buildings to teams, so that they have about the same; to one team all of them, to none: takes them back.
  func assign(_ wanted: BuildingAssignment, by editor: Editor) throws -> [TeamShare] {
    let teams = try wanted.teams.map { id in
      guard let team = try standingTeam(id) else {
        throw EditProblem.field("teams", "有的小组已经解散，请重新选择")
      }
      return team
    }
    let anew: SQL = wanted.isAnew || teams.isEmpty ? "true" : "r.team_id IS NULL"
    let homes: SQL = "\(wanted.scope.condition) AND r.state = 'waiting' AND \(anew)"
    // In one order, so that two who deal out the same homes never wait for each other.
    try execute("SELECT FROM roster_entries r WHERE \(homes) ORDER BY r.id FOR NO KEY UPDATE")
    try refuseOutside(teams, homes)
    let found = try all(rosterBuildings(wanted.scope)).filter {
      wanted.buildings?.contains($0.key) ?? true
    }
    let sizes = found.map { wanted.isAnew || teams.isEmpty ? $0.waiting : $0.unassigned }
    guard !teams.isEmpty else {
      let count = try give(found, homes, to: nil)
      try audit(count, to: nil, how: "buildings", of: wanted.scope.rosters.first, by: editor)
      return [TeamShare(name: "", buildings: found.count, homes: count)]
    }
    // Dealt out anew, what they have of these buildings is in play.
    let loads = try teams.map { team in
      try one(
        Query<Int>(
          """
          SELECT count(*) FROM roster_entries r
          WHERE r.team_id = \(team.id) AND r.state = 'waiting' AND NOT (\(homes))
          """))
    }
    let dealt = RosterDealing.deal(sizes, onto: loads)
    return try teams.enumerated().map { place, team in
      let own = zip(found, dealt).filter { $0.1 == place }.map(\.0)
      let count = try give(own, homes, to: team.id)
      try audit(
        count, to: team, how: teams.count > 1 ? "balanced" : "buildings", of: team.roster,
        by: editor)
      return TeamShare(name: team.name, buildings: own.count, homes: count)
    }
  }

  private func refuseOutside(_ teams: [VisitTeam], _ homes: SQL) throws {
    for team in teams {
      let outside = try one(
        Query<Int>(
          """
          SELECT count(*) FROM roster_entries r
          WHERE \(homes) AND NOT r.area ^@ \(team.area)::text
          """))
      if outside > 0 {
        throw EditProblem.field("teams", "\(team.name)的辖区不包括其中的 \(outside) 户，请另选小组或缩小范围")
      }
    }
  }

  private func give(
    _ buildings: [RosterBuilding], _ homes: SQL, to team: VisitTeamID?
  ) throws -> Int {
    guard !buildings.isEmpty else { return 0 }
    return try give(
      """
      \(homes) AND r.home_id IN (
        SELECT m.id FROM homes m
        JOIN unnest(\(list: buildings.map(\.estate))::bigint[],
          \(list: buildings.map(\.building))::text[]) AS b (estate_id, building)
          ON b.estate_id = m.estate_id AND b.building = m.building)
      """, to: team)
  }
}
