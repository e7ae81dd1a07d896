public import FoundationEssentials
import Synchronization

/// Token buckets in memory against floods: a key may do `burst` things at once and then
/// `perMinute` a minute. Keys are kept as keyed hashes only, so that no address stands in memory;
/// their number is bounded: when full, the fullest buckets (the least active) go first.
public final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var filledAt: Double
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

  /// Takes one from the bucket of an address.
  ///
  /// - Throws: `WebError.tooManyRequests` when it is empty.
  public func check(_ address: ClientAddress, now: Date) throws {
    try check(bytes: address.network, now: now)
  }

  /// Takes one from the bucket of any text, such as an account's name.
  ///
  /// - Throws: `WebError.tooManyRequests` when it is empty.
  public func check(_ text: String, now: Date) throws {
    try check(bytes: [0xFF] + Array(text.utf8), now: now)
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
  func take(_ text: String, now: Date) -> Allowance {
    take(bytes: [0xFF] + Array(text.utf8), now: now)
  }

  private func check(bytes: [UInt8], now: Date) throws {
    if let seconds = take(bytes: bytes, now: now).wait {
      throw WebError.tooManyRequests(retryAfterSeconds: seconds)
    }
  }

  private func take(bytes: [UInt8], now: Date) -> Allowance {
    let time = now.timeIntervalSince1970
    let id = id(of: bytes)
    return buckets.withLock { buckets in
      if buckets[id] == nil, buckets.count >= capacity { makeRoom(&buckets, time) }
      var bucket = buckets[id] ?? Bucket(tokens: burst, filledAt: time)
      bucket.tokens = tokens(in: bucket, at: time)
      bucket.filledAt = time
      let hasOne = bucket.tokens >= 1
      if hasOne { bucket.tokens -= 1 }
      buckets[id] = bucket
      return Allowance(
        limit: Int(burst), remaining: Int(bucket.tokens),
        reset: Int(((burst - bucket.tokens) / perSecond).rounded(.up)),
        wait: hasOne ? nil : max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up))))
    }
  }

  /// Keyed with what this process alone knows.
  private func id(of bytes: [UInt8]) -> Int {
    var hasher = Hasher()
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
  }

  private func tokens(in bucket: Bucket, at time: Double) -> Double {
    min(burst, bucket.tokens + max(0, time - bucket.filledAt) * perSecond)
  }

  private func makeRoom(_ buckets: inout [Int: Bucket], _ time: Double) {
    buckets = buckets.filter { tokens(in: $0.value, at: time) < burst }
    guard buckets.count >= capacity else { return }
    let fullestFirst = buckets.sorted {
      tokens(in: $0.value, at: time) > tokens(in: $1.value, at: time)
    }
    for (id, _) in fullestFirst.prefix(max(1, capacity / 4)) { buckets[id] = nil }
  }

  /// How many keys are remembered.
  var count: Int { buckets.withLock { $0.count } }
}
