public import Foundation
import Synchronization

/// Values that may be a little old, by key. Whoever asks while one is being made waits for that one
/// instead of making another.
public final class TimedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private enum Entry {
    case making(Task<Made, any Error>)
    case kept(Made, from: Date)
  }

  private struct Made: Sendable {
    let value: Value
    /// Seconds that it took.
    let cost: TimeInterval
  }

  private let lifetime: TimeInterval
  private let most: Int
  private let entries = Mutex<[Key: Entry]>([:])

  /// - Parameters:
  ///   - lifetime: seconds for which a value is good; one that was slow to make is good for longer,
  ///     so that making it takes a tenth of the time at most.
  ///   - most: how many are kept before all are dropped.
  public init(lifetime: TimeInterval, most: Int = 1_000) {
    self.lifetime = lifetime
    self.most = most
  }

  public func value(
    for key: Key, at now: Date, _ make: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task: Task<Made, any Error>
    switch entries.withLock({ claim(key, at: now, make, in: &$0) }) {
    case .kept(let made, _): return made.value
    case .making(let running): task = running
    }
    do {
      let made = try await task.value
      entries.withLock { $0[key] = .kept(made, from: now) }
      return made.value
    } catch {
      entries.withLock { $0[key] = nil }
      throw error
    }
  }

  private func claim(
    _ key: Key, at now: Date, _ make: @escaping @Sendable () async throws -> Value,
    in entries: inout [Key: Entry]
  ) -> Entry {
    switch entries[key] {
    case .making(let task): return .making(task)
    case .kept(let made, let from) where isGood(made, from: from, at: now):
      return .kept(made, from: from)
    default: break
    }
    if entries.count >= most { entries.removeAll() }
    let entry = Entry.making(
      Task {
        let start = ContinuousClock.now
        let value = try await make()
        return Made(value: value, cost: (ContinuousClock.now - start) / .seconds(1))
      })
    entries[key] = entry
    return entry
  }

  private func isGood(_ made: Made, from: Date, at now: Date) -> Bool {
    from <= now && now.timeIntervalSince(from) < max(lifetime, made.cost * 10)
  }
}
