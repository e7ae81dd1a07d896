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
    SELECT k.id, k.check_type, k.result, k.as_of, k.sequence, k.round_id, r.title AS round_title,
      k.reason, k.delivery_id, d.way, d.account_name, d.delivered_at, d.file_name, d.file_hash
    FROM checks k JOIN deliveries d ON d.id = k.delivery_id
    LEFT JOIN review_rounds r ON r.id = k.round_id
    WHERE k.household_id = \(household)
    ORDER BY k.as_of DESC, k.id DESC
    """)
}
