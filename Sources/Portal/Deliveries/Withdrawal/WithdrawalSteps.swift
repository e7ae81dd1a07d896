import Domain
import Foundation
import Ground
import Postgres
import Reviews
import Web

/// Asking that a delivery is withdrawn, and deciding on it.
struct WithdrawalSteps: Sendable {
  /// A delivery's withdrawal stands in its row, in `delivery_withdrawals` and in the log.
  private static let table = StepTable<DeliveryWorkflow, DeliveryID>("deliveries")

  let id: DeliveryID
  let actor: ActingPerson

  /// - Throws: ``WithdrawalRefusal``; `WebError.forbidden` where it is another bureau's.
  func ask(_ reason: String, _ tx: Transaction) throws {
    let record = try hold(tx)
    guard record.state == .done else { throw WithdrawalRefusal.overtaken }
    guard record.mayAskWithdrawal(actor.principal) else { throw WebError.forbidden }
    guard try open(tx) == nil else { throw WithdrawalRefusal.asked }
    try tx.execute(
      """
      INSERT INTO delivery_withdrawals (area, delivery_id, reason, proposed_by, proposed_by_name,
        proposed_role, proposed_at)
      VALUES (\(record.area), \(id), \(reason), \(actor.principal.accountID),
        \(actor.principal.displayName), \(actor.principal.role), \(actor.now))
      """)
    try tx.audit(event(.askWithdrawal, ["reason": reason]), by: actor.origin)
  }

  /// Agrees to what somebody else asks for: the answers leave force in the same transaction.
  ///
  /// - Parameter version: of the delivery as the page showed it.
  /// - Throws: ``WithdrawalRefusal``.
  func approve(version: Int, note: String?, _ tx: Transaction) throws {
    _ = try hold(tx)
    guard let asked = try open(tx) else { throw WithdrawalRefusal.notAsked }
    if let refusal = asked.refusal(to: actor.principal) { throw refusal }
    try tx.script("SET LOCAL statement_timeout = 0; SET LOCAL jit = off")
    let head = try tx.one(deliveryHead(id))
    let effect = try tx.one(withdrawalEffect(of: head))
    try decide(asked.id, "approved", note, tx)
    var step = StepTaking(
      DeliveryWorkflow[.done, .withdraw], of: [SeenVersion(id, version: version)], in: Self.table,
      audit: event(
        .withdrawDelivery,
        [
          "reason": asked.reason, "answers": String(effect.answers),
          "returning": String(effect.returning), "unanswered": String(effect.unanswered),
        ]))
    step.firstPerson = asked.proposedBy
    do {
      try tx.take(step, by: actor)
    } catch is StepOvertaken {
      throw WithdrawalRefusal.overtaken
    }
    try tx.withdrawAnswers(of: head, for: asked.id)
  }

  /// The delivery stays as it is.
  func decline(note: String, _ tx: Transaction) throws {
    _ = try hold(tx)
    guard let asked = try open(tx) else { throw WithdrawalRefusal.notAsked }
    try decide(asked.id, "declined", note, tx)
    try tx.audit(event(.declineWithdrawal, ["reason": note]), by: actor.origin)
  }

  private func decide(
    _ withdrawal: DeliveryWithdrawalID, _ outcome: String, _ note: String?, _ tx: Transaction
  ) throws {
    try tx.execute(
      """
      UPDATE delivery_withdrawals SET outcome = \(outcome), decided_by = \(actor.principal.accountID),
        decided_by_name = \(actor.principal.displayName), decided_role = \(actor.principal.role),
        decided_at = \(actor.now), note = \(optional: note)
      WHERE id = \(withdrawal)
      """)
  }

  /// Holds the row, so that of two who press at once one is told.
  private func hold(_ tx: Transaction) throws -> DeliveryRecord {
    guard
      try tx.first(
        Query<DeliveryID>("SELECT id FROM deliveries WHERE id = \(id) FOR NO KEY UPDATE")) != nil
    else { throw WebError.notFound }
    return try tx.one(deliveryRecord(id))
  }

  private func open(_ tx: Transaction) throws -> DeliveryWithdrawal? {
    try tx.all(withdrawals(of: id)).first { $0.isApproved == nil }
  }

  private func event(_ action: AuditAction, _ after: [String: String]) -> AuditEvent {
    AuditEvent(action: action, entity: "deliveries", entityID: id.description, after: after)
  }
}
