import Logging
import Postgres
public import ServiceLifecycle

extension JobRunner {
  /// Gives back what programs that are dead have left, or says that it has failed, and does what waits.
  public func takeUp() async throws {
    for order in try await store.left(Array(kinds.keys)) where !isAt(order) {
      do {
        try await takeUp(order)
      } catch is JobProgress.Cancelled {
        // Another program was faster, or it is alive after all.
      } catch {
        logger.error(
          "job not taken up", metadata: ["job": "\(order.id)", "reason": "\(error)"])
      }
    }
    wake()
  }

  /// Whether this program is at a job: one that it could not say so of, because the database was away, is
  /// not dead.
  private func isAt(_ order: JobOrder) -> Bool {
    running[order.id]?.job.order.worker == order.worker && order.worker != nil
  }

  private func takeUp(_ order: JobOrder) async throws {
    var order = order
    order.isLeft = true
    guard let job = attempt(at: order) else { return }
    let (left, death) = (order, type(of: job.kind).afterDeath)
    // What was claimed and no more, as by a program whose connection was lost at that moment, waits still.
    let isBegun = left.worker != nil && left.isBegun
    let goesOn =
      isBegun
      ? death == .takenUp && left.attempts < JobTry.most
      : death != .bound && left.attempts < JobTry.most
    logger.warning(
      "job left by a dead program", metadata: ["job": "\(left.id)", "kind": "\(left.kind)"])
    if left.isCancelled {
      try await store.inArea(left.area) { tx in try tx.end(left, .cancelled) }
    } else if goesOn {
      let message =
        isBegun
        ? "第 \(left.attempts) 次做到一半程序中断，由别的程序接着做"
        : left.worker != nil ? "第 \(left.attempts) 次还没有开始就中断了，自动再试" : nil
      try await store.inArea(left.area) { tx in try tx.giveBack(left, message: message) }
    } else {
      try await job.fail(.brokenOff)
    }
  }
}

extension JobRunner: Service {
  /// Does jobs until the program is asked to end: at once when one is entered anywhere, and every few
  /// seconds besides, for whoever did not hear of it.
  public func run() async throws {
    await cancelWhenGracefulShutdown { await self.follow() }
    // The task may have been cancelled; what is given back is given back all the same.
    await Task { await self.stop() }.value
  }

  private func follow() async {
    let listener = Listener(
      connectionString, channels: [Self.channel], applicationName: "portal-jobs", logger: logger)
    defer { listener.stop() }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in listener.events { await self.wake() } }
      group.addTask {
        while !Task.isCancelled {
          await self.look()
          try? await Task.sleep(for: self.poll)
        }
      }
    }
  }

  /// As `announce_job` in the database names it.
  private static let channel = "jobs"

  private func look() async {
    do {
      try await enterDue()
      try await takeUp()
    } catch {
      logger.warning("jobs not looked for", metadata: ["reason": "\(error)"])
    }
  }
}
