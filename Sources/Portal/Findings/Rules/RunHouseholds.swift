import Domain
import Ground
import Postgres
import Reviews

/// The households of a run, in the order of their ids.
struct RunHouseholds: Sendable {
  let scope: RuleRunScope

  var count: Query<Int> {
    switch scope {
    case .round(let round):
      Query("SELECT count(*) FROM review_households WHERE round_id = \(round)")
    case .delivery(let delivery):
      Query("SELECT count(*) FROM (\(answeredHouseholds(of: delivery))) AS h")
    case .area: Query("SELECT count(*) FROM households")
    }
  }

  /// All of them where no index gives a batch: eight bytes each. Nil where one does.
  func chosen(_ tx: Transaction) throws -> [HouseholdID]? {
    guard case .delivery(let delivery) = scope else { return nil }
    var ids: [HouseholdID] = []
    try tx.forEach(
      Query<HouseholdID>(
        """
        SELECT household_id FROM (\(answeredHouseholds(of: delivery))) AS h ORDER BY household_id
        """)
    ) { ids.append($0) }
    return ids
  }

  func batch(
    after last: HouseholdID?, of chosen: [HouseholdID]?, _ tx: Transaction
  ) throws -> [HouseholdID] {
    let start = last ?? HouseholdID(rawValue: 0)
    if let chosen {
      return Array(chosen[chosen.place(after: start)...].prefix(RuleRunJob.batch))
    }
    switch scope {
    case .round(let round):
      return try tx.all(
        Query(
          """
          SELECT household_id FROM review_households
          WHERE round_id = \(round) AND household_id > \(start)
          ORDER BY household_id LIMIT \(constant: RuleRunJob.batch)
          """))
    default:
      return try tx.all(
        Query(
          """
          SELECT id FROM households WHERE id > \(start)
          ORDER BY id LIMIT \(constant: RuleRunJob.batch)
          """))
    }
  }
}

extension [HouseholdID] {
  /// Where the ids after this one begin, in an array in order.
  fileprivate func place(after id: HouseholdID) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
