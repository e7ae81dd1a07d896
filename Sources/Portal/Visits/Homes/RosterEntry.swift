import Domain
import Ground
import Postgres
import Register

/// A home of the roster, with who should live there and what is known of it.
struct RosterEntry: RowDecodable {
  let id: RosterEntryID
  let area: AreaCode
  let campaign: CampaignID
  let lease: LeaseID
  let household: HouseholdID
  let householdNumber: String
  let applicant: String?
  let members: Int
  let home: HomeID
  let estate: EstateID
  let estateName: String
  let place: String
  let township: String
  let team: VisitTeamID?
  let teamName: String?
  let first: AccountID?
  let second: AccountID?
  let secondName: String?
  let firstName: String?
  let state: RosterState
  let attempts: Int
  let next: PlannedAttempt?
  let lastVisitedOn: Day?
  let signals: [RiskSignal]
  /// The day on which the lease ended; nil while it runs.
  let endedOn: Day?

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    campaign = try row("campaign_id")
    lease = try row("lease_id")
    household = try row("household_id")
    householdNumber = try row("number")
    applicant = try row("applicant")
    members = try row("members")
    home = try row("home_id")
    estate = try row("estate_id")
    estateName = try row("estate")
    place = homeText(
      building: try row("building"), unit: try row("unit"), room: try row("room"))
    township = try row("township")
    team = try row("team_id")
    teamName = try row("team")
    first = try row("first_id")
    second = try row("second_id")
    firstName = try row("first_name")
    secondName = try row("second_name")
    state = try row("state")
    attempts = try row("attempts")
    let slot = try row("next_slot", as: VisitSlot?.self)
    next = try row("next_on", as: Day?.self).flatMap { day in
      slot.map { PlannedAttempt(day: day, slot: $0) }
    }
    lastVisitedOn = try row("last_visited_on")
    signals = (try row("risk_signals", as: String?.self) ?? "").split(separator: ",")
      .compactMap { RiskSignal(rawValue: String($0)) }
    endedOn = try row("ended_on")
  }

  /// Its team, in words; nil where it is nobody's yet.
  var visitors: String? {
    firstName.flatMap { first in secondName.map { "\(first)、\($0)" } }
  }
}

/// Homes of a roster.
///
/// - Parameter rows: a FROM item named `r` whose rows are roster entries.
func rosterEntries(_ rows: SQL, order: SQL = "ORDER BY r.estate_id, r.route, r.id")
  -> Query<RosterEntry>
{
  Query(
    """
    SELECT r.id, r.area, o.campaign_id, r.lease_id, r.household_id, h.number, h.applicant, h.members,
      r.home_id, r.estate_id, e.name AS estate, m.building, m.unit, m.room, a.name AS township,
      r.team_id, t.name AS team, t.first_id, t.first_name, t.second_id, t.second_name, r.state,
      r.attempts, r.next_on, r.next_slot, r.last_visited_on,
      array_to_string(r.risk_signals, ',') AS risk_signals, l.ended_on
    FROM \(rows)
    JOIN visit_rosters o ON o.id = r.roster_id
    JOIN leases l ON l.id = r.lease_id
    JOIN households h ON h.id = r.household_id
    JOIN homes m ON m.id = r.home_id
    JOIN estates e ON e.id = r.estate_id
    JOIN areas a ON a.code = r.area
    LEFT JOIN visit_teams t ON t.id = r.team_id
    \(order)
    """)
}

func rosterEntry(_ id: RosterEntryID) -> Query<RosterEntry> {
  rosterEntries("(SELECT * FROM roster_entries WHERE id = \(id)) r")
}

extension Transaction {
  /// Brings a home of the roster to where its visits leave it: the one place where that is decided. What is void does
  /// not count.
  func settleEntry(_ id: RosterEntryID, in calendar: WorkCalendar) throws {
    let visits = try all(
      Query(
        """
        SELECT visited_on, slot, met FROM visits
        WHERE entry_id = \(id) AND state <> 'void' ORDER BY visited_on, visited_at, id
        """
      ) { row in
        (
          try row("visited_on", as: Day.self), try row("slot", as: VisitSlot?.self) ?? .day,
          try row("met", as: VisitMet.self)
        )
      })
    let isVisited = visits.contains { $0.2 != .nobody }
    let absent = visits.reversed().prefix { $0.2 == .nobody }.reversed()
      .map { PlannedAttempt(day: $0.0, slot: $0.1) }
    let next = AttemptPlan.next(after: absent, in: calendar)
    try execute(
      """
      UPDATE roster_entries SET attempts = \(absent.count),
        state = CASE WHEN state = 'gone' THEN 'gone' ELSE \(isVisited ? "visited" : "waiting") END,
        next_on = \(optional: next?.day), next_slot = \(optional: next?.slot),
        last_visited_on = \(optional: visits.last?.0), version = version + 1
      WHERE id = \(id)
      """)
  }
}
