import Domain
import Foundation
import Postgres

// Changes of accounts that administrators make, on screen or by command.

/// No row when somebody else was faster.
func disabling(of id: AccountID, version: Int, at now: Date) -> SQL {
  """
  UPDATE accounts SET disabled_at = \(now), version = version + 1
  WHERE id = \(id) AND version = \(version) AND disabled_at IS NULL
  """
}

func enabling(of id: AccountID, version: Int) -> SQL {
  """
  UPDATE accounts SET disabled_at = NULL, version = version + 1
  WHERE id = \(id) AND version = \(version) AND disabled_at IS NOT NULL
  """
}

func markPasswordReset(of id: AccountID, version: Int? = nil, mustChange: Bool = true) -> SQL {
  """
  UPDATE accounts SET must_change_password = \(mustChange), version = version + 1
  WHERE id = \(id) AND (\(optional: version)::integer IS NULL OR version = \(optional: version))
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
