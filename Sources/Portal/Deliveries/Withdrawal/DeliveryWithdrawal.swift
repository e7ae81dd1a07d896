import Domain
import Foundation
import Postgres

/// That somebody asks to withdraw a delivery, and what came of it.
struct DeliveryWithdrawal: RowDecodable {
  let id: DeliveryWithdrawalID
  let reason: String
  let proposedBy: AccountID
  let proposedByName: String
  let proposedRole: Role
  let proposedAt: Date
  /// Nil while it waits; otherwise whether it was agreed to.
  let isApproved: Bool?
  let decidedByName: String?
  let decidedAt: Date?
  let note: String?

  init(_ row: Row) throws {
    id = try row("id")
    reason = try row("reason")
    proposedBy = try row("proposed_by")
    proposedByName = try row("proposed_by_name")
    proposedRole = try row("proposed_role")
    proposedAt = try row("proposed_at")
    isApproved = try row("is_approved")
    decidedByName = try row("decided_by_name")
    decidedAt = try row("decided_at")
    note = try row("note")
  }

  /// Why this person may not agree to it; nil where they may. Those who decide hold the permission.
  func refusal(to principal: Principal) -> WithdrawalRefusal? {
    if proposedBy == principal.accountID { return .samePerson }
    let hasLead = proposedRole == .housingLead || principal.role == .housingLead
    return hasLead ? nil : .leadNeeded
  }
}

/// Of a delivery, the newest first.
func withdrawals(of delivery: DeliveryID) -> Query<DeliveryWithdrawal> {
  Query(
    """
    SELECT id, reason, proposed_by, proposed_by_name, proposed_role, proposed_at,
      outcome = 'approved' AS is_approved, decided_by_name, decided_at, note
    FROM delivery_withdrawals WHERE delivery_id = \(delivery) ORDER BY id DESC
    """)
}

/// Why a delivery is not withdrawn; the text says what to do.
enum WithdrawalRefusal: Error, Equatable, CustomStringConvertible {
  /// Nobody asks for it, or it has been decided.
  case notAsked
  /// Somebody asks for it already.
  case asked
  case samePerson
  /// Neither of the two is the lead of the housing bureau.
  case leadNeeded
  /// It stands elsewhere meanwhile.
  case overtaken

  var description: String {
    switch self {
    case .notAsked: "没有等待决定的撤回申请，可能别人刚刚决定过"
    case .asked: "已经有人申请撤回这次报送，等待决定"
    case .samePerson: "须由另一人决定：申请撤回的人不能自己同意"
    case .leadNeeded: "这份申请须由县住建局负责人决定"
    case .overtaken: "这次报送刚刚有了变化，请再看一遍"
    }
  }
}

extension DeliveryRecord {
  /// Whether somebody may ask that it is withdrawn: the bureau that delivered it, or the lead.
  func mayAskWithdrawal(_ principal: Principal) -> Bool {
    state == .done
      && (isOwn(principal)
        || principal.may(.answerChecks) && principal.may(.approveWithdrawals)
          && principal.area.contains(area))
  }
}
