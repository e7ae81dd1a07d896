public import Domain

/// Who may use a route; stated for every route.
public enum Access: Sendable, Equatable {
  /// Anybody, signed in or not.
  case `public`
  /// Anybody with an account.
  case signedIn
  /// Accounts whose role has the permission; others get 403.
  case needs(Permission)
}
