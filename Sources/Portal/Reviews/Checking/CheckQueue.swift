package import Domain
import Foundation
import Pages
package import Postgres
import Register

/// The checks of one kind in a round, in the order in which a bureau works through them.
package struct CheckQueue: Sendable {
  let round: ReviewRoundID
  let type: CheckType
  let filter: CheckFilter
  /// The estates that hold such checks, in order, each with how many. The trigger counts them, so that
  /// neither a page nor its count looks at the households of estates that have none.
  let estates: [EstateShare]

  var count: Int { estates.reduce(0) { $0 + $1.count } }
}

/// How many checks in some state an estate of a round has.
struct EstateShare: RowDecodable {
  let area: AreaCode
  let estate: Int64
  let count: Int

  init(_ row: Row) throws {
    area = try row("area")
    estate = try row("estate_id")
    count = try row("count")
  }

  fileprivate func isBefore(_ position: FramePosition) -> Bool {
    (area, estate) < (position.area, position.estate)
  }

  fileprivate func isAt(_ position: FramePosition) -> Bool {
    (area, estate) == (position.area, position.estate)
  }
}

extension CheckListState {
  fileprivate var count: SQL {
    switch self {
    case .open: "p.households - p.clear - p.hit - p.not_found"
    case .answered: "p.clear + p.hit + p.not_found"
    case .hit: "p.hit"
    }
  }

  /// On the answer in force.
  fileprivate var condition: SQL {
    switch self {
    case .open: "IS NULL"
    case .answered: "IS NOT NULL"
    case .hit: "= 'hit'"
    }
  }
}

/// How many of each check of some kinds are in a state, within what a filter leaves.
func checkShares(
  _ types: [CheckType], in round: ReviewRoundID, _ filter: CheckFilter
) -> Query<(type: CheckType, count: Int)> {
  Query(
    """
    SELECT check_type, sum(\(filter.state.count))::bigint AS count FROM review_progress p
    WHERE round_id = \(round) AND check_type = ANY(\(list: types)) AND \(filter.placeCondition)
    GROUP BY check_type
    """
  ) { row in (type: try row("check_type"), count: try row("count")) }
}

private func estateShares(
  _ type: CheckType, in round: ReviewRoundID, _ filter: CheckFilter
) -> Query<EstateShare> {
  Query(
    """
    SELECT p.area, p.estate_id, \(filter.state.count) AS count FROM review_progress p
    WHERE p.round_id = \(round) AND p.check_type = \(type) AND \(filter.placeCondition)
      AND \(filter.state.count) > 0
    ORDER BY p.area, p.estate_id
    """)
}

extension CheckFilter {
  fileprivate var placeCondition: SQL {
    var all: [SQL] = ["true"]
    if let township { all.append("p.area = \(township)") }
    if let estate { all.append("p.estate_id = \(estate)") }
    return all.joined(separator: " AND ")
  }
}

extension Transaction {
  package func queue(
    _ type: CheckType, in round: ReviewRoundID, _ filter: CheckFilter
  ) throws -> CheckQueue {
    CheckQueue(
      round: round, type: type, filter: filter,
      estates: try all(estateShares(type, in: round, filter)))
  }

  /// The households after a position, or before it going back; always in the order of the frame.
  package func lines(
    of queue: CheckQueue, from position: FramePosition?, isBackward: Bool = false,
    limit: Int? = registerPageSize + 1
  ) throws -> [CheckListLine] {
    guard !queue.estates.isEmpty else { return [] }
    return try all(queue.lines(from: position, isBackward: isBackward, limit: limit))
  }

  /// The next check after a position; from the beginning again when there is none after it.
  func next(
    in queue: CheckQueue, after position: FramePosition?, besides own: HouseholdID? = nil
  ) throws -> CheckListLine? {
    let after = try lines(of: queue, from: position, limit: 2)
    let found = after.isEmpty && position != nil ? try lines(of: queue, from: nil, limit: 2) : after
    return found.first { $0.household != own }
  }
}

extension CheckQueue {
  /// As many estates from the position on as hold a page, or all.
  private func estates(
    from position: FramePosition?, isBackward: Bool, limit: Int?
  ) -> [EstateShare] {
    var near = isBackward ? Array(estates.reversed()) : estates
    if let position {
      near.removeAll { estate in
        isBackward
          ? !estate.isBefore(position) && !estate.isAt(position) : estate.isBefore(position)
      }
    }
    guard let limit, filter.number == nil else { return near }
    var sum = 0
    let enough = near.firstIndex { estate in
      // Of the estate in which the position lies, nobody knows how many are left.
      if position.map({ estate.isAt($0) }) != true { sum += estate.count }
      return sum >= limit
    }
    return enough.map { Array(near[...$0]) } ?? near
  }

