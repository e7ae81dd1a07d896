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
    let households = try tx.judgedHouseholds(ids, keys: keys)
    var claims: [Claim] = []
    var muted: [HouseholdID: Set<CheckType>] = [:]
    for household in households {
      let lines = try lines(of: household.facts.county, tx)
      muted[household.facts.id] = EligibilityRules.mutedChecks(lines)
      claims += EligibilityRules.findings(household.facts, lines).map { claim($0, household) }
    }
    let raised = try tx.raise(claims, keys: keys, by: name, run: run, at: now)
    let said = Set(claims.map(\.key))
    let gone = try tx.all(openFindingsOnChecks(of: ids)).filter { finding in
      !said.contains(finding.key) && !finding.waits(for: muted[finding.key.household] ?? [])
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
    Claim(
      household: household.facts.id, area: household.area, rule: finding.rule,
      subject: storedSubject(finding.subject), explanation: finding.explanation,
      evidence: [
        FindingEvidence.checks: finding.types.map(\.rawValue).joined(separator: ",")
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
}

/// An open finding of the rules.
private struct OpenFinding: RowDecodable {
  let id: FindingID
  let key: FindingKey
  let checks: [CheckType]

  init(_ row: Row) throws {
    id = try row("id")
    key = FindingKey(
      household: try row("household_id"), rule: try row("rule"), subject: try row("subject"))
    checks = checkTypes(try row("checks", as: String?.self))
  }

  /// Whether its rule cannot say anything now: that is no evidence that it does not hold.
  func waits(for muted: Set<CheckType>) -> Bool { !muted.isDisjoint(with: checks) }
}

/// The kinds of checks in a finding's evidence.
func checkTypes(_ text: String?) -> [CheckType] {
  text?.split(separator: ",").compactMap { CheckType(rawValue: String($0)) } ?? []
}

private func openFindingsOnChecks(of households: [HouseholdID]) -> Query<OpenFinding> {
  Query(
    """
    SELECT id, household_id, rule, subject, evidence ->> \(FindingEvidence.checks) AS checks
    FROM findings
    WHERE household_id = ANY(\(list: households)) AND state = 'open'
      AND evidence ? \(FindingEvidence.checks)
    """)
}
