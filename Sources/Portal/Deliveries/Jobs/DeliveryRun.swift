import Domain
import Foundation
import Ground
import Logging
import Postgres
import Reviews

/// One order while it waits and is worked on.
struct DeliveryRun: Sendable {
  let order: DeliveryOrder
  let connectionString: String
  /// For saying how far it is.
  let databases: Databases
  let keys: KeyRing
  let logger: Logger
  let now: @Sendable () -> Date
  let progress = JobProgress()

  private var id: DeliveryID { order.id }

  /// Does what is ordered.
  ///
  /// - Returns: whether the delivery has come into force by it.
  func perform() async -> Bool {
    defer { if case .match(let path, _, _) = order.work { unlink(path) } }
    let database = Database(
      DatabaseConfiguration(
        connectionString: connectionString, workers: 1, statementTimeout: .zero,
        idleInTransactionTimeout: .zero, waitLimit: .seconds(30),
        applicationName: "portal-delivery"),
      logger: logger)
    defer { database.close() }
    let own = Databases(staff: database, publicSide: database, inspector: database)
    let engine = DeliveryEngine(order: order, keys: keys, progress: progress, now: now())
    do {
      try await own.transaction(as: order.actor) { tx in try engine.run(tx) }
      if case .commit = order.work { return true }
    } catch {
      await settle(error)
    }
    return false
  }

  /// Says on the delivery's page what went wrong.
  private func settle(_ error: any Error) async {
    if error is JobProgress.Cancelled || progress.wasCancelled { return }
    let message = deliveryMessage(error)
    if message == nil {
      logger.error("delivery failed", metadata: ["delivery": "\(id)", "reason": "\(error)"])
    }
    let text = message ?? "程序出错，没有留下任何数据，请联系管理员（报送编号 \(id)）"
    let isOvertaken = error as? DeliveryRefusal == .overtaken
    do {
      try await databases.transaction(as: order.actor) { tx in
        if case .match = order.work { return try tx.failDelivery(id, order.worker, text) }
        try tx.execute(
          """
          UPDATE deliveries SET state = 'matched', worker = NULL, phase = NULL, message = \(text),
            version = version + 1
          WHERE id = \(id) AND worker = \(order.worker)
          """)
      }
      guard isOvertaken else { return }
      try await databases.transaction(as: order.actor) { tx in
        _ = try tx.keepAssessment(of: try tx.one(deliveryHead(id)))
      }
    } catch {
      logger.error("delivery not settled", metadata: ["delivery": "\(id)", "reason": "\(error)"])
    }
  }

  /// Says twice a second that the order is alive and how far it is, and hears whether it is to stop.
  func beat() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(500))
      if Task.isCancelled { return }
      let (phase, rows, expected) = progress.now
      let isOurs = try? await databases.transaction(as: order.actor) { tx in
        try tx.execute(
          """
          UPDATE deliveries SET heard_at = now(), phase = COALESCE(NULLIF(\(phase), ''), phase),
            rows_done = \(rows), rows_expected = COALESCE(\(optional: expected)::bigint, rows_expected)
          WHERE id = \(id) AND worker = \(order.worker)
          """) == 1
      }
      guard isOurs == false, !Task.isCancelled else { continue }
      return await progress.stop(databases, as: order.actor)
    }
  }
}

extension Transaction {
  func failDelivery(_ id: DeliveryID, _ worker: String, _ message: String) throws {
    try execute(
      """
      UPDATE deliveries SET state = 'failed', worker = NULL, phase = NULL, message = \(message),
        version = version + 1
      WHERE id = \(id) AND worker = \(worker)
      """)
  }
}

func deliveryHead(_ id: DeliveryID) -> Query<DeliveryHead> {
  Query("SELECT \(DeliveryHead.columns) FROM deliveries WHERE id = \(id)")
}
