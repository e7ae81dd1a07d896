import Domain
import FindingLedger
import Foundation
import Ground
import Logging
import Postgres

/// One run of the rules, from the households that it is about to what became of their findings.
///
/// It goes through the households in batches, each a transaction of its own, so that it holds neither
/// memory nor locks for long. What it has done when it is broken off stands, and the next run, which
/// finds the same in the same evidence, goes on from there.
struct RuleRunWork: Sendable {
  static let batch = 2_000

  let id: RuleRunID
  let keys: KeyRing
  let logger: Logger
  /// Tells this run from any other.
  let worker = UUID().uuidString

  private struct Order: RowDecodable {
    let area: AreaCode
    let scope: RuleRunScope
    let year: Int
    let at: Date
    let account: AccountID

    init(_ row: Row) throws {
      area = try row("area")
      let round = try row("round_id", as: ReviewRoundID?.self)
      let delivery = try row("delivery_id", as: DeliveryID?.self)
      scope = round.map { .round($0) } ?? delivery.map { .delivery($0) } ?? .area
      year = try row("year")
      at = try row("at")
      account = try row("account_id")
    }
  }

  func perform(connectionString: String) async throws {
    let database = Database(
      DatabaseConfiguration(
        connectionString: connectionString, workers: 1, statementTimeout: .seconds(600),
        idleInTransactionTimeout: .seconds(120), waitLimit: .seconds(30),
        applicationName: "portal-rules"),
      logger: logger)
    defer { database.close() }
    let databases = Databases(staff: database, publicSide: database, inspector: database)
    guard let (order, actor) = try await claim(database, databases) else { return }
    do {
      try await work(order, databases, as: actor)
    } catch {
      logger.error("rule run failed", metadata: ["run": "\(id)", "reason": "\(error)"])
      try await end(.failed, message: RuleRunWork.brokenOff, databases, as: actor)
    }
  }

  static let brokenOff = "程序中断，没有做完。已查过的家庭有效，请再运行一次。"

  /// Takes the run; nil when it does not wait or another program was faster.
  private func claim(
    _ database: Database, _ databases: Databases
  ) async throws -> (Order, Principal)? {
    let found = try await database.read(TransactionContext(["portal.rule_service": "on"])) { tx in
      try tx.first(
        Query<Order>(
          """
          SELECT area, round_id, delivery_id, year, at, account_id FROM rule_runs
          WHERE id = \(id) AND state = 'waiting'
          """))
    }
    guard let order = found, let actor = try await actor(of: order, database) else { return nil }
    let isOurs = try await databases.transaction(as: actor) { tx in
      try tx.execute(
        """
        UPDATE rule_runs SET state = 'running', worker = \(worker), heard_at = now()
        WHERE id = \(id) AND state = 'waiting'
        """) == 1
    }
    return isOurs ? (order, actor) : nil
  }

  /// The account for whom it is done, in the area of the run.
  private func actor(of order: Order, _ database: Database) async throws -> Principal? {
    let account = order.account
    let found = try await database.read(
      TransactionContext(["portal.account": account.description])
    ) { tx in
      try tx.first(
        Query("SELECT id, account, display_name, role, area FROM accounts WHERE id = \(account)") {
          row in try Principal(row)
        })
    }
    return found.map {
      Principal(
        accountID: $0.accountID, account: $0.account, displayName: $0.displayName, role: $0.role,
        area: order.area)
    }
  }

  private func work(_ order: Order, _ databases: Databases, as actor: Principal) async throws {
    let households = RunHouseholds(scope: order.scope)
    let (expected, chosen) = try await databases.read(as: actor) { tx in
      (try tx.one(households.count), try households.chosen(tx))
    }
    _ = try await databases.transaction(as: actor) { tx in
      try tx.execute(
        "UPDATE rule_runs SET households_expected = \(expected) WHERE id = \(id)")
    }
    var judging = RuleJudging(
      keys: keys, name: actor.displayName, run: id, year: order.year, now: order.at)
    var after: HouseholdID?
    repeat {
      let step = (judging, after)
      (judging, after) = try await databases.transaction(as: actor) { tx in
        try next(step.0, households.batch(after: step.1, of: chosen, tx), tx)
      }
    } while after != nil
    try await end(.done, lines: UsedLine.all(judging.lines), databases, as: actor)
  }

  /// Judges one batch, and says how far the run is.
  private func next(
    _ judging: RuleJudging, _ ids: [HouseholdID], _ tx: Transaction
  ) throws -> (RuleJudging, HouseholdID?) {
    var judging = judging
    let outcome = try judging.judge(ids, tx)
    let isOurs = try tx.execute(
      """
      UPDATE rule_runs SET heard_at = now(), households = households + \(ids.count),
        found = found + \(outcome.raised.found), changed = changed + \(outcome.raised.changed),
        reopened = reopened + \(outcome.raised.reopened), lapsed = lapsed + \(outcome.lapsed),
        unchanged = unchanged + \(outcome.raised.unchanged)
      WHERE id = \(id) AND worker = \(worker)
      """)
    guard isOurs == 1 else { throw RunTakenAway() }
    return (judging, ids.count < Self.batch ? nil : ids.last)
  }

  private struct RunTakenAway: Error {}

  private func end(
    _ state: RuleRunState, lines: [UsedLine]? = nil, message: String? = nil, _ databases: Databases,
    as actor: Principal
  ) async throws {
    let text = try lines.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
    _ = try await databases.transaction(as: actor) { tx in
      try tx.execute(
        """
        UPDATE rule_runs SET state = \(state), worker = NULL, message = \(optional: message),
          lines = \(optional: text)::jsonb, finished_at = now()
        WHERE id = \(id) AND worker = \(worker)
        """)
    }
  }
}

/// The households of a run, in the order of their ids.
private struct RunHouseholds: Sendable {
  let scope: RuleRunScope

  var count: Query<Int> {
    switch scope {
    case .round(let round):
      Query("SELECT count(*) FROM review_households WHERE round_id = \(round)")
    case .delivery(let delivery):
      Query("SELECT count(DISTINCT household_id) FROM checks WHERE delivery_id = \(delivery)")
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
        SELECT DISTINCT household_id FROM checks WHERE delivery_id = \(delivery)
        ORDER BY household_id
        """)
    ) { ids.append($0) }
    return ids
  }

  func batch(
    after last: HouseholdID?, of chosen: [HouseholdID]?, _ tx: Transaction
  ) throws -> [HouseholdID] {
    let start = last ?? HouseholdID(rawValue: 0)
    if let chosen {
      return Array(chosen[chosen.place(after: start)...].prefix(RuleRunWork.batch))
    }
    switch scope {
    case .round(let round):
      return try tx.all(
        Query(
          """
          SELECT household_id FROM review_households
          WHERE round_id = \(round) AND household_id > \(start)
          ORDER BY household_id LIMIT \(constant: RuleRunWork.batch)
          """))
    default:
      return try tx.all(
        Query(
          """
          SELECT id FROM households WHERE id > \(start)
          ORDER BY id LIMIT \(constant: RuleRunWork.batch)
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
