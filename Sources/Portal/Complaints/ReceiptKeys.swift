package import Crypto
import Foundation

/// Public keys of receipts as text: SubjectPublicKeyInfo in PEM (RFC 8410), each after a line with
/// its id.
package enum ReceiptKeys {
  private static let label = "Key-Id: "
  /// SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING } around the 32 bytes of an Ed25519 key.
  private static let prefix: [UInt8] = [
    0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
  ]

  /// The file served at `/receipt-key.pem`, the key in use first.
  static func pem(
    _ keys: [String: Curve25519.Signing.PublicKey], current: String
  ) -> String {
    let ids = [current] + keys.keys.filter { $0 != current }.sorted()
    return ids.compactMap { id in
      keys[id].map { key in
        let der = Data(prefix) + key.rawRepresentation
        return """
          \(label)\(id)
          -----BEGIN PUBLIC KEY-----
          \(der.base64EncodedString())
          -----END PUBLIC KEY-----

          """
      }
    }.joined()
  }

  /// Reads what `pem` writes. Keys without an id line are left out.
  package static func parse(pem: String) -> [String: Curve25519.Signing.PublicKey] {
    var keys: [String: Curve25519.Signing.PublicKey] = [:]
    var id: String?
    for line in pem.split(whereSeparator: \.isNewline).map({ String($0) }) {
      if line.hasPrefix(label) {
        id = String(line.dropFirst(label.count))
      } else if let name = id, let der = Data(base64Encoded: line), Array(der).starts(with: prefix)
      {
        keys[name] = try? Curve25519.Signing.PublicKey(
          rawRepresentation: der.dropFirst(prefix.count))
        id = nil
      }
    }
    return keys
  }
}
