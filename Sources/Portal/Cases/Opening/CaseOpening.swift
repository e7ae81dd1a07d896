import Campaigns
import Domain
import FindingLedger
import Findings
import Foundation
import Ground
import Pages
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
  var person: ActingPerson { ActingPerson(principal, origin, at: now) }
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
    try lockForOpening(Array(Set(lines.map(\.household))))
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
      by: opening.person)
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
    let (id, number) = try insertCase(place, nature, .finding, on: opening.today)
    try record(
      EnteredEvent(id: id, area: place.area, from: nil, note: opening.words(lines)),
      by: opening.person)
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

  private func add(
    _ lines: [FindingLine], to known: RunningCase, _ opening: CaseOpening
  ) throws {
    guard let area = lines.first?.area else { return }
    try record(
      EnteredEvent(
        id: known.id, area: area, action: CaseEventLine.addFindings, from: known.state,
        to: known.state, note: opening.words(lines)), by: opening.person)
    try link(lines, to: known.id, area: area)
  }

  private func link(_ lines: [FindingLine], to id: CaseID, area: AreaCode) throws {
    try execute(
      """
      INSERT INTO case_findings (case_id, finding_id, area)
      SELECT \(id), finding, \(area) FROM unnest(\(list: lines.map(\.id))::bigint[]) AS f (finding)
      """)
  }
}

extension CaseOpening {
  /// From which findings, and what was noted. What they say stands sealed with them.
  fileprivate func words(_ lines: [FindingLine]) -> String {
    let rules = lines.map { "\($0.rule.rawValue) \($0.rule.title)" }
    return "疑点：\(rules.joined(separator: "、"))" + (note.map { "。\($0)" } ?? "")
  }
}
