import Domain
import Foundation
import Postgres
import Web

/// A file as it arrived. Its content is kept nowhere.
struct DeliveredFile: Sendable {
  let name: String
  let size: Int
  /// SHA-256.
  let hash: [UInt8]
}

/// A delivery about to be entered: who says what kind of thing, as of when.
struct NewDelivery: Sendable {
  var round: ReviewRoundID?
  var type: CheckType
  var way: DeliveryWay
  var state = DeliveryState.done
  var asOf: Day
  var isComplete = false
  var file: DeliveredFile?
}

/// What the rest of a delivery's work needs of it.
struct DeliveryHead: RowDecodable {
  static let columns: SQL =
    "id, area, round_id, check_type, way, state, as_of, is_complete, version"

  let id: DeliveryID
  let area: AreaCode
  let round: ReviewRoundID?
  let type: CheckType
  let way: DeliveryWay
  let state: DeliveryState
  let asOf: Day
  let isComplete: Bool
  let version: Int

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    round = try row("round_id")
    type = try row("check_type")
    way = try row("way")
    state = try row("state")
    asOf = try row("as_of")
    isComplete = try row("is_complete")
    version = try row("version")
  }
}

extension Transaction {
  /// Enters a delivery of the actor's bureau, in the actor's area.
  ///
  /// - Throws: `WebError.forbidden` where the check is another bureau's to answer.
  func openDelivery(_ new: NewDelivery, by actor: Principal, at now: Date) throws -> DeliveryHead {
    guard actor.may(.answerChecks), actor.role.bureau == new.type.bureau else {
      throw WebError.forbidden
    }
    return try one(
      Query(
        """
        INSERT INTO deliveries (area, round_id, check_type, way, state, as_of, is_complete, account_id,
          account_name, delivered_at, file_name, file_size, file_hash)
        VALUES (\(actor.area), \(optional: new.round), \(new.type), \(new.way), \(new.state),
          \(new.asOf), \(new.isComplete), \(actor.accountID), \(actor.displayName), \(now),
          \(optional: new.file?.name), \(optional: new.file?.size), \(optional: new.file?.hash))
        RETURNING \(DeliveryHead.columns)
        """))
  }
}
