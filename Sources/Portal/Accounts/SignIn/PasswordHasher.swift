import Dispatch
import Foundation
import Synchronization
import Web

/// Hashes and verifies passwords with scrypt, on a thread of its own: a hash takes a core for a
/// good tenth of a second and 16 MB, which neither the cooperative pool nor a flood of sign-ins may have
/// more than once at a time.
package final class PasswordHasher: Sendable {
  /// What one hash costs.
  package struct Cost: Sendable, Equatable {
    /// Binary logarithm of N.
    let logRounds: Int
    /// r; N · r · 128 bytes are used.
    let blockSize: Int
    /// p
    let parallelism: Int

    package init(logRounds: Int, blockSize: Int, parallelism: Int) {
      self.logRounds = logRounds
      self.blockSize = blockSize
      self.parallelism = parallelism
    }

    /// N = 2^14, r = 8, p = 5. Source: OWASP Password Storage Cheat Sheet, the set that needs 16 MB.
    package static let standard = Cost(logRounds: 14, blockSize: 8, parallelism: 5)
  }

  private let cost: Cost
  private let queue: HashQueue
  private let nobody: ScryptTerms
  private let threads: Int

  /// - Parameter waiting: how many may wait; one more is told to come again.
  package init(cost: Cost = .standard, threads: Int = 1, waiting: Int = 64) {
    self.cost = cost
    nobody = ScryptHash(ofNobodyAt: cost).terms
    queue = HashQueue(limit: waiting)
    self.threads = max(1, threads)
    for _ in 0..<self.threads {
      let queue = queue
      let thread = Thread { queue.work() }
      thread.name = "password-hasher"
      thread.stackSize = 1 << 19
      thread.start()
    }
  }

  deinit { queue.close(threads: threads) }

  /// The text to be stored for a new password.
  ///
  /// - Throws: `WebError.unavailable` when too many wait.
  package func hash(_ password: String) async throws -> String {
    let cost = cost
    return try await compute { try ScryptHash(of: password, cost: cost).text }
  }

  /// What the database compares with what it keeps. Without terms it is the answer to nothing, and costs the
  /// same.
  func answer(_ password: String, to terms: String?) async throws -> String {
    let terms = terms.flatMap { ScryptTerms($0) } ?? nobody
    return try await compute { try terms.answer(to: password) }
  }

  /// Whether a password was stored at another cost than today's.
  func isOutdated(_ terms: String) -> Bool { ScryptTerms(terms)?.cost != cost }

  /// How many hashes have been computed so far.
  var computations: Int { queue.started }

  private func compute<T: Sendable>(
    _ body: @escaping @Sendable () throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let isTaken = queue.add {
        continuation.resume(with: Result { try body() })
      }
      if !isTaken { continuation.resume(throwing: WebError.unavailable) }
    }
  }
}

/// Jobs for the hashing threads, a bounded number of them.
private final class HashQueue: Sendable {
  private struct State {
    var jobs: [@Sendable () -> Void] = []
    var isClosed = false
    var started = 0
  }

  private let limit: Int
  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)

  init(limit: Int) { self.limit = limit }

  var started: Int { state.withLock { $0.started } }

  func add(_ job: @escaping @Sendable () -> Void) -> Bool {
    let isTaken = state.withLock { state in
      guard !state.isClosed, state.jobs.count < limit else { return false }
      state.jobs.append(job)
      return true
    }
    if isTaken { arrivals.signal() }
    return isTaken
  }

  /// What waits is still done; then the threads end.
  func close(threads: Int) {
    state.withLock { $0.isClosed = true }
    for _ in 0..<threads { arrivals.signal() }
  }

  func work() {
    while true {
      arrivals.wait()
      guard let job = next() else { return }
      job()
    }
  }

  private func next() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard !state.jobs.isEmpty else { return nil }
      state.started += 1
      return state.jobs.removeFirst()
    }
  }
}
