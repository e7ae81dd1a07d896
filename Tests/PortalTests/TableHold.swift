import Foundation
import Postgres
import Synchronization
import TestSupport

/// Holds the table of persons, so that whatever comes to it stands still in the middle.
final class TableHold: Sendable {
  private let isOver = Mutex(false)
  private let database: Database
  private let task = Mutex<Task<Void, any Error>?>(nil)

  /// - Parameter mode: writers stand still; with `ACCESS EXCLUSIVE` readers as well.
  init(_ site: TestPortal, mode: String = "EXCLUSIVE") async throws {
    database = site.database.database(as: .owner, workers: 1)
    let (database, started) = (database, AsyncStream<Void>.makeStream())
    let running = Task {
      try await database.transaction { [self] tx in
        try tx.script("LOCK TABLE persons IN \(mode) MODE")
        started.continuation.yield()
        while !isOver.withLock({ $0 }) { try tx.script("SELECT pg_sleep(0.05)") }
      }
    }
    task.withLock { $0 = running }
    for await _ in started.stream { break }
  }

  func end() async throws {
    isOver.withLock { $0 = true }
    try await task.withLock { $0 }?.value
    database.close()
  }
}
