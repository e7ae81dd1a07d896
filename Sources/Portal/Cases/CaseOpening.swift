import Campaigns
import Domain
import FindingLedger
import Findings
import Foundation
import Ground
import Postgres
import Register
import Reviews
import Web

/// Findings that are confirmed together, and what the cases are to be.
struct CaseOpening: Sendable {
  let chosen: FindingSelection
  /// Nil where the rule says it.
  let nature: ExitNature?
  let note: String?
  let principal: Principal
  let origin: AuditOrigin
  let now: Date

  var today: Day { ShanghaiTime.day(of: now) }
}

/// What findings became part of.
struct OpenedCases: Sendable {
  var opened: [CaseID] = []
  /// Cases that were there.
  var joined: [CaseID] = []
  /// Of a filter, what was left and why, in words.
  var left: [String] = []
}

/// Why no case can be opened. Thrown inside the transaction, which it takes back.
enum CaseOpeningProblem: Error {
  /// The rule leaves the nature open, and nobody has chosen one that it allows.
  case natureNeeded
  /// These households have no running lease, so that there is no home to hand back.
  case withoutHome([String])
  /// These households rent homes that the campaign does not look at.
  case outsideCampaign([String])
  /// These households contest an answer on which a finding rests, and nobody has decided on that.
  case contested([String])
  /// Nobody has entered a campaign for these households' county.
  case withoutCampaign
}

