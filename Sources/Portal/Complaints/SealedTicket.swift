import Crypto
import FoundationEssentials
import Ground
import Web

/// A secret that a browser carries from one page to the next in a cookie it cannot read: the
/// follow-up code never stands in an address, and the server keeps no list of who asked.
struct SealedTicket: Sendable {
  /// Submission whose receipt is to be shown, once.
  static let receipt = SealedTicket(name: "portal_receipt", lifetime: 10 * 60)
  /// The same for complaints that staff took down.
  static let deskReceipt = SealedTicket(name: "portal_desk_receipt", lifetime: 10 * 60)
  /// Code of the complaint that is being followed.
  static let tracking = SealedTicket(name: "portal_tracking", lifetime: 30 * 60)

  let name: String
  /// Seconds.
  let lifetime: Int

  /// A cookie that holds the content.
  func cookie(_ content: [UInt8], keys: KeyRing, now: Date) throws -> Cookie {
    let expires = Int64(now.timeIntervalSince1970) + Int64(lifetime)
    let plain = withUnsafeBytes(of: expires.bigEndian) { Array($0) } + content
    let box = try AES.GCM.seal(plain, using: key(keys), authenticating: Array(name.utf8))
    let sealed = Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    return Cookie(name: name, value: Base64URL.text(sealed), maxAge: lifetime)
  }

  /// What the request's cookie holds; nil when there is none, when it was changed or is too old.
  func content(of request: WebRequest, keys: KeyRing) -> [UInt8]? {
    guard let text = request.cookie(name), let sealed = Base64URL.bytes(text),
      let box = try? AES.GCM.SealedBox(combined: sealed),
      let plain = try? AES.GCM.open(box, using: key(keys), authenticating: Array(name.utf8)),
      plain.count >= 8
    else { return nil }
    let expires = plain.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard Double(expires) > request.now.timeIntervalSince1970 else { return nil }
    return Array(plain.dropFirst(8))
  }

  /// A cookie that makes the browser forget it.
  var forgotten: Cookie { .expired(name) }

  private func key(_ keys: KeyRing) -> SymmetricKey {
    let secret = SymmetricKey(data: keys.webSecret)
    return SymmetricKey(
      data: HMAC<SHA256>.authenticationCode(for: Array("complaint tickets".utf8), using: secret))
  }
}
