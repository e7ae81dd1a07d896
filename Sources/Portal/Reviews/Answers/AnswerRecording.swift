import Domain
package import Foundation
package import Ground
package import Postgres

/// Why answers are not taken. Thrown inside their transaction, which it takes back.
package enum AnswerRefusal: Error {
  /// The round takes no more answers.
  case roundClosed
  /// So many answers differ from the bureau's own earlier ones, and nobody said why.
  case reasonNeeded(Int)
  /// So many are hits without values, or clear answers that name a home.
  case malformed(Int)
  /// So many are about households outside the round or the area.
  case outside(Int)
  /// So many are about income or assets of households without the authorisations on which that rests.
  case unauthorised(Int)
  /// Somebody else answered since the form was drawn.
  case overtaken

  /// What happened and what to do.
  package var message: String {
    switch self {
    case .roundClosed: "这一轮资格复核已经结束，不再接收答复"
    case .reasonNeeded(let count): "有 \(count) 户的答复和本单位以前的答复不一致，请说明原因"
    case .malformed(let count): "有 \(count) 户的答复不完整：有情况的必须写明情况，无异常的不能带有房产等记录"
    case .outside(let count): "有 \(count) 户不在本轮复核的范围内，请核对家庭编号"
    case .unauthorised(let count): "有 \(count) 户没有全部成年成员的有效授权书，本县规定不得核对收入和资产；请先登记授权书"
    case .overtaken: "别人刚刚答复了这一项，请核对后再提交"
    }
  }
}

/// How answers are to be taken.
package struct AnswerTerms: Sendable {
  /// Why they differ from earlier ones, for all of them together.
  package var reason: String?
  /// Whether those about households outside are left out instead of refusing all.
  package var leavesOutside = false
  /// The sequence that a form about one household had before it; 0 where there was no answer.
  var expectedSequence: Int?

  package init(reason: String? = nil, leavesOutside: Bool = false, expectedSequence: Int? = nil) {
    self.reason = reason
    self.leavesOutside = leavesOutside
    self.expectedSequence = expectedSequence
  }
}

extension Transaction {
  /// Records the `proposed_answers` of a delivery whose records are written: the one way in which answers
  /// come to be, whatever way they came. What the portal has already is not written again, so sending
  /// the same thing twice changes nothing; what differs becomes a further answer, with the reason.
  ///
  /// - Throws: ``AnswerRefusal``.
  package func recordAnswers(
    of delivery: DeliveryHead, _ terms: AnswerTerms = AnswerTerms(), keys: KeyRing, at now: Date
  ) throws -> AnswerAssessment {
    if let round = delivery.round { try holdOpen(round) }
    // What a delivery repeats is not withdrawn while it is laid beside it.
    try execute("SELECT pg_advisory_xact_lock_shared(7433, hashtext(\(delivery.type)))")
    let unauthorised = try dropUnauthorised(
      of: delivery, on: ShanghaiTime.day(of: now), keys: keys)
    guard unauthorised == 0 || terms.leavesOutside else {
      throw AnswerRefusal.unauthorised(unauthorised)
    }
    let assessment = try assessAnswers(of: delivery)
    if let expected = terms.expectedSequence { try expect(expected) }
    if assessment.malformed > 0 { throw AnswerRefusal.malformed(assessment.malformed) }
    if assessment.outside > 0, !terms.leavesOutside {
      throw AnswerRefusal.outside(assessment.outside)
    }
    if terms.reason == nil {
      let unexplained = try one(
        Query<Int>(
          "SELECT count(*) FROM assessed_answers WHERE kind = 'changed' AND reason IS NULL"))
      if unexplained > 0 { throw AnswerRefusal.reasonNeeded(unexplained) }
    }
    do {
      try insertAnswers(of: delivery, terms, at: now)
    } catch let error as PostgresError where error.isUniqueViolation("checks_answer_key") {
      throw AnswerRefusal.overtaken
    }
    try keepRepeats(of: delivery, at: now)
    try execute(
      """
      UPDATE deliveries SET answers_new = \(assessment.new), answers_same = \(assessment.same),
        answers_changed = \(assessment.changed),
        answers_unauthorised = \(unauthorised), reason = \(optional: terms.reason)
      WHERE id = \(delivery.id)
      """)
    return assessment
  }

  /// Whoever closes the round waits for this answer, and none comes after the closing.
  private func holdOpen(_ round: ReviewRoundID) throws {
    let isOpen = try first(
      Query<Bool>("SELECT closed_on IS NULL FROM review_rounds WHERE id = \(round) FOR SHARE"))
    guard isOpen == true else { throw AnswerRefusal.roundClosed }
  }

  private func expect(_ sequence: Int) throws {
    let found = try all(
      Query<Int>("SELECT coalesce(current_sequence, 0) FROM assessed_answers"))
    guard found.allSatisfy({ $0 == sequence }) else { throw AnswerRefusal.overtaken }
  }

  private func insertAnswers(
    of delivery: DeliveryHead, _ terms: AnswerTerms, at now: Date
  ) throws {
    let next: SQL = delivery.round == nil ? "1" : "coalesce(current_sequence, 0) + 1"
    try execute(
      """
      INSERT INTO checks (area, round_id, household_id, check_type, result, as_of, answered_on,
        sequence, delivery_id, reason)
      SELECT area, \(optional: delivery.round)::bigint, household_id, \(delivery.type), result, as_of,
        \(ShanghaiTime.day(of: now)), \(next), \(delivery.id),
        CASE WHEN kind = 'changed' THEN coalesce(reason, \(optional: terms.reason)) END
      FROM assessed_answers WHERE kind IN ('new', 'changed')
      """)
  }
}
