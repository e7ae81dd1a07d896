package import Domain
import Foundation
import Ground
package import Postgres

/// Two who go together (走访小组), with how far they are.
struct VisitTeam: RowDecodable {
  let id: VisitTeamID
  let area: AreaCode
  let areaName: String
  let roster: VisitRosterID
  let name: String
  let first: AccountID
  let firstName: String
  let second: AccountID?
  let secondName: String
  let version: Int
  let isDisbanded: Bool
  /// Homes it has: in all, of them visited, of them found empty-handed.
  let entries: Int
  let visited: Int
  let tried: Int

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    areaName = try row("area_name")
    roster = try row("roster_id")
    name = try row("name")
    first = try row("first_id")
    firstName = try row("first_name")
    second = try row("second_id")
    secondName = try row("second_name")
    version = try row("version")
    isDisbanded = try row("is_disbanded")
    entries = try row("entries")
    visited = try row("visited")
    tried = try row("tried")
  }

  var waiting: Int { entries - visited }
  var visitors: String { "\(firstName)、\(secondName)" }

  /// As a choice of a form.
  var option: (value: String, label: String) {
    (id.description, "\(name)（\(visitors)，\(areaName)，待走访 \(waiting) 户）")
  }
}

private func teamRows(_ condition: SQL) -> SQL {
  """
  SELECT t.id, t.area, a.name AS area_name, t.roster_id, t.name, t.first_id, t.first_name,
    t.second_id, t.second_name, t.version, t.disbanded_at IS NOT NULL AS is_disbanded,
    coalesce(p.entries, 0) AS entries, coalesce(p.visited, 0) AS visited,
    coalesce(p.tried, 0) AS tried
  FROM visit_teams t
  JOIN areas a ON a.code = t.area
  LEFT JOIN (
    SELECT roster_id, team_id, sum(entries)::bigint AS entries, sum(visited)::bigint AS visited,
      sum(tried)::bigint AS tried
    FROM visit_progress GROUP BY roster_id, team_id) p
    ON p.roster_id = t.roster_id AND p.team_id = t.id
  WHERE \(condition)
  ORDER BY t.area, t.name, t.id
  """
}

/// The teams of a roster that have not been disbanded.
func visitTeams(of rosters: [VisitRosterID]) -> Query<VisitTeam> {
  Query(teamRows("t.roster_id = ANY(\(list: rosters)) AND t.disbanded_at IS NULL"))
}

func visitTeam(_ id: VisitTeamID) -> Query<VisitTeam> { Query(teamRows("t.id = \(id)")) }

/// The teams in which somebody goes: a condition's list of ids.
func teams(of principal: Principal) -> SQL {
  """
  SELECT t.id FROM visit_teams t
  WHERE \(principal.accountID) IN (t.first_id, t.second_id) AND t.disbanded_at IS NULL
  """
}

/// A team as a choice of a filter.
package struct TeamChoice: RowDecodable, Sendable {
  let id: VisitTeamID
  let area: AreaCode
  let words: String

  package init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    let name: String = try row("name")
    words = "\(name)（\(try row("area_name", as: String.self))）"
  }
}

func teamChoices(of rosters: [VisitRosterID]) -> Query<TeamChoice> {
  Query(
    """
    SELECT t.id, t.area, t.name, a.name AS area_name
    FROM visit_teams t JOIN areas a ON a.code = t.area
    WHERE t.roster_id = ANY(\(list: rosters)) AND t.disbanded_at IS NULL
    ORDER BY t.area, t.name, t.id
    """)
}
