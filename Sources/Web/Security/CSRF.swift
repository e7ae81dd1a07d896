import Crypto
import Domain
import FoundationEssentials

/// Makes and checks the token that proves that a form came from a page of ours, drawn for this
/// browser: `kind.issued.HMAC-SHA-256(secret, kind | issued | binding)`.
struct CSRF: Sendable {
  enum Kind: String {
    /// Bound to the session.
    case session = "s"
    /// Bound to the visitor cookie of somebody who is not signed in.
    case visitor = "v"
  }

  enum Verdict: Equatable {
    case valid, missing, expired, wrong
  }

  /// How long a token is good for, in seconds: as long as a session can be.
  static let lifetime = 12 * 3600

  private let key: SymmetricKey

  init(secret: [UInt8]) {
    key = HMAC<SHA256>.derived("csrf", from: secret)
  }

  func token(_ kind: Kind, binding: [UInt8], now: Date) -> String {
    let issued = Int(now.timeIntervalSince1970)
    return "\(kind.rawValue).\(issued).\(hexadecimal(code(kind, binding, issued)))"
  }

  func check(_ token: String?, _ kind: Kind, binding: [UInt8], now: Date) -> Verdict {
    guard let token, !token.isEmpty else { return .missing }
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == kind.rawValue, let issued = Int(parts[1]),
      let given = bytes(hexadecimal: parts[2]),
      HMAC<SHA256>.isValidAuthenticationCode(
        given, authenticating: message(kind, binding, issued), using: key)
    else { return .wrong }
    let age = Int(now.timeIntervalSince1970) - issued
    return age <= Self.lifetime ? .valid : .expired
  }

  private func code(_ kind: Kind, _ binding: [UInt8], _ issued: Int) -> some Sequence<UInt8> {
    HMAC<SHA256>.authenticationCode(for: message(kind, binding, issued), using: key)
  }

  private func message(_ kind: Kind, _ binding: [UInt8], _ issued: Int) -> [UInt8] {
    Array("\(kind.rawValue)|\(issued)|".utf8) + binding
  }
}

extension HMAC<SHA256> {
  /// A key for one purpose from the one secret.
  static func derived(_ purpose: String, from secret: [UInt8]) -> SymmetricKey {
    SymmetricKey(
      data: authenticationCode(for: Array(purpose.utf8), using: SymmetricKey(data: secret)))
  }
}
