package import Domain
package import Postgres

/// An answer about one household that a delivery wants to give.
package struct ProposedAnswer: Sendable {
  package let household: HouseholdID
  package let result: CheckResult
  /// Where it differs from the day of the delivery.
  var asOf: Day?
  /// Why it differs from the earlier answer, where that is said for this household alone.
  var reason: String?

  package init(household: HouseholdID, result: CheckResult, asOf: Day? = nil, reason: String? = nil)
  {
    self.household = household
    self.result = result
    self.asOf = asOf
    self.reason = reason
  }
}

/// What the proposed answers come to, counted by household.
package struct AnswerAssessment: Sendable, Equatable {
  /// First answers.
  package var new = 0
  /// Such as the portal has already; they change nothing.
  package var same = 0
  /// Such as differ from the bureau's own earlier answer, in result or values.
  package var changed = 0
  /// Of those, the ones with another result: contradictions.
  package var contradicting = 0
  /// About households outside the frame of the round or the sender's area; they are not taken.
  package var outside = 0
  /// Hits without values, and clear answers that name a home.
  var malformed = 0
}

extension Transaction {
  /// Makes the temporary table `proposed_answers`, which lives until the transaction ends.
  package func makeProposedAnswers() throws {
    try script(
      """
      CREATE TEMPORARY TABLE proposed_answers (
        household_id bigint PRIMARY KEY, result text NOT NULL, as_of date, reason text) ON COMMIT DROP
      """)
  }

  package func propose(_ answers: [ProposedAnswer]) throws {
    try execute(
      """
      INSERT INTO proposed_answers
      SELECT * FROM unnest(\(list: answers.map(\.household))::bigint[],
        \(list: answers.map(\.result))::text[], \(list: answers.map(\.asOf))::date[],
        \(list: answers.map(\.reason))::text[])
      """)
  }

  /// Lays `proposed_answers` beside what is in force, into the temporary table `assessed_answers`.
  package func assessAnswers(of delivery: DeliveryHead) throws -> AnswerAssessment {
    try script("DROP TABLE IF EXISTS assessed_answers")
    try execute(
      """
      CREATE TEMPORARY TABLE assessed_answers ON COMMIT DROP AS
      \(delivery.round.map { answersInRound(delivery, round: $0) } ?? answersInExchange(delivery))
      """)
    return try one(
      Query(
        """
        SELECT count(*) FILTER (WHERE kind = 'new') AS new,
          count(*) FILTER (WHERE kind = 'same') AS same,
          count(*) FILTER (WHERE kind = 'changed') AS changed,
          count(*) FILTER (WHERE kind = 'changed' AND result <> current_result) AS contradicting,
          count(*) FILTER (WHERE kind = 'outside') AS outside,
          count(*) FILTER (WHERE malformed) AS malformed
        FROM assessed_answers
        """
      ) { row in
        AnswerAssessment(
          new: try row("new"), same: try row("same"), changed: try row("changed"),
          contradicting: try row("contradicting"), outside: try row("outside"),
          malformed: try row("malformed"))
      })
  }

  /// In a round an answer counts if the household stands in its frame. Looked up one by one, however many: under
  /// row-level security the planner takes the frame for nearly empty.
  private func answersInRound(_ delivery: DeliveryHead, round: ReviewRoundID) -> SQL {
    """
    SELECT p.household_id, f.area, p.result, coalesce(p.as_of, \(delivery.asOf)) AS as_of, p.reason,
      c.sequence AS current_sequence, c.result AS current_result, c.delivery_id AS current_delivery,
      \(kind(delivery, isKnown: "f.household_id IS NOT NULL")) AS kind, \(isMalformed(delivery))
    FROM proposed_answers p
    LEFT JOIN LATERAL (
      SELECT f.household_id, f.area FROM review_households f
      WHERE f.round_id = \(round) AND f.household_id = p.household_id LIMIT 1) f ON true
    LEFT JOIN LATERAL (
      SELECT k.sequence, k.result, k.delivery_id FROM checks k
      WHERE k.round_id = \(round) AND k.household_id = p.household_id
        AND k.check_type = \(delivery.type)
      ORDER BY k.sequence DESC LIMIT 1) c ON true
    """
  }

