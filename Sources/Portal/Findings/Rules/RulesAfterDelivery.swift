package import Deliveries
package import Domain
package import Foundation
package import Ground
package import Logging
import Postgres
import Reviews

/// Runs the rules over the households that a delivery has just answered, or answers no more.
package struct RulesAfterDelivery: Sendable {
  private let databases: Databases
  private let keys: KeyRing
  private let logger: Logger
  private let program: JobProgram
  private let now: @Sendable () -> Date

  package init(
    databases: Databases, keys: KeyRing, logger: Logger, program: JobProgram,
    now: @escaping @Sendable () -> Date
  ) {
    self.databases = databases
    self.keys = keys
    self.logger = logger
    self.program = program
    self.now = now
  }

  /// Those that were answered on the screen at once, those of a file or a batch in a run that waits its
  /// turn.
  package func deliveryDone(_ id: DeliveryID, by actor: Principal) async {
    do {
      let now = now()
      let head = try await databases.read(as: actor) { tx in
        try tx.first(
          Query("SELECT \(DeliveryHead.columns) FROM deliveries WHERE id = \(id)") { row in
            try DeliveryHead(row)
          })
      }
      guard let head, head.state == .done || head.state == .withdrawn else { return }
      if head.way == .screen {
        return try await judgeAtOnce(by: actor, at: now) { tx in
          try tx.all(Query<HouseholdID>(answeredHouseholds(of: head.id)))
        }
      }
      let home = program.home
      // What one bureau has delivered does not wait for what another has.
      let lane = "\(RuleRunJob.lane)-\(actor.area)-\(head.type.bureau.rawValue)"
      _ = try await databases.transaction(as: actor) { tx in
        try tx.enterRuleRun(
          over: .delivery(id), home: home, lane: lane,
          by: .staff(actor, address: "", reference: "", at: now), actor, at: now)
      }
    } catch {
      // What was delivered stands; the next run of the rules finds what this one has not.
      logger.error(
        "no rules after a delivery", metadata: ["delivery": "\(id)", "reason": "\(error)"])
    }
  }

  /// Looks at once at a few households whose answers have left force.
  package func answersChanged(of households: [HouseholdID], by actor: Principal) async {
    do {
      try await judgeAtOnce(by: actor, at: now()) { _ in households }
    } catch {
      logger.error("no rules after answers left force", metadata: ["reason": "\(error)"])
    }
  }

  private func judgeAtOnce(
    by actor: Principal, at now: Date,
    _ households: @escaping @Sendable (Transaction) throws -> [HouseholdID]
  ) async throws {
    let judging = RuleJudging(
      keys: keys, name: actor.displayName, run: nil, year: ShanghaiTime.day(of: now).year, now: now)
    _ = try await databases.transaction(as: actor) { tx in
      var judging = judging
      return try judging.judge(try households(tx), tx).lapsed
    }
  }
}

extension DeliveryCommand {
  /// A command after which the rules run, as they do where the portal takes a delivery in.
  ///
  /// - Parameter connectionString: of the staff login: the same rules hold as on screen.
  package init(connectionString: String, keys: KeyRing, logger: Logger) {
    self.init(connectionString: connectionString, keys: keys, logger: logger) {
      databases, now, program in
      let rules = RulesAfterDelivery(
        databases: databases, keys: keys, logger: logger, program: program, now: { now })
      return ({ await rules.deliveryDone($0, by: $1) }, [RuleRunJob(keys: keys)])
    }
  }
}
