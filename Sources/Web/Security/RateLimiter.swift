public import FoundationEssentials
import Synchronization

/// Token buckets in memory against floods: a key may do `burst` things at once and then
/// `perMinute` a minute. Keys are kept as keyed hashes only, so that no address stands in memory;
/// their number is bounded: when full, the fullest buckets (the least active) go first.
public final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var filledAt: Double
    /// How many times as much as the narrowest it holds.
    let scale: Double
  }

  private let burst: Double
  private let perSecond: Double
  private let capacity: Int
  private let buckets = Mutex<[Int: Bucket]>([:])

  public init(burst: Int, perMinute: Double, capacity: Int = 50_000) {
    self.burst = Double(burst)
    perSecond = perMinute / 60
    self.capacity = capacity
  }

  /// Takes from the bucket of an address. Of IPv6 a home's /56 and a site's /48 have buckets of their own, twice and
  /// four times as large: who has 65,536 networks has not as many buckets.
  ///
  /// - Parameter amount: more than a bucket holds is what it holds.
  /// - Throws: `WebError.tooManyRequests` when there is not as much; then nothing is taken.
  public func check(_ address: ClientAddress, amount: Int = 1, now: Date) throws {
    if let seconds = take(keys(of: address), Double(amount), now: now).wait {
      throw WebError.tooManyRequests(retryAfterSeconds: seconds)
    }
  }

  /// Whether ``check(_:amount:now:)`` would throw. Takes nothing.
  public func isEmpty(for address: ClientAddress, now: Date) -> Bool {
    wait(for: keys(of: address), 1, now.timeIntervalSince1970) != nil
  }

  /// The same of any text.
  public func isEmpty(for text: String, now: Date) -> Bool {
    wait(for: [key(of: text)], 1, now.timeIntervalSince1970) != nil
  }

  /// Takes one from the bucket of any text, such as an account's name.
  ///
  /// - Throws: `WebError.tooManyRequests` when it is empty.
  public func check(_ text: String, now: Date) throws {
    if let seconds = take([key(of: text)], 1, now: now).wait {
      throw WebError.tooManyRequests(retryAfterSeconds: seconds)
    }
  }

  /// What a bucket holds after somebody took one from it, or tried to.
  struct Allowance {
    let limit: Int
    let remaining: Int
    /// Seconds until it is full again.
    let reset: Int
    /// Seconds until there is one; nil when one was taken.
    let wait: Int?
  }

  /// Takes one from the bucket of any text.
  func take(_ text: String, now: Date) -> Allowance { take([key(of: text)], 1, now: now) }

  private struct Key {
    let id: Int
    let scale: Double
  }

  private func keys(of address: ClientAddress) -> [Key] {
    address.networks.enumerated().map { width, network in
      Key(id: id(of: network), scale: Double(1 << width))
    }
  }

  private func key(of text: String) -> Key { Key(id: id(of: [0xFF] + Array(text.utf8)), scale: 1) }

  /// Keyed with what this process alone knows.
  private func id(of bytes: [UInt8]) -> Int {
    var hasher = Hasher()
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
  }

  /// Takes from all of the buckets or from none.
  private func take(_ keys: [Key], _ amount: Double, now: Date) -> Allowance {
    let time = now.timeIntervalSince1970
    return buckets.withLock { buckets in
      for key in keys { fill(key, in: &buckets, time) }
      let wait = longestWait(keys, amount, buckets, time)
      if wait == nil {
        for key in keys { buckets[key.id]?.tokens -= min(amount, burst) }
      }
      let left = buckets[keys[0].id]?.tokens ?? 0
      return Allowance(
        limit: Int(burst), remaining: Int(left),
        reset: Int(((burst - left) / perSecond).rounded(.up)), wait: wait)
    }
  }

  private func wait(for keys: [Key], _ amount: Double, _ time: Double) -> Int? {
    buckets.withLock { longestWait(keys, amount, $0, time) }
  }

  private func longestWait(
    _ keys: [Key], _ amount: Double, _ buckets: [Int: Bucket], _ time: Double
  ) -> Int? {
    keys.compactMap { key -> Int? in
      let tokens = buckets[key.id].map { self.tokens(in: $0, at: time) } ?? burst * key.scale
      let missing = min(amount, burst) - tokens
      return missing > 0 ? max(1, Int((missing / (perSecond * key.scale)).rounded(.up))) : nil
    }.max()
  }

  private func fill(_ key: Key, in buckets: inout [Int: Bucket], _ time: Double) {
    guard var bucket = buckets[key.id] else {
      if buckets.count >= capacity { makeRoom(&buckets, time) }
      buckets[key.id] = Bucket(tokens: burst * key.scale, filledAt: time, scale: key.scale)
      return
    }
    bucket.tokens = tokens(in: bucket, at: time)
    bucket.filledAt = time
    buckets[key.id] = bucket
  }

  private func tokens(in bucket: Bucket, at time: Double) -> Double {
    min(
      burst * bucket.scale,
      bucket.tokens + max(0, time - bucket.filledAt) * perSecond * bucket.scale)
  }

  private func makeRoom(_ buckets: inout [Int: Bucket], _ time: Double) {
    buckets = buckets.filter { tokens(in: $0.value, at: time) < burst * $0.value.scale }
    guard buckets.count >= capacity else { return }
    let fullestFirst = buckets.sorted {
      tokens(in: $0.value, at: time) / $0.value.scale > tokens(in: $1.value, at: time)
        / $1.value.scale
    }
    for (id, _) in fullestFirst.prefix(max(1, capacity / 4)) { buckets[id] = nil }
  }

  /// How many keys are remembered.
  var count: Int { buckets.withLock { $0.count } }
}
