import Foundation

/// How far a long piece of work is. The thread that works writes, others read, and may ask it to stop.
public final class JobProgress: @unchecked Sendable {
  /// Why it is to stop.
  enum Stop: Sendable {
    /// Somebody has given it up.
    case cancelled
    /// Another program has taken it for dead.
    case lost
    /// The program ends.
    case programEnds
  }

  private let lock = NSLock()
  private var state = (phase: "", rows: 0, expected: Int?.none, backend: Int32?.none)
  private var stop: Stop?
  private var isOver = false

  public struct Cancelled: Error {
    public init() {}
  }

  public init() {
  }

  /// What is being done, how many rows are read, and of how many, if that can be told.
  public var now: (phase: String, rows: Int, expected: Int?) {
    lock.withLock { (state.phase, state.rows, state.expected) }
  }

  public func begin(_ phase: String) throws {
    try lock.withLock {
      if stop != nil { throw Cancelled() }
      state.phase = phase
    }
  }

  public func advance(to rows: Int, of expected: Int?) throws {
    try lock.withLock {
      if stop != nil { throw Cancelled() }
      state.rows = rows
      state.expected = expected
    }
  }

  var stopped: Stop? { lock.withLock { stop } }
  /// Whether what it did stands; then nothing stops it any more.
  var isFinished: Bool { lock.withLock { isOver } }

  func finish() { lock.withLock { isOver = true } }

  /// Says which server process works, so that a long statement of it can be broken off.
  func works(on backend: Int32?) throws {
    try lock.withLock {
      state.backend = backend
      if backend != nil, stop != nil { throw Cancelled() }
    }
  }

  /// Asks it to stop.
  ///
  /// - Returns: the server process whose statement is to be broken off; nil when none is under way, or
  ///   when it was asked before.
  func ask(to reason: Stop) -> Int32? {
    lock.withLock {
      guard stop == nil, !isOver else { return nil }
      stop = reason
      return state.backend
    }
  }
}
