import Crypto
import FoundationEssentials

/// Seals what is looked for, so that it can stand in an address: AES-256-GCM, the nonce made of the text, so that the
/// same words make the same address.
struct SealedQuery: Sendable {
  private let key: SymmetricKey
  private let nonceKey: SymmetricKey

  init(secret: [UInt8]) {
    key = HMAC<SHA256>.derived("query", from: secret)
    nonceKey = HMAC<SHA256>.derived("query nonce", from: secret)
  }

  func seal(_ query: String) -> String {
    let text = Array(query.utf8)
    let code = Array(HMAC<SHA256>.authenticationCode(for: text, using: nonceKey))
    guard let nonce = try? AES.GCM.Nonce(data: code.prefix(12)),
      let sealed = try? AES.GCM.seal(text, using: key, nonce: nonce).combined
    else { preconditionFailure("a nonce has 12 bytes, a key 32") }
    return sealed.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// The fields that were sealed; nil when this portal has not sealed them.
  func open(_ text: String) throws -> FormFields? {
    guard text.utf8.count <= 4096 else { return nil }
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    let standard = text.replacing("-", with: "+").replacing("_", with: "/") + padding
    guard let data = Data(base64Encoded: standard),
      let box = try? AES.GCM.SealedBox(combined: data),
      let query = try? AES.GCM.open(box, using: key)
    else { return nil }
    return try FormFields(urlEncoded: query)
  }
}
