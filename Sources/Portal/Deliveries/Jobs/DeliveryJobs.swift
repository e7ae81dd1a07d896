import Domain
package import Foundation
package import Ground
package import Logging
import Postgres
package import Reviews

/// Works on deliveries one after the other, each over a connection of its own, so that pages never wait
/// for one. A file lives no longer than the process that took it in: what that leaves undone is said to
/// have failed.
package actor DeliveryJobs {
  /// An order that has not been heard of for so many seconds is dead.
  static let patience = 15

  private let connectionString: String
  /// For saying how far it is.
  private let databases: Databases
  private let keys: KeyRing
  private let logger: Logger
  private let now: @Sendable () -> Date
  private let onDone: DeliveryDone
  private let line = JobLine()
  /// Orders that wait or are worked on.
  private(set) var waiting = 0

  /// - Parameter onDone: what follows from a delivery; it knows of nothing that comes after.
  package init(
    connectionString: String, databases: Databases, keys: KeyRing, logger: Logger,
    now: @escaping @Sendable () -> Date, onDone: @escaping DeliveryDone = { _, _ in }
  ) {
    self.connectionString = connectionString
    self.databases = databases
    self.keys = keys
    self.logger = logger
    self.now = now
    self.onDone = onDone
  }

  /// Takes an order up as soon as those before it are done with.
  func start(_ order: DeliveryOrder) async {
    let run = DeliveryRun(
      order: order, connectionString: connectionString, databases: databases, keys: keys,
      logger: logger, now: now)
    waiting += 1
    // While it waits it is alive as well.
    let pulse = Task { await run.beat() }
    await line.add {
      let isDone = await run.perform()
      pulse.cancel()
      await self.end(order, isDone: isDone)
    }
  }

  private func end(_ order: DeliveryOrder, isDone: Bool) async {
    waiting -= 1
    if isDone { await onDone(order.id, order.actor) }
  }

  /// Waits until nothing is left to do.
  func finishAll() async { await line.finishAll() }

  /// Says of what a dead process left what became of it.
  package func takeUp() async throws {
    let broken = try await databases.staff.read(
      TransactionContext(["portal.delivery_service": "on"])
    ) { tx in try tx.all(brokenDeliveries) }
    for (id, area) in broken {
      try await databases.staff.transaction(
        TransactionContext(["portal.area": area.rawValue])
      ) { tx in try tx.execute(giveBack(id)) }
    }
  }
}

private let brokenDeliveries: Query<(id: DeliveryID, area: AreaCode)> = Query(
  """
  SELECT id, area FROM deliveries
  WHERE state IN ('matching', 'committing')
    AND heard_at < now() - make_interval(secs => \(constant: DeliveryJobs.patience)) ORDER BY id
  """
) { row in (try row("id"), try row("area")) }

/// A transaction that was broken off has left nothing. A file that was matched already is not needed any
/// more; one that was not is gone.
private func giveBack(_ id: DeliveryID) -> SQL {
  """
  UPDATE deliveries SET worker = NULL, phase = NULL, version = version + 1,
    state = CASE WHEN row_count IS NULL THEN 'failed' ELSE 'matched' END,
    message = CASE WHEN row_count IS NULL THEN '比对时程序中断，没有留下任何数据，请重新上传'
      WHEN state = 'committing' THEN '写入时程序中断，没有写入任何答复，请重新确认' END
  WHERE id = \(id) AND state IN ('matching', 'committing')
    AND heard_at < now() - make_interval(secs => \(constant: DeliveryJobs.patience))
  """
}
