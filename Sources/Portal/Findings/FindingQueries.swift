import Domain
import Foundation
import Ground
import Postgres
import Register
import Reviews
import Visits

/// A finding with what its page needs besides its line.
struct FindingDetail: RowDecodable {
  let line: FindingLine
  let checks: [CheckType]
  /// The visits that it rests on.
  let visits: [VisitID]
  /// Where one person stands in two households.
  let otherHousehold: HouseholdID?
  /// The case that it became part of.
  let caseID: CaseID?
  let caseNumber: String?

  init(_ row: Row) throws {
    line = try FindingLine(row)
    checks = checkTypes(try row("checks", as: String?.self))
    visits = visitIDs(try row("visits", as: String?.self))
    otherHousehold = try row("other_household")
    caseID = try row("case_id")
    caseNumber = try row("case_number")
  }
}

func findingDetail(_ id: FindingID) -> Query<FindingDetail> {
  Query(
    """
    SELECT f.id, f.area, f.household_id, h.number AS household_number, h.applicant,
      e.name AS estate, a.name AS township, f.state, f.found_at, f.decided_by_name, f.decided_at,
      f.decision_reason, f.version, f.evidence ->> 'checks' AS checks,
      f.evidence ->> 'checks' AS rests_on, f.evidence ->> 'purpose' AS purpose,
      f.evidence ->> 'visits' AS visits, th.id AS other_household, c.id AS case_id, c.number AS case_number, \(SealedWords.columns)
    FROM \(SealedWords.source("findings f WHERE f.id = \(id)"))
    JOIN households h ON h.id = f.household_id
    JOIN areas a ON a.code = f.area
    LEFT JOIN estates e ON e.id = h.estate_id
    \(SealedWords.joins)
    LEFT JOIN case_findings cf ON cf.finding_id = f.id AND cf.released_at IS NULL
    LEFT JOIN cases c ON c.id = cf.case_id
    """)
}

/// A step in the history of a finding.
struct FindingEvent: RowDecodable {
  let at: Date
  let accountName: String
  let action: FindingAction
  let note: String?
  private let explanation: [UInt8]?

  init(_ row: Row) throws {
    at = try row("at")
    accountName = try row("account_name")
    action = try row("action")
    note = try row("note")
    explanation = try row("explanation_sealed")
  }

  /// What the finding said from then on.
  func text(_ keys: KeyRing) -> String? {
    explanation.map { (try? keys.openText($0, for: .findingExplanation)) ?? "（无法显示）" }
  }
}

/// The history of a finding, the newest first.
func findingEvents(_ id: FindingID) -> Query<FindingEvent> {
  Query(
    """
    SELECT at, account_name, action, note, explanation_sealed FROM finding_events
    WHERE finding_id = \(id) ORDER BY id DESC
    """)
}

/// What the bureaus said of a household, and whom they mean.
struct FindingBasis: Sendable {
  /// The answers in force to the checks on which a finding rests.
  let answers: [HouseholdAnswers.Answer]
  /// Masked but for who works the household.
  let names: [PersonID: String]
  /// Of these answers, or of earlier ones to the same checks.
  let contests: [Contest]
  let visits: [HomeVisit]
}

extension Transaction {
  func basis(
    of finding: FindingDetail, keys: KeyRing, showsNames: Bool
  ) throws -> FindingBasis {
    let visits = finding.visits.isEmpty ? [] : try all(Visits.visits(among: finding.visits))
    guard !finding.checks.isEmpty else {
      return FindingBasis(answers: [], names: [:], contests: [], visits: visits)
    }
    let given = try answers(of: finding.line.household, keys: keys)
    let names = try all(persons(of: finding.line.household)).map {
      ($0.id, "\(showsNames ? $0.name : Masking.maskedName($0.name))（\($0.relation.title)）")
    }
    return FindingBasis(
      answers: finding.checks.compactMap { given.inForce($0) },
      names: Dictionary(names) { first, _ in first },
      contests: try all(contests(of: finding.line.household)).filter {
        finding.checks.contains($0.type)
      }, visits: visits)
  }
}
