import Crypto
public import Domain
public import FoundationEssentials

/// A running session, as the session store knows it.
public struct Session: Sendable {
  public let principal: Principal
  /// SHA-256 of the token in the cookie; the token itself is stored nowhere.
  public let tokenHash: [UInt8]
  /// Whether the account may do nothing before it has a new password.
  public let mustChangePassword: Bool
  /// When the password was typed last in this session.
  public let passwordAt: Date?

  public init(
    principal: Principal, tokenHash: [UInt8], mustChangePassword: Bool = false,
    passwordAt: Date? = nil
  ) {
    self.principal = principal
    self.tokenHash = tokenHash
    self.mustChangePassword = mustChangePassword
    self.passwordAt = passwordAt
  }
}

/// Somebody who has typed their password in the last minutes: who takes whole lists out has to be one.
public struct ConfirmedPrincipal: Sendable {
  public let principal: Principal

  init(_ principal: Principal) { self.principal = principal }
}

/// Where sessions live.
public protocol SessionStore: Sendable {
  /// The running session with that token hash, or nil when there is none any more. The store keeps
  /// the idle and the absolute limit, and from where a session was seen last.
  func session(tokenHash: [UInt8], address: String, now: Date) async throws -> Session?
}

/// A store without sessions.
public struct NoSessions: SessionStore {
  public init() {}
  public func session(tokenHash: [UInt8], address: String, now: Date) async throws -> Session? {
    nil
  }
}

/// What the session cookie holds: 32 random bytes as hexadecimal digits.
public struct SessionToken: Sendable {
  public let text: String

  /// A new random token.
  public init() {
    text = hexadecimal(randomBytes(32))
  }

  /// The token that a cookie holds; nil when it cannot be one.
  public init?(_ text: String) {
    guard text.utf8.count == 64, text.utf8.allSatisfy({ isHexadecimal($0) }) else { return nil }
    self.text = text
  }

  /// What is stored of it: its SHA-256.
  public var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

func randomBytes(_ count: Int) -> [UInt8] {
  var generator = SystemRandomNumberGenerator()
  return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
}
