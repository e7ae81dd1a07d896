import Domain
import Ground
import Pages
import Postgres
import Web

/// Homes of the roster that somebody chose to give to a team.
typealias RosterSelection = ListSelection<RosterEntryID>

/// Why nothing is given to anybody. Thrown inside the transaction, which it takes back.
enum AssignmentProblem: Error {
  /// These are not as they were when they were chosen.
  case overtaken([RosterEntryID])
  /// So many lie outside the team's area.
  case outside(Int)
}

/// What an assignment did.
struct AssignmentDone: Sendable {
  var assigned = 0
  /// Those that others have changed meanwhile, of a whole filter.
  var left = 0

  var leftText: String { left > 0 ? "有 \(left) 户在您打开页面以后有了变化，没有改动。" : "" }
}

extension Transaction {
  /// A team that still goes.
  func standingTeam(_ id: VisitTeamID) throws -> VisitTeam? {
    // Whoever disbands it comes after, and finds what it was given.
    _ = try first(Query<VisitTeamID>("SELECT id FROM visit_teams WHERE id = \(id) FOR SHARE"))
    guard let team = try first(visitTeam(id)), !team.isDisbanded else { return nil }
    return team
  }

  /// Gives the chosen homes to a team, or to nobody. Homes that were chosen one by one are all as they were seen, or
  /// nothing is done; of a whole filter those that have changed are left.
  func assign(
    _ chosen: RosterSelection, to team: VisitTeam?, by editor: Editor
  ) throws -> AssignmentDone {
    struct Seen: RowDecodable {
      let seen: SeenVersion<RosterEntryID>
      let area: AreaCode

      init(_ row: Row) throws {
        seen = SeenVersion(try row("id"), version: try row("version"))
        area = try row("area")
      }
    }
    // In one order, so that two who give the same homes away never wait for each other.
    let found = try all(
      Query<Seen>(
        """
        SELECT id, version, area FROM roster_entries
        WHERE id = ANY(\(list: chosen.ids)) AND state <> 'gone' ORDER BY id FOR NO KEY UPDATE
        """))
    let wanted = Set(chosen.things)
    let standing = found.filter { wanted.contains($0.seen) }
    if !chosen.isWholeFilter, standing.count < wanted.count {
      let known = Set(standing.map(\.seen.id))
      throw AssignmentProblem.overtaken(chosen.ids.filter { !known.contains($0) })
    }
    if let team {
      let outside = standing.count { !team.area.contains($0.area) }
      if outside > 0 { throw AssignmentProblem.outside(outside) }
    }
    let assigned = try give(
      "r.id = ANY(\(list: standing.map(\.seen.id)))", to: team?.id)
    try audit(assigned, to: team, how: "chosen", of: team?.roster, by: editor)
    return AssignmentDone(assigned: assigned, left: wanted.count - standing.count)
  }

  /// Gives homes to a team. Those that it has already are not written.
  func give(_ homes: SQL, to team: VisitTeamID?) throws -> Int {
    try execute(
      """
      UPDATE roster_entries r SET team_id = \(optional: team), version = version + 1
      WHERE \(homes) AND r.team_id IS DISTINCT FROM \(optional: team)::bigint
      """)
  }

  func audit(
    _ count: Int, to team: VisitTeam?, how: String, of roster: VisitRosterID?, by editor: Editor
  ) throws {
    try audit(
      AuditEvent(
        action: .assignRoster, entity: "visit_rosters", entityID: roster?.description ?? "",
        after: [
          "visit_team": team.map { "\($0.name)（\($0.visitors)）" } ?? "",
          "households": String(count),
          "assignment": how,
        ]), by: editor.origin)
  }
}
