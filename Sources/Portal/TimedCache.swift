import Foundation
import Synchronization

/// Values that may be a little old, by key. Several askers may make the same value at once; that
/// costs less than letting one wait for another's failure.
final class TimedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Kept {
    let value: Value
    let at: Date
  }

  private let lifetime: TimeInterval
  private let most: Int
  private let kept = Mutex<[Key: Kept]>([:])

  /// - Parameters:
  ///   - lifetime: seconds for which a value is good.
  ///   - most: how many are kept before all are dropped.
  init(lifetime: TimeInterval, most: Int = 1_000) {
    self.lifetime = lifetime
    self.most = most
  }

  func value(
    for key: Key, at now: Date, _ make: () async throws -> Value
  ) async throws -> Value {
    if let known = kept.withLock({ $0[key] }), known.at <= now,
      now.timeIntervalSince(known.at) < lifetime
    {
      return known.value
    }
    let value = try await make()
    kept.withLock { kept in
      if kept.count >= most { kept.removeAll() }
      kept[key] = Kept(value: value, at: now)
    }
    return value
  }
}
