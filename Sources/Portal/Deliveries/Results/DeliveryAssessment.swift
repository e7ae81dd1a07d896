import Domain
import Foundation
import Postgres
import Reviews

extension Transaction {
  /// Fills `proposed_answers` with what a delivery says, and with what it says by leaving households out.
  func proposeAnswers(of delivery: DeliveryHead) throws {
    try makeProposedAnswers()
    try execute(
      """
      INSERT INTO proposed_answers (household_id, result, as_of, reason)
      SELECT household_id, result, as_of, reason FROM delivery_answers
      WHERE delivery_id = \(delivery.id) AND result IS NOT NULL
      """)
    if delivery.isComplete { try proposeAbsence(of: delivery) }
    try script("ANALYZE proposed_answers")
  }

  /// A complete extract answers for those whom it does not name: of the round, or of all who rent a home. What was
  /// said for a later day than the extract's it says nothing of. `OFFSET 0` keeps a look-up from becoming a join,
  /// for which the planner would take tables under row-level security for nearly empty.
  private func proposeAbsence(of delivery: DeliveryHead) throws {
    let tenants: SQL = """
      (SELECT h.id AS household_id FROM households h
       WHERE h.area ^@ \(delivery.area)::text AND h.estate_id IS NOT NULL) f
      WHERE NOT EXISTS (
        SELECT FROM checks k WHERE k.household_id = f.household_id
          AND k.check_type = \(delivery.type) AND k.as_of > \(delivery.asOf) OFFSET 0)
      """
    let asked = delivery.round.map { "review_households f WHERE f.round_id = \($0)" } ?? tenants
    try execute(
      """
      INSERT INTO proposed_answers (household_id, result)
      SELECT f.household_id, \(delivery.type.absence) FROM \(asked) AND NOT EXISTS (
        SELECT FROM delivery_answers d
        WHERE d.delivery_id = \(delivery.id) AND d.household_id = f.household_id OFFSET 0)
      """)
  }

  /// Lays what a delivery says beside what is in force, and keeps what that comes to for its page.
  @discardableResult
  func keepAssessment(of delivery: DeliveryHead) throws -> AnswerAssessment {
    try proposeAnswers(of: delivery)
    let assessment = try assessAnswers(of: delivery)
    let isExchange = delivery.round == nil
    try execute(
      """
      UPDATE deliveries SET answers_new = \(assessment.new), answers_same = \(assessment.same),
        answers_changed = \(assessment.changed), answers_outside = \(assessment.outside),
        answers_unexplained = (
          SELECT count(*) FROM assessed_answers
          WHERE kind = 'changed' AND reason IS NULL AND NOT \(isExchange)::boolean)
      WHERE id = \(delivery.id)
      """)
    try keepChanges(try all(answerDifferences(limit: DeliveryChange.kept)), of: delivery)
    return assessment
  }

  private func keepChanges(_ changes: [AnswerDifference], of delivery: DeliveryHead) throws {
    try execute("DELETE FROM delivery_changes WHERE delivery_id = \(delivery.id)")
    guard !changes.isEmpty else { return }
    try execute(
      """
      INSERT INTO delivery_changes (delivery_id, area, position, household_id, household_number, before,
        after, before_by, before_on)
      SELECT \(delivery.id), \(delivery.area), c.position, c.household, c.number, c.before, c.after,
        c.before_by, c.before_on
      FROM unnest(\(list: changes.map(\.household))::bigint[], \(list: changes.map(\.number))::text[],
        \(list: changes.map(\.before))::text[], \(list: changes.map(\.after))::text[],
        \(list: changes.map(\.beforeBy))::text[], \(list: changes.map(\.beforeOn))::date[])
        WITH ORDINALITY AS c (household, number, before, after, before_by, before_on, position)
      """)
  }
}

/// A household about which a delivery says something else than what is in force.
struct DeliveryChange: RowDecodable {
  /// So many are kept; the others are counted.
  static let kept = 1_000

  let position: Int
  let household: HouseholdID
  let number: String
  let before: CheckResult
  let after: CheckResult
  let beforeBy: String
  let beforeOn: Day

  init(_ row: Row) throws {
    position = try row("position")
    household = try row("household_id")
    number = try row("household_number")
    before = try row("before")
    after = try row("after")
    beforeBy = try row("before_by")
    beforeOn = try row("before_on")
  }
}

func deliveryChanges(_ id: DeliveryID, limit: Int) -> Query<DeliveryChange> {
  Query(
    """
    SELECT position, household_id, household_number, before, after, before_by, before_on
    FROM delivery_changes WHERE delivery_id = \(id) ORDER BY position LIMIT \(limit)
    """)
}
