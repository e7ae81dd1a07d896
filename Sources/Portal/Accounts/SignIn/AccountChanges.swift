import Domain
import Foundation
import Postgres

// Changes of accounts that administrators make on screen: functions of the database look whether the session that is
// shown is one of theirs. They are false when somebody else was faster.

func disableAccount(_ id: AccountID, version: Int, at now: Date) -> Query<Bool> {
  Query("SELECT disable_account(\(id), \(version)::integer, \(now))")
}

func enableAccount(_ id: AccountID, version: Int) -> Query<Bool> {
  Query("SELECT enable_account(\(id), \(version)::integer)")
}

func resetAccountPassword(
  of id: AccountID, version: Int, to hash: String, at now: Date
) -> Query<Bool> {
  Query("SELECT reset_account_password(\(id), \(version)::integer, \(hash), \(now))")
}

/// How many there were.
func endAccountSessions(of id: AccountID) -> Query<Int> {
  Query("SELECT end_account_sessions(\(id))")
}

// By command, as the owner of the tables.

/// No row when somebody else was faster.
func disabling(of id: AccountID, version: Int, at now: Date) -> SQL {
  """
  UPDATE accounts SET disabled_at = \(now), version = version + 1
  WHERE id = \(id) AND version = \(version) AND disabled_at IS NULL
  """
}

func markPasswordReset(of id: AccountID, mustChange: Bool) -> SQL {
  """
  UPDATE accounts SET must_change_password = \(mustChange), version = version + 1 WHERE id = \(id)
  """
}

func resetPassword(of id: AccountID, to hash: String, at now: Date) -> SQL {
  """
  INSERT INTO account_passwords (account_id, password_hash, changed_at)
  VALUES (\(id), \(hash), \(now))
  ON CONFLICT (account_id) DO UPDATE SET password_hash = excluded.password_hash,
    changed_at = excluded.changed_at
  """
}

func endSessions(of account: AccountID) -> SQL {
  "DELETE FROM sessions WHERE account_id = \(account)"
}
