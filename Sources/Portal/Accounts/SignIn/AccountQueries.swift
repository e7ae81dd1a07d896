import Domain
import Foundation
import Ground
import Postgres

/// An account with the hash of its password, for sign-in.
struct Credentials: Sendable {
  let principal: Principal
  let passwordHash: String
  let mustChangePassword: Bool
  let isDisabled: Bool
  /// Of the account; a disabling and a new password raise it.
  let version: Int
}

func credentials(of account: String) -> Query<Credentials> {
  Query(
    """
    SELECT a.id, a.account, a.display_name, a.role, a.area, p.password_hash,
      a.must_change_password, a.disabled_at IS NOT NULL AS is_disabled, a.version
    FROM accounts a JOIN account_passwords p ON p.account_id = a.id
    WHERE a.account = \(account)
    """
  ) { row in
    Credentials(
      principal: try Principal(row), passwordHash: try row("password_hash"),
      mustChangePassword: try row("must_change_password"), isDisabled: try row("is_disabled"),
      version: try row("version"))
  }
}

/// Finds a row if nothing has happened to the account since its credentials were read, and keeps
/// it so until the transaction ends.
func unchangedAccount(_ found: Credentials) -> Query<AccountID> {
  Query(
    """
    SELECT id FROM accounts
    WHERE id = \(found.principal.accountID) AND version = \(found.version)
      AND disabled_at IS NULL
    FOR NO KEY UPDATE
    """)
}

/// Puts a new hash in the place of the one that was verified.
func replacePassword(of id: AccountID, old: String, new: String, at now: Date) -> SQL {
  """
  UPDATE account_passwords SET password_hash = \(new), changed_at = \(now)
  WHERE account_id = \(id) AND password_hash = \(old)
  """
}

func markPasswordChanged(_ id: AccountID) -> SQL {
  "UPDATE accounts SET must_change_password = false, version = version + 1 WHERE id = \(id)"
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
}

func runningSession(tokenHash: [UInt8], now: Date) -> Query<StoredSession> {
  Query(
    """
    SELECT a.id, a.account, a.display_name, a.role, a.area, a.must_change_password,
      s.last_seen_at
    FROM sessions s JOIN accounts a ON a.id = s.account_id
    WHERE s.token_hash = \(tokenHash) AND a.disabled_at IS NULL
      AND s.last_seen_at > \(now.addingTimeInterval(-SessionLimits.idle))
      AND s.created_at > \(now.addingTimeInterval(-SessionLimits.absolute))
    """
  ) { row in
    StoredSession(
      principal: try Principal(row), mustChangePassword: try row("must_change_password"),
      lastSeenAt: try row("last_seen_at"))
  }
}

func touchSession(tokenHash: [UInt8], now: Date) -> SQL {
  "UPDATE sessions SET last_seen_at = \(now) WHERE token_hash = \(tokenHash)"
}

func newSession(tokenHash: [UInt8], account: AccountID, now: Date) -> SQL {
  """
  INSERT INTO sessions (token_hash, account_id, created_at, last_seen_at)
  VALUES (\(tokenHash), \(account), \(now), \(now))
  """
}

func endSession(tokenHash: [UInt8]) -> SQL {
  "DELETE FROM sessions WHERE token_hash = \(tokenHash)"
}

func endSessions(of account: AccountID) -> SQL {
  "DELETE FROM sessions WHERE account_id = \(account)"
}

func endExpiredSessions(of account: AccountID, now: Date) -> SQL {
  """
  DELETE FROM sessions WHERE account_id = \(account)
    AND (last_seen_at <= \(now.addingTimeInterval(-SessionLimits.idle))
      OR created_at <= \(now.addingTimeInterval(-SessionLimits.absolute)))
  """
}