  /// Outside a round the latest answer of all is in force.
  private func answersInExchange(_ delivery: DeliveryHead) -> SQL {
    """
    SELECT p.household_id, h.area, p.result, coalesce(p.as_of, \(delivery.asOf)) AS as_of, p.reason,
      c.sequence AS current_sequence, c.result AS current_result, c.delivery_id AS current_delivery,
      \(kind(delivery, isKnown: "h.id IS NOT NULL")) AS kind, \(isMalformed(delivery))
    FROM proposed_answers p
    LEFT JOIN LATERAL (
      SELECT h.id, h.area FROM households h WHERE h.id = p.household_id LIMIT 1) h ON true
    LEFT JOIN LATERAL (
      SELECT k.sequence, k.result, k.delivery_id FROM checks k
      WHERE k.household_id = p.household_id AND k.check_type = \(delivery.type)
      ORDER BY k.as_of DESC, k.id DESC LIMIT 1) c ON true
    """
  }

  private func kind(_ delivery: DeliveryHead, isKnown: SQL) -> SQL {
    """
    CASE WHEN NOT (\(isKnown)) THEN 'outside' WHEN c.sequence IS NULL THEN 'new'
      WHEN c.result = p.result
        AND (SELECT array_agg(r.digest ORDER BY r.digest) FROM check_records r
             WHERE r.delivery_id = \(delivery.id) AND r.household_id = p.household_id)
          IS NOT DISTINCT FROM
            (SELECT array_agg(r.digest ORDER BY r.digest) FROM check_records r
             WHERE r.delivery_id = c.delivery_id AND r.household_id = p.household_id)
      THEN 'same' ELSE 'changed' END
    """
  }

  private func isMalformed(_ delivery: DeliveryHead) -> SQL {
    let has: SQL = """
      EXISTS (SELECT FROM check_records r
        WHERE r.delivery_id = \(delivery.id) AND r.household_id = p.household_id AND r.holds)
      """
    return switch delivery.type.presence {
    case .measured: "(p.result = 'hit' AND NOT \(has)) AS malformed"
    case .hit: "((p.result = 'hit') <> \(has)) AS malformed"
    case .clear: "(p.result = 'hit' AND \(has)) AS malformed"
    }
  }
}

/// A household about which a delivery says something else than what is in force.
package struct AnswerDifference: RowDecodable {
  package let household: HouseholdID
  package let number: String
  package let before: CheckResult
  package let after: CheckResult
  /// Who said what is in force, and when.
  package let beforeBy: String
  package let beforeOn: Day

  package init(_ row: Row) throws {
    household = try row("household_id")
    number = try row("number")
    before = try row("before")
    after = try row("after")
    beforeBy = try row("account_name")
    beforeOn = try row("before_on")
  }
}

/// After ``assessAnswers(of:)``, in the same transaction.
package func answerDifferences(limit: Int) -> Query<AnswerDifference> {
  Query(
    """
    SELECT a.household_id, h.number, a.current_result AS before, a.result AS after, d.account_name,
      (d.delivered_at AT TIME ZONE 'Asia/Shanghai')::date AS before_on
    FROM assessed_answers a
    CROSS JOIN LATERAL (
      SELECT h.number, h.area FROM households h WHERE h.id = a.household_id LIMIT 1) h
    CROSS JOIN LATERAL (
      SELECT d.account_name, d.delivered_at FROM deliveries d
      WHERE d.id = a.current_delivery LIMIT 1) d
    WHERE a.kind = 'changed'
    ORDER BY a.current_result = a.result, h.area, a.household_id LIMIT \(limit)
    """)
}
