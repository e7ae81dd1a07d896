import Domain
import Foundation
import Logging
import Postgres

/// One try of a job, from the account in whose name it is done to what became of it.
struct JobTry: Sendable {
  /// So often a job is tried at most.
  static let most = 4

  let order: JobOrder
  let kind: any JobKind
  let connectionString: String
  let store: JobStore
  let logger: Logger
  let now: Date
  let progress = JobProgress()

  private var type: any JobKind.Type { Swift.type(of: kind) }

  /// - Returns: the seconds after which it is to be tried again; nil when it is over.
  func perform() async -> Double? {
    let database = Database(
      DatabaseConfiguration(
        connectionString: connectionString, workers: 1, statementTimeout: type.statementTimeout,
        idleInTransactionTimeout: .zero, waitLimit: .seconds(30),
        applicationName: type.connectionName), logger: logger)
    defer { database.close() }
    var pause: Double?
    do {
      try await work(database)
    } catch {
      pause = await settle(error)
    }
    if pause == nil { kind.release(order) }
    return pause
  }

  /// The try has not begun: nothing has been done, whatever the kind.
  private struct NotBegun: Error {
    let reason: any Error
  }

  private func work(_ database: Database) async throws {
    if order.isCancelled { _ = progress.ask(to: .cancelled) }
    let person = try await begin()
    let context = JobContext(
      order: order, person: person,
      databases: Databases(staff: database, publicSide: database, inspector: database),
      progress: progress, now: now)
    if progress.stopped != nil { throw JobProgress.Cancelled() }
    try await kind.perform(context)
    if !progress.isFinished { try await context.finish { _ in } }
  }

  private func begin() async throws -> Principal? {
    do {
      return try await store.begin(order)
    } catch let error as PostgresError {
      throw NotBegun(reason: error)
    }
  }

  // MARK: What became of it

  /// - Returns: as ``perform()``.
  private func settle(_ error: any Error) async -> Double? {
    if progress.isFinished {
      logger.error("after a job", metadata: details(error))
      return nil
    }
    var pause = 0.1
    while true {
      do {
        return try await end(error)
      } catch is JobProgress.Cancelled {
        // It was done after all, or another program has it.
        return nil
      } catch let obstacle where PassingFailure(obstacle) != nil && !store.isClosed {
        // The database is away, or somebody has the row: what became of the job is said as soon as it can be.
        // Were it left, it would be taken for the job of a dead program.
        logger.warning("job not settled yet", metadata: details(obstacle))
      } catch {
        // Whoever looks for what was left finds it.
        logger.error("job not settled", metadata: details(error))
        return nil
      }
      if progress.stopped == .programEnds, pause > 1 { return nil }
      try? await Task.sleep(for: .seconds(pause))
      pause = min(pause * 2, 5)
    }
  }

  private func end(_ error: any Error) async throws -> Double? {
    switch progress.stopped {
    case .lost: return nil
    case .programEnds: return try await giveUp()
    case .cancelled:
      try await store.inArea(order.area) { tx in try tx.end(order, .cancelled) }
      return nil
    case nil: break
    }
    // Somebody has changed the row so that there is nothing to do.
    if error is JobProgress.Cancelled {
      try await store.inArea(order.area) { tx in try tx.end(order, .cancelled) }
      return nil
    }
    if error is AccountGone {
      try await fail(.accountGone)
      return nil
    }
    let isBegun = !(error is NotBegun)
    let error = (error as? NotBegun)?.reason ?? error
    let passing = PassingFailure(error).flatMap {
      !isBegun || type.triesAgain.contains($0) ? $0 : nil
    }
    guard let passing, order.attempts < Self.most else {
      try await fail(.error(error), tried: passing != nil)
      return nil
    }
    return try await tryAgain(passing)
  }

  private func tryAgain(_ passing: PassingFailure) async throws -> Double {
    let pause = 0.5 * Double(1 << min(order.attempts - 1, 6))
    let message = "第 \(order.attempts) 次没有做成（\(passing.title)），自动再试"
    logger.warning(
      "job to be tried again", metadata: ["job": "\(order.id)", "reason": "\(passing)"])
    try await store.inArea(order.area) { tx in
      try tx.giveBack(order, message: message, pause: pause)
    }
    return pause
  }

  /// The program ends: another one does it, or it has failed.
  private func giveUp() async throws -> Double? {
    guard type.afterDeath == .takenUp, order.home == nil else {
      try await fail(.brokenOff)
      return nil
    }
    try await store.inArea(order.area) { tx in
      try tx.giveBack(order, message: nil, counts: false)
    }
    return 0
  }

  /// - Parameter tried: whether it was tried as often as it may be.
  func fail(_ failure: JobFailure, tried: Bool = false) async throws {
    var words = kind.words(for: failure)
    switch failure {
    case .accountGone: words = words ?? "账号已停用，“\(type.title)”没有进行"
    case .brokenOff: words = words ?? "程序中断，“\(type.title)”没有做完"
    case .error(let error):
      if words == nil { logger.error("job failed", metadata: details(error)) }
      words = words ?? (tried ? "数据库繁忙，试了 \(order.attempts) 次都没有做成，请稍后再试" : nil)
    }
    let text = words ?? kind.faultWords(order)
    try await store.inArea(order.area) { tx in
      // The row before the job, as whoever gives it up does: neither waits for the other in a circle.
      try kind.failed(order, failure, text, tx)
      try tx.end(order, .failed, message: text)
    }
  }

  private func details(_ error: any Error) -> Logger.Metadata {
    ["job": "\(order.id)", "kind": "\(order.kind)", "reason": "\(error)"]
  }
}

/// The account in whose name a job is done is disabled, or no longer works in its area.
struct AccountGone: Error {}
