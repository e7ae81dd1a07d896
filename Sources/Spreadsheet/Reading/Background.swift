import Foundation

/// Work that another thread does meanwhile.
final class Background<Result: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var result: Swift.Result<Result, any Error>?

  init(_ name: String, _ work: @escaping @Sendable () throws -> Result) {
    let thread = Thread {
      let result = Swift.Result { try work() }
      self.condition.withLock {
        self.result = result
        self.condition.signal()
      }
    }
    thread.name = name
    thread.start()
  }

  /// Waits until it is done.
  func wait() throws -> Result {
    try condition.withLock {
      while result == nil { condition.wait() }
      return try result!.get()
    }
  }
}
