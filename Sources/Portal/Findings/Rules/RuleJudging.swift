import Domain
import FindingLedger
import Foundation
import Ground
import Postgres
import Reviews

/// The rules over some households: what they say now is raised, what they no longer say lapses.
struct RuleJudging: Sendable {
  let keys: KeyRing
  /// Who the history of the findings names.
  let name: String
  let run: RuleRunID?
  /// The year for which lines are looked for.
  let year: Int
  let now: Date
  /// The lines of each county that was met.
  private(set) var lines: [AreaCode: EligibilityLines] = [:]

  init(keys: KeyRing, name: String, run: RuleRunID?, year: Int, now: Date) {
    self.keys = keys
    self.name = name
    self.run = run
    self.year = year
    self.now = now
  }

  struct Outcome: Sendable {
    var raised = RaisedFindings()
    var lapsed = 0
  }

  mutating func judge(_ ids: [HouseholdID], _ tx: Transaction) throws -> Outcome {
    try tx.takeTurns(ids)
    let households = try tx.judgedHouseholds(ids, keys: keys)
    var claims: [Claim] = []
    var muted: [HouseholdID: Set<CheckType>] = [:]
    let judged = Dictionary(households.map { ($0.facts.id, $0) }) { first, _ in first }
    for household in households {
      let lines = try lines(of: household.facts.county, tx)
      muted[household.facts.id] = EligibilityRules.mutedChecks(lines)
      claims += EligibilityRules.findings(household.facts, lines).map { claim($0, household) }
    }
    let raised = try tx.raise(claims, keys: keys, by: name, run: run, at: now)
    let said = Set(claims.map(\.key))
    let gone = try tx.all(openFindingsOnChecks(of: ids)).filter { finding in
      guard !said.contains(finding.key), let household = judged[finding.key.household] else {
        return false
      }
      return !finding.waits(for: muted[household.facts.id] ?? []) && !finding.stays(in: household)
    }
    return Outcome(raised: raised, lapsed: try tx.lapse(gone.map(\.id), by: name, at: now))
  }

  private mutating func lines(of county: AreaCode, _ tx: Transaction) throws -> EligibilityLines {
    if let known = lines[county] { return known }
    let read = try tx.eligibilityLines(for: county, year: year)
    lines[county] = read
    return read
  }

  private func claim(_ finding: RuleFinding, _ household: JudgedHousehold) -> Claim {
    let answers = finding.types.compactMap { household.answers[$0] }
    let ids = answers.flatMap { [$0.answer.id, $0.earlier?.id].compactMap(\.self) }
    return Claim(
      household: household.facts.id, area: household.area, rule: finding.rule,
      subject: storedSubject(finding.subject), explanation: finding.explanation,
      evidence: [
        FindingEvidence.checks: finding.types.map(\.rawValue).joined(separator: ","),
        FindingEvidence.answers: ids.sorted().map(\.description).joined(separator: ","),
        FindingEvidence.visits: finding.visits.sorted().map(\.description).joined(separator: ","),
      ])
  }

  /// The number of a certificate or contract, or an address, stands in the database as a keyed hash.
  private func storedSubject(_ subject: String) -> String {
    let parts = subject.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let type = CheckType(rawValue: String(parts[0])), !type.isMeasured
    else {
      return subject
    }
    return "\(parts[0]):\(hexadecimal(keys.hash(subject, of: .findingSubject).prefix(16)))"
  }
}

/// The names under which a finding says what it rests on.
enum FindingEvidence {
  /// Kinds of checks, with commas between; only findings of the rules have it.
  static let checks = "checks"
  /// The ids of the answers, with commas between.
  static let answers = "answers"
  /// The ids of the visits, with commas between.
  static let visits = "visits"
}

/// An open finding of the rules.
private struct OpenFinding: RowDecodable {
  let id: FindingID
  let key: FindingKey
  let checks: [CheckType]
  let answers: [CheckID]
  let visits: [VisitID]

  init(_ row: Row) throws {
    id = try row("id")
    key = FindingKey(
      household: try row("household_id"), rule: try row("rule"), subject: try row("subject"))
    checks = checkTypes(try row("checks", as: String?.self))
    answers = (try row("answers", as: String?.self) ?? "").split(separator: ",")
      .compactMap { CheckID(String($0)) }
    visits = visitIDs(try row("visits", as: String?.self))
  }

  /// Whether its rule cannot say anything now: that is no evidence that it does not hold.
  func waits(for muted: Set<CheckType>) -> Bool { !muted.isDisjoint(with: checks) }

  /// A contradiction stays until somebody decides, whatever is said later: which of the two is true is not for
  /// the portal to say. Only what never counted, such as an answer that was taken back, contradicts nothing.
  /// Nor does a home that was hidden when this one was got become told of by being sold: it stays where another answer
  /// has taken the place of that which said so.
  func stays(in household: JudgedHousehold) -> Bool {
    let seen = household.facts.visits.map(\.id)
    guard household.facts.isInScope, answers.allSatisfy(household.standing.contains),
      visits.allSatisfy(seen.contains)
    else { return false }
    return switch key.rule {
    case .contradiction: Contradiction.isListed(key.subject)
    case .deceit: Set(household.answers.values.map(\.answer.id)).isDisjoint(with: answers)
    default: false
    }
  }
}

/// The visits in a finding's evidence.
func visitIDs(_ text: String?) -> [VisitID] {
  text?.split(separator: ",").compactMap { VisitID(String($0)) } ?? []
}

/// The kinds of checks in a finding's evidence.
func checkTypes(_ text: String?) -> [CheckType] {
  text?.split(separator: ",").compactMap { CheckType(rawValue: String($0)) } ?? []
}

private func openFindingsOnChecks(of households: [HouseholdID]) -> Query<OpenFinding> {
  Query(
    """
    SELECT id, household_id, rule, subject, evidence ->> \(FindingEvidence.checks) AS checks,
      evidence ->> \(FindingEvidence.answers) AS answers,
      evidence ->> \(FindingEvidence.visits) AS visits
    FROM findings
    WHERE household_id = ANY(\(list: households)) AND state = 'open'
      AND evidence ? \(FindingEvidence.checks)
    """)
}

extension Transaction {
  /// Of two who judge households of a county at once the second begins when the first is done: otherwise it
  /// would let lapse, by evidence that is older, what the first has found.
  fileprivate func takeTurns(_ households: [HouseholdID]) throws {
    try execute(
      """
      SELECT pg_advisory_xact_lock(hashtext('rules'), hashtext(county))
      FROM (SELECT DISTINCT left(area, 6) AS county FROM households
            WHERE id = ANY(\(list: households)) ORDER BY 1) counties
      """)
  }
}
