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
  /// What another system may do that acts for the account; nil for the person, who may all that the
  /// role may.
  public let delegated: Set<Permission>?
  /// By what it is known that it is they, for the database; nil for a command.
  public let proof: Proof?

  /// What stands behind somebody who acts.
  public enum Proof: Hashable, Sendable {
    /// A session, by the hash of its token.
    case session([UInt8])
    /// A bearer token, by its hash.
    case token([UInt8])
    /// A job that was entered in their name.
    case job(JobID)
  }

  public init(
    accountID: AccountID, account: String, displayName: String, role: Role, area: AreaCode,
    delegated: Set<Permission>? = nil, proof: Proof? = nil
  ) {
    self.accountID = accountID
    self.account = account
    self.displayName = displayName
    self.role = role
    self.area = area
    self.delegated = delegated
    self.proof = proof
  }

  /// The same, known by something.
  public func shown(by proof: Proof) -> Principal {
    Principal(
      accountID: accountID, account: account, displayName: displayName, role: role, area: area,
      delegated: delegated, proof: proof)
  }

  /// Whether it is the same person with the same rights, however that is known.
  public static func == (left: Principal, right: Principal) -> Bool {
    left.accountID == right.accountID && left.account == right.account
      && left.displayName == right.displayName && left.role == right.role
      && left.area == right.area && left.delegated == right.delegated
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(accountID)
    hasher.combine(role)
    hasher.combine(area)
    hasher.combine(delegated)
  }

  /// Whether the role holds the permission, and whoever acts for the account was given it too. Which
  /// rows it applies to is decided by ``area``.
  public func may(_ permission: Permission) -> Bool {
    role.permissions.contains(permission) && (delegated?.contains(permission) ?? true)
  }

  /// Another system that acts for the account: never more than the account itself may.
  ///
  /// - Parameter area: the account's own or one inside it; any other gives the account's own.
  public func delegating(_ permissions: Set<Permission>, in area: AreaCode) -> Principal {
    Principal(
      accountID: accountID, account: account, displayName: displayName, role: role,
      area: self.area.contains(area) ? area : self.area,
      delegated: delegated.map { $0.intersection(permissions) } ?? permissions, proof: proof)
  }
}
