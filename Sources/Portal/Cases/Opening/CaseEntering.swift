import Campaigns
import Domain
import Findings
import Ground
import Postgres
import Register

/// Where a case about a household stands.
struct CasePlace: RowDecodable {
  let household: HouseholdID
  let number: String
  let area: AreaCode
  let home: HomeID?
  let estate: EstateID?
  let campaign: CampaignID?
  let clearBy: Day?
  let isInCampaign: Bool

  init(_ row: Row) throws {
    household = try row("id")
    number = try row("number")
    area = try row("area")
    home = try row("home_id")
    estate = try row("estate_id")
    campaign = try row("campaign_id")
    clearBy = try row("clear_by")
    isInCampaign = try row("in_campaign")
  }
}

/// The home of the lease that runs; the campaign that runs, else the last one.
func casePlaces(_ households: [HouseholdID]) -> Query<CasePlace> {
  Query(
    """
    SELECT h.id, h.number, h.area, h.home_id, h.estate_id, c.id AS campaign_id, c.clear_by,
      coalesce(\(isInCampaign(estate: "e", area: "h.area")), false) AS in_campaign
    FROM households h LEFT JOIN estates e ON e.id = h.estate_id
    LEFT JOIN LATERAL (
      SELECT c.id, c.clear_by FROM campaigns c WHERE h.area::text ^@ c.area::text
      ORDER BY c.ended_on IS NOT NULL, c.id DESC LIMIT 1) c ON true
    WHERE h.id = ANY(\(list: households)) ORDER BY h.id
    """)
}

/// A case of a household that is not finished.
struct RunningCase: RowDecodable {
  let id: CaseID
  let household: HouseholdID
  let state: CaseState

  init(_ row: Row) throws {
    id = try row("id")
    household = try row("household_id")
    state = try row("state")
  }
}

func runningCases(
  of households: [HouseholdID], _ nature: ExitNature
) -> Query<RunningCase> {
  Query(
    """
    SELECT DISTINCT ON (household_id) id, household_id, state FROM cases
    WHERE household_id = ANY(\(list: households)) AND nature = \(nature)
      AND state <> ALL(\(list: CaseState.ended))
    ORDER BY household_id, id DESC
    """)
}

/// The first entry of a case's history, or one about what became part of it.
struct EnteredEvent {
  let id: CaseID
  let area: AreaCode
  var action = CaseEventLine.open
  let from: CaseState?
  var to = CaseWorkflow.initial
  let note: String
  /// What only those read who work the case.
  var personal: [UInt8]?
}

extension Transaction {
  /// The number is the next that no case has, of those out of sight too.
  func insertCase(
    _ place: CasePlace, _ nature: ExitNature, _ source: CaseSource, on today: Day
  ) throws -> (CaseID, String) {
    let due = place.clearBy.map { dueDay($0, from: today) } ?? today
    while true {
      let next = try one(Query<Int>("SELECT nextval('case_numbers')"))
      let number = "WT\(today.year)-" + padded(next, 6)
      let id = try first(
        Query<CaseID>(
          """
          INSERT INTO cases (area, campaign_id, number, household_id, home_id, estate_id, nature, state,
            opened_on, state_since, due_on, source,
            next_due_on, next_clock)
          VALUES (\(place.area), \(optional: place.campaign), \(number), \(place.household),
            \(optional: place.home), \(optional: place.estate), \(nature), \(CaseWorkflow.initial),
            \(today), \(today), \(due), \(source),
            \(due), \(ClockCode.campaign))
          ON CONFLICT ON CONSTRAINT cases_number_key DO NOTHING RETURNING id
          """))
      if let id { return (id, number) }
    }
  }

  func record(_ event: EnteredEvent, by person: ActingPerson) throws {
    try execute(
      """
      INSERT INTO case_events (area, case_id, at, account_id, account_name, action, from_state,
        to_state, note, personal_sealed)
      VALUES (\(event.area), \(event.id), \(person.now), \(person.principal.accountID),
        \(person.principal.displayName), \(event.action), \(optional: event.from), \(event.to),
        \(event.note), \(optional: event.personal))
      """)
  }

  /// Whoever opens a case about the same household waits, and then meets it.
  func lockForOpening(_ households: [HouseholdID]) throws {
    _ = try all(
      Query<HouseholdID>(
        """
        SELECT id FROM households WHERE id = ANY(\(list: households))
        ORDER BY id FOR NO KEY UPDATE
        """))
  }
}
