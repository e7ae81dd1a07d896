import Crypto
import Domain
import FoundationEssentials

/// A message for the next page ("已保存"), carried in a signed cookie that lives two minutes.
struct Flash: Sendable {
  static let lifetime = 120

  private let key: SymmetricKey

  init(secret: [UInt8]) {
    key = HMAC<SHA256>.derived("flash", from: secret)
  }

  func cookie(_ message: String, now: Date) -> Cookie {
    let expires = Int(now.timeIntervalSince1970) + Self.lifetime
    let text = "\(expires).\(message)"
    let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    return Cookie(
      name: Cookie.flashName, value: "\(hexadecimal(code)).\(text)", maxAge: Self.lifetime)
  }

  func message(_ value: String, now: Date) -> String? {
    let parts = value.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let code = bytes(hexadecimal: parts[0]), let expires = Int(parts[1]),
      expires >= Int(now.timeIntervalSince1970),
      HMAC<SHA256>.isValidAuthenticationCode(
        code, authenticating: Array("\(parts[1]).\(parts[2])".utf8), using: key)
    else { return nil }
    return String(parts[2])
  }
}
