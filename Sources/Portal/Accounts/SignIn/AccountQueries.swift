import Domain
import Foundation
import Ground
import Postgres

/// An account that somebody says is theirs, and what is needed to work out the answer to its password.
struct NamedAccount: Sendable {
  let principal: Principal
  /// Method, cost and salt; the hash itself is read by nobody.
  let terms: String?
}

func namedAccount(_ account: String) -> Query<NamedAccount> {
  Query(
    """
    SELECT id, account, display_name, role, area, password_terms(account) AS terms
    FROM accounts WHERE account = \(account)
    """
  ) { row in NamedAccount(principal: try Principal(row), terms: try row("terms")) }
}

/// Whether the password of whoever is signed in has this answer; their session then remembers when it was asked.
func confirmPassword(_ answer: String, at now: Date) -> Query<Bool> {
  Query("SELECT confirm_password(\(answer), \(now))")
}

/// The same password at another cost.
func renewPassword(_ answer: String, as renewed: String, at now: Date) -> Query<Bool> {
  Query("SELECT renew_password(\(answer), \(renewed), \(now))")
}

/// Another password in the place of one's own. Every session of the account ends, one with this token begins.
func changePassword(
  _ answer: String, to chosen: String, tokenHash: [UInt8], at now: Date
) -> Query<Bool> {
  Query("SELECT change_password(\(answer), \(chosen), \(tokenHash), \(now))")
}

// MARK: - Sessions

/// When a session ends by itself.
enum SessionLimits {
  static let idle: TimeInterval = 15 * 60
  static let absolute: TimeInterval = 12 * 3600
  /// `last_seen_at` is written at most so often.
  static let touchEvery: TimeInterval = 60
}

struct StoredSession: Sendable {
  let principal: Principal
  let mustChangePassword: Bool
  let lastSeenAt: Date
  let address: String?
  let passwordAt: Date
}

func runningSession(tokenHash: [UInt8], now: Date) -> Query<StoredSession> {
  Query(
    """
    SELECT id, account, display_name, role, area, must_change_password, last_seen_at, address, password_at
    FROM running_session(\(tokenHash), \(now.addingTimeInterval(-SessionLimits.idle)),
      \(now.addingTimeInterval(-SessionLimits.absolute)))
    """
  ) { row in
    StoredSession(
      principal: try Principal(row).shown(by: .session(tokenHash)),
      mustChangePassword: try row("must_change_password"), lastSeenAt: try row("last_seen_at"),
      address: try row("address"), passwordAt: try row("password_at"))
  }
}

/// A session for whoever has the right answer: whether they must change their password; no row for anybody else.
func openSession(
  of account: String, answer: String, tokenHash: [UInt8], from address: String, at now: Date
) -> Query<Bool> {
  Query(
    """
    SELECT must_change_password FROM open_session(\(account), \(answer), \(tokenHash), \(address), \(now),
      \(now.addingTimeInterval(-SessionLimits.idle)), \(now.addingTimeInterval(-SessionLimits.absolute)))
    """)
}

func touchSession(tokenHash: [UInt8], from address: String?, now: Date) -> SQL {
  "SELECT touch_session(\(tokenHash), \(now), \(optional: address))"
}

func endSession(tokenHash: [UInt8]) -> SQL { "SELECT end_session(\(tokenHash))" }