  func lines(
    from position: FramePosition?, isBackward: Bool, limit: Int?
  ) -> Query<CheckListLine> {
    let estates = estates(from: position, isBackward: isBackward, limit: limit)
    let order: SQL =
      isBackward
      ? "f.area DESC, f.estate_id DESC, f.household_id DESC" : "f.area, f.estate_id, f.household_id"
    return Query(
      """
      SELECT f.household_id, f.area, f.estate_id, h.number, a.name AS township, e.name AS estate,
        m.building, m.unit, m.room, h.applicant, k.result, k.as_of, k.sequence, k.way,
        k.account_name, k.delivered_at
      FROM (
        SELECT f.household_id, f.area, f.estate_id
        FROM unnest(\(list: estates.map(\.area))::text[], \(list: estates.map(\.estate))::bigint[])
          AS s (area, estate_id)
        JOIN review_households f ON f.round_id = \(round) AND f.area = s.area COLLATE "C"
          AND f.estate_id = s.estate_id
        WHERE \(numberCondition) AND \(positionCondition(position, isBackward))
          AND (SELECT k.result FROM checks k
               WHERE k.round_id = \(round) AND k.household_id = f.household_id
                 AND k.check_type = \(type)
               ORDER BY k.sequence DESC LIMIT 1) \(filter.state.condition)
        ORDER BY \(order) \(limited(to: limit))) f
      JOIN households h ON h.id = f.household_id
      JOIN areas a ON a.code = f.area
      LEFT JOIN estates e ON e.id = f.estate_id
      LEFT JOIN LATERAL (
        SELECT m.building, m.unit, m.room FROM leases l JOIN homes m ON m.id = l.home_id
        WHERE l.household_id = f.household_id AND m.estate_id = f.estate_id
        ORDER BY l.state = 'running' DESC, l.starts_on DESC, l.id DESC LIMIT 1) m ON true
      LEFT JOIN LATERAL (
        SELECT k.result, k.as_of, k.sequence, d.way, d.account_name, d.delivered_at
        FROM checks k JOIN deliveries d ON d.id = k.delivery_id
        WHERE k.round_id = \(round) AND k.household_id = f.household_id AND k.check_type = \(type)
        ORDER BY k.sequence DESC LIMIT 1) k ON true
      ORDER BY f.area, f.estate_id, f.household_id
      """)
  }

  private var numberCondition: SQL {
    guard let number = filter.number else { return "true" }
    return "f.household_id = (SELECT id FROM households WHERE number = \(number))"
  }

  private func positionCondition(_ position: FramePosition?, _ isBackward: Bool) -> SQL {
    guard let position else { return "true" }
    let own: SQL = "(f.area, f.estate_id, f.household_id)"
    let other: SQL = """
      (\(position.area)::area_code, \(position.estate)::bigint, \(position.household)::bigint)
      """
    return isBackward ? "\(own) < \(other)" : "\(own) > \(other)"
  }
}

/// One household in a list of checks of one kind.
package struct CheckListLine: RowDecodable {
  package let household: HouseholdID
  package let position: FramePosition
  package let number: String
  let township: String
  let estate: String?
  let place: String
  /// Not yet masked.
  let applicant: String?
  /// Nil while nobody has answered.
  let result: CheckResult?
  let asOf: Day?
  let sequence: Int?
  let way: DeliveryWay?
  let accountName: String?
  let deliveredAt: Date?

  package init(_ row: Row) throws {
    household = try row("household_id")
    position = FramePosition(
      area: try row("area"), estate: try row("estate_id"), household: household.rawValue)
    number = try row("number")
    township = try row("township")
    estate = try row("estate")
    let building: String? = try row("building")
    let unit: String? = try row("unit")
    let room: String? = try row("room")
    place = homeText(building: building ?? "", unit: unit ?? "", room: room ?? "")
    applicant = try row("applicant")
    result = try row("result")
    asOf = try row("as_of")
    sequence = try row("sequence")
    way = try row("way")
    accountName = try row("account_name")
    deliveredAt = try row("delivered_at")
  }
}
