package import Domain
package import Foundation
package import Ground
package import Logging
package import Postgres
import Reviews

/// Works on runs of the rules one after the other, over connections of its own, so that pages never
/// wait for one. What waits stands in the database: a portal that starts again takes it up.
package actor RuleRunJobs {
  /// A run that has not been heard of for so many seconds is dead.
  static let patience = 120

  let connectionString: String
  let keys: KeyRing
  let logger: Logger
  private let databases: Databases
  private let now: @Sendable () -> Date
  private let line = JobLine()
  private var queued: Set<RuleRunID> = []

  package init(
    connectionString: String, databases: Databases, keys: KeyRing, logger: Logger,
    now: @escaping @Sendable () -> Date
  ) {
    self.connectionString = connectionString
    self.databases = databases
    self.keys = keys
    self.logger = logger
    self.now = now
  }

  /// Takes a run up as soon as those before it are done with.
  func start(_ id: RuleRunID) async {
    guard queued.insert(id).inserted else { return }
    await line.add { await self.perform(id) }
  }

  private func perform(_ id: RuleRunID) async {
    queued.remove(id)
    do {
      try await RuleRunWork(id: id, keys: keys, logger: logger).perform(
        connectionString: connectionString)
    } catch {
      logger.error("rule run broken off", metadata: ["run": "\(id)", "reason": "\(error)"])
    }
  }

  /// Runs the rules over the households that a delivery has just answered: one that was answered on the
  /// screen at once, those of a file or a batch in a run that waits its turn.
  package func deliveryDone(_ id: DeliveryID, by actor: Principal) async {
    do {
      let now = now()
      let head = try await databases.read(as: actor) { tx in
        try tx.first(
          Query("SELECT \(DeliveryHead.columns) FROM deliveries WHERE id = \(id)") { row in
            try DeliveryHead(row)
          })
      }
      guard let head, head.state == .done else { return }
      if head.way == .screen { return try await judgeAtOnce(head, by: actor, at: now) }
      let run = try await databases.transaction(as: actor) { tx in
        try tx.enterRuleRun(
          over: .delivery(id), by: .staff(actor, address: "", reference: "", at: now), actor,
          at: now)
      }
      await start(run)
    } catch {
      // What was delivered stands; the next run of the rules finds what this one has not.
      logger.error(
        "no rules after a delivery", metadata: ["delivery": "\(id)", "reason": "\(error)"])
    }
  }

  private func judgeAtOnce(_ head: DeliveryHead, by actor: Principal, at now: Date) async throws {
    let judging = RuleJudging(
      keys: keys, name: actor.displayName, run: nil, year: ShanghaiTime.day(of: now).year, now: now)
    _ = try await databases.transaction(as: actor) { tx in
      var judging = judging
      let ids = try tx.all(
        Query<HouseholdID>(
          "SELECT DISTINCT household_id FROM checks WHERE delivery_id = \(head.id)"))
      return try judging.judge(ids, tx).lapsed
    }
  }

  /// Waits until nothing is left to do.
  package func finishAll() async { await line.finishAll() }

  /// Starts what waits, and says of what a dead program has left that it was broken off.
  package func takeUp(_ staff: Database) async throws {
    for broken in try await Self.service(staff, brokenRuns) {
      try await staff.transaction(TransactionContext(["portal.area": broken.area.rawValue])) { tx in
        try tx.execute(giveUp(broken.id))
      }
    }
    for run in try await Self.service(staff, waitingRuns) { await start(run.id) }
  }

  private static func service(_ staff: Database, _ query: Query<IdleRun>) async throws -> [IdleRun]
  {
    try await staff.read(TransactionContext(["portal.rule_service": "on"])) { tx in
      try tx.all(query)
    }
  }
}

/// A run on which nobody works.
private struct IdleRun: RowDecodable {
  let id: RuleRunID
  let area: AreaCode

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
  }
}

private let waitingRuns: Query<IdleRun> = Query(
  "SELECT id, area FROM rule_runs WHERE state = 'waiting' ORDER BY id")

private let brokenRuns: Query<IdleRun> = Query(
  """
  SELECT id, area FROM rule_runs
  WHERE state = 'running'
    AND heard_at < now() - make_interval(secs => \(constant: RuleRunJobs.patience)) ORDER BY id
  """)

private func giveUp(_ id: RuleRunID) -> SQL {
  """
  UPDATE rule_runs SET state = 'failed', worker = NULL, message = \(RuleRunWork.brokenOff),
    finished_at = now()
  WHERE id = \(id) AND state = 'running'
    AND heard_at < now() - make_interval(secs => \(constant: RuleRunJobs.patience))
  """
}
