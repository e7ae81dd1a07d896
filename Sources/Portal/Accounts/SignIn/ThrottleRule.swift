import Foundation

/// What is kept of the failed sign-ins of one subject: an account's name, an address, or a browser
/// that an account has been used in.
struct FailureCount: Sendable, Equatable {
  var failures = 0
  var lastFailedAt: Date?
  /// No further try before this moment.
  var lockedUntil: Date?
}

/// How many failures are free, how much the next ones slow down, and when there is a lock.
struct ThrottleRule: Sendable, Equatable {
  /// So many failures cost nothing.
  let free: Int
  /// Seconds to wait after the last free failure; twice as long after each further one.
  let firstDelay: TimeInterval
  let longestDelay: TimeInterval
  /// From so many failures on, each locks.
  let lockAfter: Int
  let lockTime: TimeInterval
  /// Failures count no longer when none was added for so long.
  let forgottenAfter: TimeInterval

  /// For the name of an account, whether it exists or not; and for one browser.
  static let account = ThrottleRule(
    free: 3, firstDelay: 5, longestDelay: 300, lockAfter: 10, lockTime: 900,
    forgottenAfter: 24 * 3600)

  /// For an address. A township's whole office may sit behind one.
  static let address = ThrottleRule(
    free: 30, firstDelay: 2, longestDelay: 60, lockAfter: 100, lockTime: 900,
    forgottenAfter: 3600)

  /// Seconds that a subject still has to wait; nil when it may try.
  func waitingTime(_ count: FailureCount, now: Date) -> Int? {
    guard let until = count.lockedUntil, until > now else { return nil }
    return max(1, Int(until.timeIntervalSince(now).rounded(.up)))
  }

  /// The count with one more failure.
  func adding(to count: FailureCount, now: Date) -> FailureCount {
    var next = count
    if let last = count.lastFailedAt, now.timeIntervalSince(last) > forgottenAfter {
      next = FailureCount()
    }
    next.failures += 1
    next.lastFailedAt = now
    next.lockedUntil = delay(after: next.failures).map { now.addingTimeInterval($0) }
    return next
  }

  /// Whether the last failure of this count brought the lock.
  func isLocked(_ count: FailureCount) -> Bool { count.failures >= lockAfter }

  func delay(after failures: Int) -> TimeInterval? {
    if failures >= lockAfter { return lockTime }
    guard failures >= free else { return nil }
    return min(longestDelay, firstDelay * Double(1 << min(failures - free, 20)))
  }
}
