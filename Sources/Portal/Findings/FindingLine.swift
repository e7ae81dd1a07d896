package import Domain
import Foundation
package import Ground
import Pages
package import Postgres

/// One row of the list of findings.
package struct FindingLine: RowDecodable {
  package let id: FindingID
  package let area: AreaCode
  package let household: HouseholdID
  package let householdNumber: String
  /// Not yet masked.
  let applicant: String?
  let estate: String?
  let township: String
  package let rule: FindingRule
  let state: FindingState
  let foundAt: Date
  let decidedByName: String?
  let decidedAt: Date?
  let decisionReason: String?
  package let version: Int
  let words: SealedWords
  /// Of another home.
  let origin: HomeOrigin?

  package init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    household = try row("household_id")
    householdNumber = try row("household_number")
    applicant = try row("applicant")
    estate = try row("estate")
    township = try row("township")
    rule = try row("rule")
    state = try row("state")
    foundAt = try row("found_at")
    decidedByName = try row("decided_by_name")
    decidedAt = try row("decided_at")
    decisionReason = try row("decision_reason")
    version = try row("version")
    words = try SealedWords(row)
    origin = HomeOrigin(
      checks: try row("rests_on", as: String?.self), purpose: try row("purpose", as: String?.self))
  }

  /// Of another home, how it is known.
  var ruleText: String {
    "\(rule.rawValue) \(rule.title)" + (origin.map { "（\($0.title)）" } ?? "")
  }

  var applicantText: String { applicant.map { Masking.maskedName($0) } ?? "（无申请人）" }
}

/// What a finding says, still sealed; of a person in two households, who and where else.
package struct SealedWords: RowDecodable {
  package static let columns: SQL =
    "f.explanation_sealed, f.rule, tp.name AS twice_person, th.number AS twice_number"
  /// Beside ``source(_:)``.
  package static let joins: SQL = """
    LEFT JOIN persons tp ON tp.id = f.twice_person_id
    LEFT JOIN households th ON th.id = f.twice_household_id
    """

  /// Findings as the rest of a query sees them, as `f`. The ids are read out of the evidence before
  /// anything is joined: a cast is not leakproof, and under row-level security no index would serve it.
  ///
  /// - Parameter rest: tables with `findings f`, conditions, order and limit.
  package static func source(_ rest: SQL) -> SQL {
    """
    (SELECT f.*, (f.evidence ->> 'person')::bigint AS twice_person_id,
      (f.evidence ->> 'other_household')::bigint AS twice_household_id
    FROM \(rest) OFFSET 0) f
    """
  }

  private let rule: FindingRule
  private let explanation: [UInt8]?
  private let person: String?
  private let otherNumber: String?

  package init(_ row: Row) throws {
    explanation = try row("explanation_sealed")
    rule = try row("rule")
    person = try row("twice_person")
    otherNumber = try row("twice_number")
  }

  /// In words, people masked.
  package func text(_ keys: KeyRing) -> String {
    if let explanation {
      return (try? keys.openText(explanation, for: .findingExplanation)) ?? "（无法显示）"
    }
    guard let person else { return rule.title }
    return "\(Masking.maskedName(person))同时登记在家庭 \(otherNumber ?? "（其他地区）")。"
  }
}

/// The lines of findings.
///
/// - Parameter page: `findings f` with whatever else is asked of them.
func findingSQL(_ page: SQL, order: SQL) -> SQL {
  """
  SELECT f.id, f.area, f.household_id, h.number AS household_number, h.applicant,
    e.name AS estate, a.name AS township, f.state, f.found_at, f.decided_by_name, f.decided_at,
    f.decision_reason, f.version, f.evidence ->> 'checks' AS rests_on,
    f.evidence ->> 'purpose' AS purpose, \(SealedWords.columns)
  FROM \(SealedWords.source(page))
  JOIN households h ON h.id = f.household_id
  JOIN areas a ON a.code = f.area
  LEFT JOIN estates e ON e.id = h.estate_id
  \(SealedWords.joins)
  ORDER BY \(order)
  """
}

/// Some findings, in the order of households.
func findingLines(_ ids: [FindingID]) -> Query<FindingLine> {
  Query(
    findingSQL(
      "findings f WHERE f.id = ANY(\(list: ids))",
      order: "f.area, f.household_id, length(f.rule), f.rule, f.id"))
}
