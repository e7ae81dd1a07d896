import Foundation
import Logging

/// A transaction that waits for a worker.
final class Job: Sendable {
  enum Outcome {
    /// The job has been answered.
    case answered
    /// The connection turned out to be lost before anything had happened.
    case notStarted
  }

  let deadline: ContinuousClock.Instant
  let run: @Sendable (Connection) -> Outcome
  let fail: @Sendable (PostgresError) -> Void

  init(
    deadline: ContinuousClock.Instant, run: @escaping @Sendable (Connection) -> Outcome,
    fail: @escaping @Sendable (PostgresError) -> Void
  ) {
    self.deadline = deadline
    self.run = run
    self.fail = fail
  }
}

/// A thread that owns a connection and runs jobs on it, one after the other.
struct Worker: Sendable {
  let number: Int
  let queue: JobQueue
  let configuration: DatabaseConfiguration
  let logger: Logger

  func start() {
    let thread = Thread { run() }
    thread.name = "postgres-\(number)"
    thread.stackSize = 1 << 20
    thread.start()
  }

  private func run() {
    while let connection = connect() {
      queue.connectionOpened()
      serve(connection)
      queue.connectionClosed()
    }
  }

  /// Runs jobs until the connection is lost or the database closed.
  private func serve(_ first: Connection) {
    var connection = first
    while let job = queue.next() {
      if job.run(connection) == .notStarted {
        // Killed while it was idle: open another one, once, before anybody hears of it.
        guard let fresh = try? open(), job.run(fresh) == .answered else {
          logger.warning("database connection lost")
          queue.putBack(job)
          return
        }
        connection = fresh
      }
      if connection.isLost {
        logger.warning("database connection lost")
        return
      }
    }
  }

  private func open() throws -> Connection {
    try .open(configuration.connectionString, session: configuration.session)
  }

  /// Tries until it has a connection; nil when the database has been closed.
  private func connect() -> Connection? {
    var pause = Duration.milliseconds(50)
    var lastReason = ""
    while !queue.isClosed {
      do {
        return try open()
      } catch {
        let reason = String(describing: error)
        if reason != lastReason {
          logger.error("no database connection", metadata: ["reason": "\(reason)"])
        }
        lastReason = reason
        queue.noteFailure(error as? PostgresError)
      }
      queue.rest(pause * Double.random(in: 0.5...1))
      pause = min(pause * 2, .seconds(2))
    }
    return nil
  }
}
