package import Domain
package import Foundation
package import Postgres

/// An answer about a household, with where it came from.
package struct AnswerLine: RowDecodable {
  package let id: CheckID
  package let type: CheckType
  package let result: CheckResult
  package let asOf: Day
  /// Counts the answers to this check in its round, from 1; the highest is in force.
  let sequence: Int
  /// Nil where it came by regular exchange.
  let round: ReviewRoundID?
  package let roundTitle: String?
  package let reason: String?
  let delivery: DeliveryID
  let way: DeliveryWay
  let accountName: String
  package let deliveredAt: Date
  let fileName: String?
  let fileHash: [UInt8]?

  static let columns: SQL = """
    k.id, k.check_type, k.result, k.as_of, k.sequence, k.round_id, r.title AS round_title, k.reason,
    k.delivery_id, d.way, d.account_name, d.delivered_at, d.file_name, d.file_hash
    """

  package init(_ row: Row) throws {
    id = try row("id")
    type = try row("check_type")
    result = try row("result")
    asOf = try row("as_of")
    sequence = try row("sequence")
    round = try row("round_id")
    roundTitle = try row("round_title")
    reason = try row("reason")
    delivery = try row("delivery_id")
    way = try row("way")
    accountName = try row("account_name")
    deliveredAt = try row("delivered_at")
    fileName = try row("file_name")
    fileHash = try row("file_hash")
  }
}

/// All answers about a household, of every round and exchange, the newest first.
func answers(of household: HouseholdID) -> Query<AnswerLine> {
  Query(
    """
    SELECT \(AnswerLine.columns) FROM checks k JOIN deliveries d ON d.id = k.delivery_id
    LEFT JOIN review_rounds r ON r.id = k.round_id
    WHERE k.household_id = \(household)
    ORDER BY k.as_of DESC, k.id DESC
    """)
}

/// An answer that is in force no more: who asked for it and decided, when and why. Its delivery was withdrawn,
/// or a contest of it was right.
struct WithdrawnLine: RowDecodable {
  let line: AnswerLine
  let why: String
  let askedBy: String
  let decidedBy: String
  let decidedAt: Date

  init(_ row: Row) throws {
    line = try AnswerLine(row)
    why = try row("why")
    askedBy = try row("proposed_by_name")
    decidedBy = try row("decided_by_name")
    decidedAt = try row("decided_at")
  }
}

/// All answers about a household that were withdrawn, the newest first.
func withdrawnAnswers(of household: HouseholdID) -> Query<WithdrawnLine> {
  Query(
    """
    SELECT \(AnswerLine.columns), coalesce(w.reason, c.reason) AS why,
      coalesce(w.proposed_by_name, c.recorded_by_name) AS proposed_by_name,
      coalesce(w.decided_by_name, c.decided_by_name) AS decided_by_name,
      coalesce(w.decided_at, c.decided_at) AS decided_at
    FROM withdrawn_checks k JOIN deliveries d ON d.id = k.delivery_id
    LEFT JOIN delivery_withdrawals w ON w.id = k.withdrawal_id
    LEFT JOIN contests c ON c.id = k.contest_id
    LEFT JOIN review_rounds r ON r.id = k.round_id
    WHERE k.household_id = \(household)
    ORDER BY coalesce(w.decided_at, c.decided_at) DESC, k.id DESC
    """)
}
