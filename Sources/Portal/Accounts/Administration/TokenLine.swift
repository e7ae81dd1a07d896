import Domain
import Foundation
import Pages
import Postgres

/// A token as its administrator sees it.
struct TokenLine: RowDecodable {
  let id: APITokenID
  let name: String
  let account: String
  let displayName: String
  let role: Role
  let isAccountDisabled: Bool
  let area: AreaCode
  let areaName: String
  let permissions: [Permission]
  let createdByName: String
  let createdAt: Date
  let expiresAt: Date
  let revokedAt: Date?
  let revokedByName: String?
  let lastUsedAt: Date?
  let version: Int

  init(_ row: Row) throws {
    id = try row("id")
    name = try row("name")
    account = try row("account")
    displayName = try row("display_name")
    role = try row("role")
    isAccountDisabled = try row("is_account_disabled")
    area = try row("area")
    areaName = try row("area_name")
    permissions = try row("permissions", as: [String].self).compactMap { Permission(rawValue: $0) }
    createdByName = try row("created_by_name")
    createdAt = try row("created_at")
    expiresAt = try row("expires_at")
    revokedAt = try row("revoked_at")
    revokedByName = try row("revoked_by_name")
    lastUsedAt = try row("last_used_at")
    version = try row("version")
  }

  func state(at now: Date) -> TokenState {
    revokedAt != nil ? .revoked : expiresAt <= now ? .expired : .active
  }
}

extension TokenLine {
  static let columns: SQL = """
    t.id, t.name, a.account, a.display_name, a.role,
    a.disabled_at IS NOT NULL AS is_account_disabled, t.area, ar.name AS area_name, t.permissions,
    t.created_by_name, t.created_at, t.expires_at, t.revoked_at, t.revoked_by_name, t.last_used_at,
    t.version
    """
  static let tables: SQL =
    "api_tokens t JOIN accounts a ON a.id = t.account_id JOIN areas ar ON ar.code = t.area"
}

func tokenLine(_ id: APITokenID) -> Query<TokenLine> {
  Query("SELECT \(TokenLine.columns) FROM \(TokenLine.tables) WHERE t.id = \(id)")
}

/// No row when somebody else was faster.
func revocation(of id: APITokenID, version: Int, by name: String, at now: Date) -> SQL {
  """
  UPDATE api_tokens SET revoked_at = \(now), revoked_by_name = \(name), version = version + 1
  WHERE id = \(id) AND version = \(version) AND revoked_at IS NULL
  """
}
