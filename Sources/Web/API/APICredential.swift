public import Domain
public import FoundationEssentials

/// Another system that has presented its token.
public struct APICredential: Sendable {
  /// The account that it acts for, narrowed to what the token allows.
  public let principal: Principal
  public let token: APITokenID
  /// What the system is called.
  public let system: String

  public init(principal: Principal, token: APITokenID, system: String) {
    self.principal = principal
    self.token = token
    self.system = system
  }
}

/// Where tokens live.
public protocol TokenStore: Sendable {
  /// Who presents this token; nil when it is none, has ended, or its account is shut out.
  func credential(bearer: String, now: Date) async throws -> APICredential?
}

/// A store without tokens.
public struct NoTokens: TokenStore {
  public init() {}
  public func credential(bearer: String, now: Date) async throws -> APICredential? { nil }
}
