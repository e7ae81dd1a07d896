package import Domain
import Foundation
import Postgres

/// How far a long piece of work is. The thread that works writes, others read, and may ask it to stop.
package final class JobProgress: @unchecked Sendable {
  private let lock = NSLock()
  private var state = (phase: "", rows: 0, expected: Int?.none, backend: Int32?.none)
  private var isCancelled = false

  package struct Cancelled: Error {
    package init() {}
  }

  package init() {
  }

  /// What is being done, how many rows are read, and of how many, if that can be told.
  package var now: (phase: String, rows: Int, expected: Int?) {
    lock.withLock { (state.phase, state.rows, state.expected) }
  }
  /// The server process that works, so that a long statement can be broken off.
  var backend: Int32? { lock.withLock { state.backend } }

  package func begin(_ phase: String) throws {
    try lock.withLock {
      if isCancelled { throw Cancelled() }
      state.phase = phase
    }
  }

  package func advance(to rows: Int, of expected: Int?) throws {
    try lock.withLock {
      if isCancelled { throw Cancelled() }
      state.rows = rows
      state.expected = expected
    }
  }

  package func works(on backend: Int32?) { lock.withLock { state.backend = backend } }

  func cancel() { lock.withLock { isCancelled = true } }
  package var wasCancelled: Bool { lock.withLock { isCancelled } }
}

extension JobProgress {
  /// Stops the work, even where a long statement of it is under way.
  package func stop(_ databases: Databases, as actor: Principal) async {
    cancel()
    guard let backend else { return }
    _ = try? await databases.transaction(as: actor) { tx in
      try tx.execute("SELECT pg_cancel_backend(\(backend))")
    }
  }
}
