import Foundation

/// Work that flows through threads and comes out in the order in which it went in: one thread
/// produces, some convert, and whoever calls ``next()`` takes the results.
///
/// A bounded number of pieces is on the way at any time, so memory stays flat. Safe to share: every
/// mutable property is touched only with `condition` locked.
public final class OrderedPipeline<Input: Sendable, Output: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private let ahead: Int
  private let convert: @Sendable (Input) throws -> Output
  private var waiting: [(place: Int, input: Input)] = []
  private var results: [Int: Result<Output, any Error>] = [:]
  private var produced = 0
  private var taken = 0
  private var hasEnded = false
  private var isStopped = false
  private var failure: (any Error)?

  /// Thrown into the producer when nobody wants any more.
  private struct Stopped: Error {}

  /// - Parameters:
  ///   - width: threads that convert.
  ///   - ahead: pieces that may be on the way.
  ///   - produce: gives out pieces by calling what it is given, and throws when that throws.
  public init(
    width: Int, ahead: Int,
    produce: @escaping @Sendable (_ give: (Input) throws -> Void) throws -> Void,
    convert: @escaping @Sendable (Input) throws -> Output
  ) {
    self.ahead = ahead
    self.convert = convert
    start("import-read") { line in
      do {
        try produce(line.give)
        line.end(nil)
      } catch {
        line.end(error)
      }
    }
    for _ in 0..<width { start("import-convert") { $0.work() } }
  }

  private func start(
    _ name: String, _ body: @escaping @Sendable (OrderedPipeline<Input, Output>) -> Void
  ) {
    let thread = Thread { body(self) }
    thread.name = name
    thread.stackSize = 1 << 21
    thread.start()
  }

  private func give(_ input: Input) throws {
    try condition.withLock {
      while produced - taken >= ahead, !isStopped { condition.wait() }
      if isStopped { throw Stopped() }
      waiting.append((produced, input))
      produced += 1
      condition.broadcast()
    }
  }

  private func end(_ error: (any Error)?) {
    condition.withLock {
      hasEnded = true
      failure = error
      condition.broadcast()
    }
  }

  private func work() {
    while let (place, input) = piece() {
      let result = Result { try convert(input) }
      condition.withLock {
        results[place] = result
        condition.broadcast()
      }
    }
  }

  private func piece() -> (Int, Input)? {
    condition.withLock {
      while waiting.isEmpty, !hasEnded, !isStopped { condition.wait() }
      return waiting.isEmpty || isStopped ? nil : waiting.removeFirst()
    }
  }

  /// The next result in order, or nil at the end.
  ///
  /// - Throws: what producing or converting threw, once all that came before has been taken.
  public func next() throws -> Output? {
    let result: Result<Output, any Error>? = try condition.withLock {
      while true {
        if let result = results.removeValue(forKey: taken) {
          taken += 1
          condition.broadcast()
          return result
        }
        if hasEnded, taken == produced {
          if let failure { throw failure }
          return nil
        }
        condition.wait()
      }
    }
    return try result?.get()
  }

  /// Ends the threads; what is on the way is dropped.
  public func stop() {
    condition.withLock {
      isStopped = true
      condition.broadcast()
    }
  }
}
