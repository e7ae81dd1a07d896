/// The person signed in, as far as rules need to know: who, with which role, in which area.
public struct Principal: Hashable, Sendable {
  public let accountID: AccountID
  /// The name typed at sign-in, e.g. `zhujian`.
  public let account: String
  /// The name shown on screens.
  public let displayName: String
  public let role: Role
  /// Rows whose area starts with this code are in scope.
  public let area: AreaCode

  public init(
    accountID: AccountID, account: String, displayName: String, role: Role, area: AreaCode
  ) {
    self.accountID = accountID
    self.account = account
    self.displayName = displayName
    self.role = role
    self.area = area
  }

  /// Whether the role holds the permission. Which rows it applies to is decided by ``area``.
  public func may(_ permission: Permission) -> Bool { role.permissions.contains(permission) }
}
