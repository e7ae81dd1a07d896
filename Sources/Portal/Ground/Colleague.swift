public import Domain
public import Postgres

/// Somebody in scope to whom work can be given.
public struct Colleague: RowDecodable, Sendable {
  public let id: AccountID
  public let name: String
  public let role: Role

  public init(_ row: Row) throws {
    id = try row("id")
    name = try row("display_name")
    role = try row("role")
  }

  /// As a choice of a form.
  public var option: (value: String, label: String) {
    (id.description, "\(name)（\(role.title)）")
  }
}

/// Who in scope holds a permission.
public func colleagues(who permission: Permission) -> Query<Colleague> {
  Query(
    """
    SELECT id, display_name, role FROM accounts
    WHERE role = ANY(\(list: Role.holding(permission))) AND disabled_at IS NULL
    ORDER BY display_name, id
    """)
}
