package import Domain
package import Foundation
package import Postgres
import Web

/// A file as it arrived. Its content is kept nowhere.
package struct DeliveredFile: Sendable {
  package let name: String
  package let size: Int
  /// SHA-256.
  package let hash: [UInt8]

  package init(name: String, size: Int, hash: [UInt8]) {
    self.name = name
    self.size = size
    self.hash = hash
  }
}

/// A delivery about to be entered: who says what kind of thing, as of when.
package struct NewDelivery: Sendable {
  package var round: ReviewRoundID?
  package var type: CheckType
  package var way: DeliveryWay
  package var state = DeliveryState.done
  package var asOf: Day
  package var isComplete = false
  package var file: DeliveredFile?

  package init(
    round: ReviewRoundID? = nil, type: CheckType, way: DeliveryWay,
    state: DeliveryState = DeliveryState.done, asOf: Day, isComplete: Bool = false,
    file: DeliveredFile? = nil
  ) {
    self.round = round
    self.type = type
    self.way = way
    self.state = state
    self.asOf = asOf
    self.isComplete = isComplete
    self.file = file
  }
}

/// What the rest of a delivery's work needs of it.
package struct DeliveryHead: RowDecodable {
  package static let columns: SQL =
    "id, area, round_id, check_type, way, state, as_of, is_complete, version"

  package let id: DeliveryID
  package let area: AreaCode
  package let round: ReviewRoundID?
  package let type: CheckType
  package let way: DeliveryWay
  package let state: DeliveryState
  package let asOf: Day
  package let isComplete: Bool
  let version: Int

  package init(_ row: Row) throws {
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
  package func openDelivery(_ new: NewDelivery, by actor: Principal, at now: Date) throws
    -> DeliveryHead
  {
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
