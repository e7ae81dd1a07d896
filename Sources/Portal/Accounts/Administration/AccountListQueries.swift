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

/// Which accounts a list shows.
struct AccountFilter: Sendable {
  var text: String?
  var role: Role?
  var isDisabled: Bool?
  /// The last name of the page before.
  var after: String?

  static let pageSize = 50

  fileprivate var conditions: SQL {
    var all: [SQL] = ["true"]
    if let text {
      all.append("(strpos(a.account, \(text)) > 0 OR strpos(a.display_name, \(text)) > 0)")
    }
    if let role { all.append("a.role = \(role)") }
    if let isDisabled { all.append("(a.disabled_at IS NOT NULL) = \(isDisabled)") }
    return all.joined(separator: " AND ")
  }
}

private let accountColumns: SQL = """
  a.id, a.account, a.display_name, a.role, a.area, ar.name AS area_name,
  a.disabled_at IS NOT NULL AS is_disabled, a.must_change_password, a.version,
  (SELECT max(s.last_seen_at) FROM sessions s WHERE s.account_id = a.id) AS last_seen_at
  """

/// One more than a page, to know whether there is a next one; or all.
func accountLines(
  _ filter: AccountFilter, limit: Int? = AccountFilter.pageSize + 1
) -> Query<AccountLine> {
  Query(
    """
    SELECT \(accountColumns) FROM accounts a JOIN areas ar ON ar.code = a.area
    WHERE \(filter.conditions) AND (\(optional: filter.after)::text IS NULL OR a.account > \(optional: filter.after))
    ORDER BY a.account \(limited(to: limit))
    """)
}

func accountCount(_ filter: AccountFilter) -> Query<Int> {
  Query("SELECT count(*) FROM accounts a WHERE \(filter.conditions)")
}

func accountLine(_ id: AccountID) -> Query<AccountLine> {
  Query(
    """
    SELECT \(accountColumns) FROM accounts a JOIN areas ar ON ar.code = a.area
    WHERE a.id = \(id)
    """)
}

/// All accounts in the administrator's area.
func allAccountLines() -> Query<AccountLine> {
  Query(
    """
    SELECT \(accountColumns) FROM accounts a JOIN areas ar ON ar.code = a.area
    ORDER BY a.account
    """)
}
