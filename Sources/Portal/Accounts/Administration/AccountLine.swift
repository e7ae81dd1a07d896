import Domain
import Foundation
import Pages
import Postgres

/// An account as its administrators see it.
struct AccountLine: Sendable {
  let id: AccountID
  let account: String
  let displayName: String
  let role: Role
  let area: AreaCode
  let areaName: String
  let isDisabled: Bool
  let mustChangePassword: Bool
  let version: Int
  /// Of the sessions that run; nil when there is none.
  let lastSeenAt: Date?
}

extension AccountLine: RowDecodable {
  package init(_ row: Row) throws {
    id = try row("id")
    account = try row("account")
    displayName = try row("display_name")
    role = try row("role")
    area = try row("area")
    areaName = try row("area_name")
    isDisabled = try row("is_disabled")
    mustChangePassword = try row("must_change_password")
    version = try row("version")
    lastSeenAt = try row("last_seen_at")
  }
}

extension AccountLine {
  static let columns: SQL = """
    a.id, a.account, a.display_name, a.role, a.area, ar.name AS area_name,
    a.disabled_at IS NOT NULL AS is_disabled, a.must_change_password, a.version,
    (SELECT max(s.last_seen_at) FROM sessions s WHERE s.account_id = a.id) AS last_seen_at
    """
  static let tables: SQL = "accounts a JOIN areas ar ON ar.code = a.area"
}

func accountLine(_ id: AccountID) -> Query<AccountLine> {
  Query("SELECT \(AccountLine.columns) FROM \(AccountLine.tables) WHERE a.id = \(id)")
}

/// All accounts in the administrator's area.
func allAccountLines() -> Query<AccountLine> {
  Query("SELECT \(AccountLine.columns) FROM \(AccountLine.tables) ORDER BY a.account")
}
