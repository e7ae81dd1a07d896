import Domain
import Foundation
import Ground
import Postgres

/// A step that somebody proposes and another takes.
struct CaseProposal: RowDecodable {
  let id: CaseProposalID
  let caseID: CaseID
  let action: CaseAction
  let from: CaseState
  private let details: [String: String]
  private let personalSealed: [UInt8]?
  let proposedBy: AccountID
  let proposedByName: String
  let proposedAt: Date
  let needsReview: Bool
  let reviewedBy: AccountID?
  let reviewedByName: String?
  let reviewNote: String?

  init(_ row: Row) throws {
    id = try row("id")
    caseID = try row("case_id")
    action = try row("action")
    from = try row("from_state")
    details = try JSONDecoder().decode(
      [String: String].self, from: Data(try row("details", as: String.self).utf8))
    personalSealed = try row("personal_sealed")
    proposedBy = try row("proposed_by")
    proposedByName = try row("proposed_by_name")
    proposedAt = try row("proposed_at")
    needsReview = try row("needs_review")
    reviewedBy = try row("reviewed_by")
    reviewedByName = try row("reviewed_by_name")
    reviewNote = try row("review_note")
  }

  func values(keys: KeyRing?) -> StepValues {
    StepValues(details, personalSealed, of: caseID, keys: keys)
  }

  /// Why this person may not approve it, in words; nil where they may.
  func refusal(to principal: Principal) -> String? {
    if !principal.may(.approveCases) { return "由县住建局负责人或者工作专班审批" }
    if proposedBy == principal.accountID { return "报审的人不能自己批准，请另一人审批" }
    if reviewedBy == principal.accountID { return "法制审核的人不能再批准，请另一人审批" }
    if needsReview && reviewedBy == nil { return "须先由第三人法制审核" }
    return nil
  }

  /// Whether this person may review its lawfulness.
  func mayReview(_ principal: Principal) -> Bool {
    needsReview && reviewedBy == nil && proposedBy != principal.accountID
      && (principal.may(.workCases) || principal.may(.approveCases))
  }
}

func openProposal(of id: CaseID) -> Query<CaseProposal> {
  Query(
    """
    SELECT id, case_id, action, from_state, details::text AS details, personal_sealed,
      proposed_by, proposed_by_name, proposed_at, needs_review, reviewed_by, reviewed_by_name,
      review_note
    FROM case_proposals WHERE case_id = \(id) AND outcome IS NULL
    """)
}