/// Where a case about a household stands.
private struct CasePlace: RowDecodable {
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
private func casePlaces(_ households: [HouseholdID]) -> Query<CasePlace> {
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
private struct RunningCase: RowDecodable {
  let id: CaseID
  let household: HouseholdID
  let state: CaseState

  init(_ row: Row) throws {
    id = try row("id")
    household = try row("household_id")
    state = try row("state")
  }
}

private func runningCases(
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

extension Transaction {
  /// Makes suspected cases of findings, or adds them to the case of the same nature that the household
  /// has already: all of them or none.
  func confirm(_ opening: CaseOpening) throws -> OpenedCases {
    let locked = try lockChosen(opening.chosen)
    var lines = locked.lines
    guard let rule = lines.first?.rule,
      let nature = rule.natures.count == 1 ? rule.natures[0] : opening.nature,
      rule.natures.contains(nature)
    else { throw CaseOpeningProblem.natureNeeded }
    // Whoever confirms another finding of the same household waits, and then meets the case.
    _ = try all(
      Query<HouseholdID>(
        """
        SELECT id FROM households WHERE id = ANY(\(list: Array(Set(lines.map(\.household)))))
        ORDER BY id FOR NO KEY UPDATE
        """))
    var result = OpenedCases()
    if !locked.overtaken.isEmpty { result.left.append(locked.leftText) }
    let contested = try all(contestedHouseholds(lines.map(\.id)))
    try leave(contested, .contested(contested), of: &lines, opening, &result)
    let running = Dictionary(
      try all(runningCases(of: Array(Set(lines.map(\.household))), nature)).map {
        ($0.household, $0)
      }
    ) { first, _ in first }
    let places = try places(of: &lines, without: Set(running.keys), opening, &result)
    let byHousehold = Dictionary(grouping: lines, by: \.household)
    for (household, own) in byHousehold.sorted(by: { $0.key < $1.key }) {
      if let known = running[household] {
        try add(own, to: known, opening)
        result.joined.append(known.id)
      } else if let place = places[household] {
        result.opened.append(try open(place, nature, own, opening))
      }
    }
    let event = AuditEvent(
      action: .confirmFinding, entity: "findings", entityID: lines.first?.id.description,
      after: [
        "findings": idList(lines.map(\.id)), "opened": idList(result.opened),
        "joined": idList(result.joined), "nature": nature.rawValue,
      ])
    try decide(
      lines.map { SeenVersion($0.id, version: $0.version) }, .confirmed, reason: opening.note,
      audit: event,
      by: ActingPerson(opening.principal, opening.origin, at: opening.now))
    return result
  }

  /// Leaves out of a filter what cannot become a case; of findings that were chosen one by one none may be so.
  private func leave(
    _ numbers: [String], _ problem: CaseOpeningProblem, of lines: inout [FindingLine],
    _ opening: CaseOpening, _ result: inout OpenedCases
  ) throws {
    guard !numbers.isEmpty else { return }
    let left = Set(numbers)
    let rest = lines.filter { !left.contains($0.householdNumber) }
    guard opening.chosen.isWholeFilter, !rest.isEmpty else { throw problem }
    lines = rest
    result.left.append(problem.message.text + "。")
  }

  /// Where cases of households are to stand that have none yet.
  private func places(
    of lines: inout [FindingLine], without running: Set<HouseholdID>, _ opening: CaseOpening,
    _ result: inout OpenedCases
  ) throws -> [HouseholdID: CasePlace] {
    let households = Set(lines.map(\.household)).subtracting(running).sorted()
    let places = try all(casePlaces(households))
    let homeless = places.filter { $0.home == nil }.map(\.number)
    try leave(homeless, .withoutHome(homeless), of: &lines, opening, &result)
    guard places.allSatisfy({ $0.home == nil || $0.campaign != nil }) else {
      throw CaseOpeningProblem.withoutCampaign
    }
    let outside = places.filter { $0.home != nil && !$0.isInCampaign }.map(\.number)
    try leave(outside, .outsideCampaign(outside), of: &lines, opening, &result)
    return Dictionary(places.map { ($0.household, $0) }) { first, _ in first }
  }

  private func open(
    _ place: CasePlace, _ nature: ExitNature, _ lines: [FindingLine], _ opening: CaseOpening
  ) throws -> CaseID {
    let (id, number) = try insertCase(place, nature, on: opening.today)
    try recordEvent(
      CaseEvent(
        id: id, area: place.area, action: "open", from: nil, to: CaseWorkflow.initial,
        note: opening.words(lines)), opening)
    try link(lines, to: id, area: place.area)
    try audit(
      AuditEvent(
        action: .openCase, entity: "cases", entityID: id.description,
        after: [
          "number": number, "nature": nature.rawValue, "household": place.household.description,
          "findings": idList(lines.map(\.id)),
        ]), by: opening.origin)
    return id
  }

  /// The number is the next that no case has, of those out of sight too.
  private func insertCase(
    _ place: CasePlace, _ nature: ExitNature, on today: Day
  ) throws -> (CaseID, String) {
    let due = place.clearBy.map { dueDay($0, from: today) } ?? today
    while true {
      let next = try one(Query<Int>("SELECT nextval('case_numbers')"))
      let number = "WT\(today.year)-" + padded(next, 6)
      let id = try first(
        Query<CaseID>(
          """
          INSERT INTO cases (area, campaign_id, number, household_id, home_id, estate_id, nature, state,
            opened_on, state_since, due_on)
          VALUES (\(place.area), \(optional: place.campaign), \(number), \(place.household),
            \(optional: place.home), \(optional: place.estate), \(nature), \(CaseWorkflow.initial),
            \(today), \(today), \(due))
          ON CONFLICT ON CONSTRAINT cases_number_key DO NOTHING RETURNING id
          """))
      if let id { return (id, number) }
    }
  }

  private func add(
    _ lines: [FindingLine], to known: RunningCase, _ opening: CaseOpening
  ) throws {
    guard let area = lines.first?.area else { return }
    try recordEvent(
      CaseEvent(
        id: known.id, area: area, action: CaseEventLine.addFindings, from: known.state,
        to: known.state, note: opening.words(lines)), opening)
    try link(lines, to: known.id, area: area)
  }

  private func link(_ lines: [FindingLine], to id: CaseID, area: AreaCode) throws {
    try execute(
      """
      INSERT INTO case_findings (case_id, finding_id, area)
      SELECT \(id), finding, \(area) FROM unnest(\(list: lines.map(\.id))::bigint[]) AS f (finding)
      """)
  }

  private func recordEvent(_ event: CaseEvent, _ opening: CaseOpening) throws {
    try execute(
      """
      INSERT INTO case_events (area, case_id, at, account_name, action, from_state, to_state, note)
      VALUES (\(event.area), \(event.id), \(opening.now), \(opening.principal.displayName),
        \(event.action), \(optional: event.from), \(event.to), \(event.note))
      """)
  }
}

private struct CaseEvent {
  let id: CaseID
  let area: AreaCode
  let action: String
  let from: CaseState?
  let to: CaseState
  let note: String
}

extension CaseOpening {
  /// From which findings, and what was noted. What they say stands sealed with them.
  fileprivate func words(_ lines: [FindingLine]) -> String {
    let rules = lines.map { "\($0.rule.rawValue) \($0.rule.title)" }
    return "疑点：\(rules.joined(separator: "、"))" + (note.map { "。\($0)" } ?? "")
  }
}
