import Domain
import Postgres

/// An answer as the rules look at it.
struct AnswerRow: RowDecodable {
  let id: CheckID
  let household: HouseholdID
  let type: CheckType
  let result: CheckResult
  let asOf: Day
  /// Counts the answers to the check in its round.
  let sequence: Int
  /// Nil where it came by regular exchange.
  let round: ReviewRoundID?
  let delivery: DeliveryID

  init(
    id: CheckID, household: HouseholdID, type: CheckType, result: CheckResult, asOf: Day,
    sequence: Int, round: ReviewRoundID?, delivery: DeliveryID
  ) {
    self.id = id
    self.household = household
    self.type = type
    self.result = result
    self.asOf = asOf
    self.sequence = sequence
    self.round = round
    self.delivery = delivery
  }

  init(_ row: Row) throws {
    id = try row("id")
    household = try row("household_id")
    type = try row("check_type")
    result = try row("result")
    asOf = try row("as_of")
    sequence = try row("sequence")
    round = try row("round_id")
    delivery = try row("delivery_id")
  }
}

/// Every answer about some households, in no order.
func answerRows(of households: [HouseholdID]) -> Query<AnswerRow> {
  Query(
    """
    SELECT id, household_id, check_type, result, as_of, sequence, round_id, delivery_id
    FROM checks WHERE household_id = ANY(\(list: households))
    """)
}

/// The answer to a check on which the rules rest, over all rounds and the regular exchange.
struct AnswerInForce: Sendable {
  let answer: AnswerRow
  /// What the same bureau last said otherwise, earlier in the same round.
  let earlier: AnswerRow?

  /// Of the answers to each check the one in force: of each round its last, of these and what came by
  /// exchange the one for the latest day, of one day the latest.
  static func byCheck(_ rows: [AnswerRow]) -> [CheckType: AnswerInForce] {
    Dictionary(grouping: rows, by: \.type).compactMapValues { rows in
      var last: [ReviewRoundID: Int] = [:]
      for row in rows {
        if let round = row.round { last[round] = max(last[round] ?? 0, row.sequence) }
      }
      let standing = rows.filter { row in row.round.map { last[$0] == row.sequence } ?? true }
      return standing.max { ($0.asOf, $0.id) < ($1.asOf, $1.id) }.map { answer in
        AnswerInForce(answer: answer, earlier: otherwise(answer, rows))
      }
    }
  }

  private static func otherwise(_ answer: AnswerRow, _ rows: [AnswerRow]) -> AnswerRow? {
    guard let round = answer.round else { return nil }
    return rows.filter {
      $0.round == round && $0.sequence < answer.sequence && $0.result != answer.result
    }.max { $0.sequence < $1.sequence }
  }
}
