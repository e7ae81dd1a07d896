import Domain
import Foundation
import Ground
import Postgres

/// Whose failures are counted, as a keyed hash, and by which rule.
struct SignInSubject: Sendable {
  let hash: [UInt8]
  let rule: ThrottleRule

  /// Everybody who types this account's name in a browser that it was never used in.
  static func account(_ name: String, keys: KeyRing) -> SignInSubject {
    SignInSubject(hash: keys.hash("account|" + name, of: .signInSubject), rule: .account)
  }

  /// Everybody at this address (IPv6: in this /64 network).
  static func address(_ network: [UInt8], keys: KeyRing) -> SignInSubject {
    SignInSubject(
      hash: keys.hash("address|" + hexadecimal(network), of: .signInSubject), rule: .address)
  }

  /// One browser that this account was used in before.
  static func device(_ name: String, _ device: KnownDevice, keys: KeyRing) -> SignInSubject {
    let text = "device|\(name)|\(device.id)"
    return SignInSubject(hash: keys.hash(text, of: .signInSubject), rule: .account)
  }

  /// The current password, asked for again in a running session. Apart from sign-in, so that no
  /// stranger can lock it.
  static func passwordChange(_ account: String, keys: KeyRing) -> SignInSubject {
    SignInSubject(hash: keys.hash("change|" + account, of: .signInSubject), rule: .account)
  }
}

/// What a reservation of a try gave.
enum SignInTry: Sendable, Equatable {
  /// Go on; whether a failure of this try is one that locks.
  case allowed(locksOnFailure: Bool)
  case wait(seconds: Int)
}

extension Transaction {
  /// Counts a try as failed before the password is looked at, and so before a hundred guesses sent
  /// at once can all be tried on the same count. Success takes it back.
  func reserveTry(of subjects: [SignInSubject], now: Date) throws -> SignInTry {
    // In one order, so that two tries never wait for each other.
    let subjects = subjects.sorted { $0.hash.lexicographicallyPrecedes($1.hash) }
    // Without a write: a locked subject costs nothing more, however often it tries.
    if let seconds = waitingTime(of: subjects, in: try counts(of: subjects), now: now) {
      return .wait(seconds: seconds)
    }
    for subject in subjects { try execute(newFailureRow(subject, now: now)) }
    let counts = try counts(of: subjects, locking: true)
    if let seconds = waitingTime(of: subjects, in: counts, now: now) {
      return .wait(seconds: seconds)
    }
    var locks = false
    for subject in subjects {
      let next = subject.rule.adding(to: counts[subject.hash] ?? FailureCount(), now: now)
      locks = locks || subject.rule.isLocked(next)
      // Cleared away by an administrator at this very moment: once more.
      if try execute(setFailures(of: subject, to: next)) == 0 { return .wait(seconds: 1) }
    }
    return .allowed(locksOnFailure: locks)
  }

  /// The try was no failure: names and browsers start afresh. An address gets back the one try,
  /// so that nobody wipes its slate with an account of their own.
  func forgive(_ subjects: [SignInSubject], now: Date) throws {
    for subject in subjects.sorted(by: { $0.hash.lexicographicallyPrecedes($1.hash) }) {
      if subject.rule == .address {
        try execute(takeBackFailure(of: subject))
      } else {
        try execute(setFailures(of: subject, to: FailureCount(lastFailedAt: now)))
      }
    }
  }

  private func counts(
    of subjects: [SignInSubject], locking: Bool = false
  ) throws -> [[UInt8]: FailureCount] {
    let rows = try all(failureCounts(of: subjects.map(\.hash), locking: locking))
    return Dictionary(rows.map { ($0.subject, $0.count) }) { first, _ in first }
  }

  private func waitingTime(
    of subjects: [SignInSubject], in counts: [[UInt8]: FailureCount], now: Date
  ) -> Int? {
    subjects.compactMap { subject in
      counts[subject.hash].flatMap { subject.rule.waitingTime($0, now: now) }
    }.max()
  }
}

struct FailureRow: Sendable {
  let subject: [UInt8]
  let count: FailureCount
}

func failureCounts(of subjects: [[UInt8]], locking: Bool = false) -> Query<FailureRow> {
  let lock: SQL = locking ? " FOR UPDATE" : ""
  return Query(
    """
    SELECT subject, failures, last_failed_at, locked_until FROM sign_in_failures
    WHERE subject = ANY(\(list: subjects)::bytea[]) ORDER BY subject\(lock)
    """
  ) { row in
    FailureRow(
      subject: try row("subject"),
      count: FailureCount(
        failures: try row("failures"), lastFailedAt: try row("last_failed_at"),
        lockedUntil: try row("locked_until")))
  }
}

func clearFailures(of subjects: [[UInt8]]) -> SQL {
  "DELETE FROM sign_in_failures WHERE subject = ANY(\(list: subjects)::bytea[])"
}

/// Old rows, those in use by somebody else left alone.
func forgottenFailures(before limit: Date) -> SQL {
  """
  DELETE FROM sign_in_failures WHERE subject IN (
    SELECT subject FROM sign_in_failures WHERE last_failed_at < \(limit)
    LIMIT 500 FOR UPDATE SKIP LOCKED)
  """
}

private func newFailureRow(_ subject: SignInSubject, now: Date) -> SQL {
  """
  INSERT INTO sign_in_failures (subject, failures, last_failed_at)
  VALUES (\(subject.hash), 0, \(now)) ON CONFLICT (subject) DO NOTHING
  """
}

private func setFailures(of subject: SignInSubject, to count: FailureCount) -> SQL {
  """
  UPDATE sign_in_failures SET failures = \(count.failures),
    last_failed_at = \(optional: count.lastFailedAt), locked_until = \(optional: count.lockedUntil)
  WHERE subject = \(subject.hash)
  """
}

private func takeBackFailure(of subject: SignInSubject) -> SQL {
  """
  UPDATE sign_in_failures SET failures = greatest(failures - 1, 0), locked_until = NULL
  WHERE subject = \(subject.hash)
  """
}
