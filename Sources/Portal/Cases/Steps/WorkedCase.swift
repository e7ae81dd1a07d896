import Domain
import Files
import Foundation
import Ground
import Postgres
import Register
import Web

/// A case as whoever takes its next step has to know it.
struct WorkedCase: Sendable {
  let record: CaseRecord
  let events: [CaseEvent]
  /// The way that holds, without what was taken back.
  let trail: CaseTrail
  /// What was entered and holds.
  let clocked: ClockedCase
  /// What somebody proposes and nobody has decided on.
  let proposal: CaseProposal?
  let ground: ExitGround
  let needsLegalReview: Bool
  /// The kinds of its files, where the county wants some to be there.
  let fileKinds: Set<FileKind>

  var course: CaseCourse<CaseEvent> { clocked.course }

  /// The days that hold.
  var dates: [CaseDate: Day] { clocked.dates }

  var subject: CaseSubject {
    CaseSubject(nature: record.nature, route: record.route, last: trail.last)
  }

  /// The steps that this person may take or propose, those that stand in the table.
  func steps(for principal: Principal) -> [CaseTransition] {
    CaseWorkflow.next(from: record.state, of: subject).filter { $0.mayBeginBy(principal) }
  }

  func transition(_ action: CaseAction) -> CaseTransition? {
    CaseWorkflow.transition(from: record.state, action: action, of: subject)
  }

  func fields(of action: CaseAction) -> [CaseField] {
    CaseStepTable.fields(
      action, ground: ground, route: record.route, isInHardship: record.isInHardship)
  }

  func rules(on today: Day) -> CaseStepRules {
    CaseStepRules(dates: dates, today: today)
  }

  /// What has to be decided on before the step is taken; nothing for an entry that moves nothing.
  func proposalBefore(_ step: CaseTransition) -> CaseProposal? {
    step.from == step.to ? nil : proposal
  }

  /// What stands in the way of a step now, in words.
  func missing(_ action: CaseAction, on today: Day) -> [String] {
    let files = ground.evidence.missing(action, among: fileKinds)
    let wanted =
      files.isEmpty
      ? []
      : ["案卷里还没有\(files.map { "“\($0.title)”" }.joined(separator: "、"))（本县的处理依据要求），请先上传材料"]
    return rules(on: today).missing(action) + wanted
  }
}

extension CaseTransition {
  /// Whether this person takes the step, or proposes it where another one approves.
  func mayBeginBy(_ principal: Principal) -> Bool {
    principal.may(needsSecondPerson ? .workCases : permission)
  }
}

/// The row of a case.
struct CaseRecord: RowDecodable {
  let id: CaseID
  let area: AreaCode
  let version: Int
  let number: String
  let state: CaseState
  let nature: ExitNature
  let route: CaseRoute?
  let localRule: String?
  let isInHardship: Bool
  let openedOn: Day
  let source: CaseSource
  let assignedTo: AccountID?
  let assignee: String?
  let plannedOn: Day?
  let measures: String?
  let household: HouseholdID
  let home: HomeID
  let dueOn: Day
  let leaseEndsOn: Day?
  let estate: String
  /// Building, unit and room.
  let place: String

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    version = try row("version")
    number = try row("number")
    state = try row("state")
    nature = try row("nature")
    route = try row("route")
    localRule = try row("local_rule")
    isInHardship = try row("in_hardship")
    openedOn = try row("opened_on")
    source = try row("source")
    assignedTo = try row("assigned_to")
    assignee = try row("assignee")
    plannedOn = try row("planned_on")
    measures = try row("measures")
    household = try row("household_id")
    estate = try row("estate")
    home = try row("home_id")
    dueOn = try row("due_on")
    leaseEndsOn = try row("lease_ends_on")
    place = homeText(
      building: try row("building"), unit: try row("unit"), room: try row("room"))
  }
}

/// The rows of cases, by their ids.
func caseRecords(_ ids: [CaseID]) -> Query<CaseRecord> {
  Query(
    """
    SELECT c.id, c.area, c.version, c.number, c.state, c.nature, c.route, c.local_rule, c.in_hardship,
      c.opened_on, c.source, c.assigned_to, a.display_name AS assignee, c.planned_on, c.measures,
      c.household_id, c.home_id, c.due_on, (
        SELECT l.ends_on FROM leases l WHERE l.household_id = c.household_id AND l.home_id = c.home_id
        ORDER BY l.starts_on DESC LIMIT 1) AS lease_ends_on, e.name AS estate, h.building, h.unit, h.room
    FROM cases c JOIN estates e ON e.id = c.estate_id JOIN homes h ON h.id = c.home_id
    LEFT JOIN accounts a ON a.id = c.assigned_to
    WHERE c.id = ANY(\(list: ids)) ORDER BY c.id
    """)
}

extension Transaction {
  /// - Throws: `WebError.notFound` where it is out of sight.
  func workedCase(_ id: CaseID) throws -> WorkedCase {
    guard let record = try first(caseRecords([id])) else { throw WebError.notFound }
    let events = try all(caseEvents(id))
    let county = record.area.county ?? record.area
    let ground = try exitGround(record.nature, in: county)
    return WorkedCase(
      record: record, events: events,
      trail: CaseTrail(events.map { ($0.action, $0.line.from, $0.line.to) }),
      clocked: ClockedCase(record, events), proposal: try first(openProposal(of: id)),
      ground: ground,
      needsLegalReview: try first(caseSettings(of: county))?.needsLegalReview ?? false,
      fileKinds: ground.evidence.isEmpty ? [] : try fileKinds(of: id))
  }
}
