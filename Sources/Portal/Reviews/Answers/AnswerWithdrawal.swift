package import Domain
import Foundation
package import Postgres

/// What becomes of the answers of a delivery when it is withdrawn, counted.
package struct WithdrawalEffect: RowDecodable, Equatable {
  /// Answers that it gave.
  package let answers: Int
  /// Of those, the ones that say that something was found and are in force.
  package let hits: Int
  /// Answers in whose place an earlier one returns, or what a later delivery only repeated.
  package let returning: Int
  /// Households of which nothing is known then.
  package let unanswered: Int
  /// Answers that later ones have taken the place of: nothing changes.
  package let superseded: Int
  /// Findings that rest on such answers: open ones, and those that became part of a case.
  package let openFindings: Int
  package let confirmedFindings: Int

  package init(_ row: Row) throws {
    answers = try row("answers")
    hits = try row("hits")
    returning = try row("returning")
    unanswered = try row("unanswered")
    superseded = try row("superseded")
    openFindings = try row("open_findings")
    confirmedFindings = try row("confirmed_findings")
  }
}

package func withdrawalEffect(of delivery: DeliveryHead) -> Query<WithdrawalEffect> {
  Query(
    """
    WITH fates AS MATERIALIZED (
      SELECT k.household_id, k.result,
        NOT EXISTS (
          SELECT FROM checks l WHERE l.household_id = k.household_id AND l.check_type = k.check_type
            AND CASE WHEN k.round_id IS NULL
              THEN l.round_id IS NULL AND (l.as_of, l.id) > (k.as_of, k.id)
              ELSE l.round_id = k.round_id AND l.sequence > k.sequence END) AS is_last,
        EXISTS (
          SELECT FROM checks l WHERE l.household_id = k.household_id AND l.check_type = k.check_type
            AND l.id <> k.id AND l.round_id IS NOT DISTINCT FROM k.round_id)
        OR EXISTS (
          SELECT FROM repeated_answers r JOIN deliveries d ON d.id = r.delivery_id
          WHERE r.repeats = k.delivery_id AND r.household_id = k.household_id
            AND d.state = 'done') AS has_other
      FROM checks k WHERE k.delivery_id = \(delivery.id)),
    found AS MATERIALIZED (
      SELECT f.state FROM findings f
      WHERE f.household_id IN (SELECT household_id FROM fates WHERE is_last)
        AND \(delivery.type.rawValue)::text = ANY (string_to_array(f.evidence ->> 'checks', ',')))
    SELECT count(*) AS answers,
      count(*) FILTER (WHERE is_last AND result = 'hit') AS hits,
      count(*) FILTER (WHERE is_last AND has_other) AS returning,
      count(*) FILTER (WHERE is_last AND NOT has_other) AS unanswered,
      count(*) FILTER (WHERE NOT is_last) AS superseded,
      (SELECT count(*) FROM found WHERE state = 'open') AS open_findings,
      (SELECT count(*) FROM found WHERE state = 'confirmed') AS confirmed_findings
    FROM fates
    """)
}

/// The households that a delivery answered, or had answered when it was withdrawn.
package func answeredHouseholds(of delivery: DeliveryID) -> SQL {
  """
  SELECT household_id FROM checks WHERE delivery_id = \(delivery)
  UNION SELECT household_id FROM withdrawn_checks WHERE delivery_id = \(delivery)
  """
}

extension Transaction {
  /// Keeps which answers of a delivery were in force already, and whose: after ``assessAnswers(of:)``.
  func keepRepeats(of delivery: DeliveryHead, at now: Date) throws {
    try execute(
      """
      INSERT INTO repeated_answers (delivery_id, area, household_id, check_type, result, as_of,
        answered_on, repeats)
      SELECT \(delivery.id), area, household_id, \(delivery.type), result, as_of,
        \(ShanghaiTime.day(of: now)), current_delivery
      FROM assessed_answers WHERE kind = 'same'
      """)
  }

  /// Takes the answers of a delivery out of force, into the history. Those before them count again; where a
  /// later delivery had said the same, its own answer takes the place.
  package func withdrawAnswers(
    of delivery: DeliveryHead, for withdrawal: DeliveryWithdrawalID
  ) throws {
    try execute("SELECT pg_advisory_xact_lock(7433, hashtext(\(delivery.type)))")
    try execute(
      """
      INSERT INTO withdrawn_checks (id, area, round_id, household_id, check_type, result, as_of,
        answered_on, sequence, delivery_id, reason, withdrawal_id)
      SELECT id, area, round_id, household_id, check_type, result, as_of, answered_on, sequence,
        delivery_id, reason, \(withdrawal)
      FROM checks WHERE delivery_id = \(delivery.id)
      """)
    try execute("DELETE FROM checks WHERE delivery_id = \(delivery.id)")
    try returnRepeats(of: delivery.id)
  }

  /// The first delivery that repeated an answer gives it now; the others repeat that one.
  private func returnRepeats(of delivery: DeliveryID) throws {
    try execute(
      """
      CREATE TEMPORARY TABLE returned_answers ON COMMIT DROP AS
      SELECT DISTINCT ON (w.id) r.delivery_id, r.result, r.as_of, r.answered_on, w.area, w.round_id,
        w.household_id, w.check_type, w.sequence
      FROM withdrawn_checks w
      JOIN repeated_answers r ON r.repeats = w.delivery_id AND r.household_id = w.household_id
      JOIN deliveries d ON d.id = r.delivery_id AND d.state = 'done'
      WHERE w.delivery_id = \(delivery) AND w.contest_id IS NULL ORDER BY w.id, r.delivery_id
      """)
    try script("ANALYZE returned_answers")
    try execute(
      """
      INSERT INTO checks (area, round_id, household_id, check_type, result, as_of, answered_on, sequence,
        delivery_id)
      SELECT area, round_id, household_id, check_type, result, as_of, answered_on, sequence, delivery_id
      FROM returned_answers
      """)
    try execute(
      """
      DELETE FROM repeated_answers r USING returned_answers n
      WHERE r.delivery_id = n.delivery_id AND r.household_id = n.household_id
      """)
    try execute(
      """
      UPDATE repeated_answers r SET repeats = n.delivery_id FROM returned_answers n
      WHERE r.repeats = \(delivery) AND r.household_id = n.household_id
      """)
    try script("DROP TABLE returned_answers")
  }
}
