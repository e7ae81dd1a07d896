import Crypto
import Foundation
import Postgres

/// The keyed hash of one field.
struct BlindHasher: Sendable {
  let begun: HMAC<SHA256>

  /// A hash whose first bytes can be looked at before it is copied.
  struct Index {
    fileprivate let code: HMAC<SHA256>.MAC

    /// The first eight bytes.
    var prefix: UInt64 {
      code.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) }
    }
    /// All 32.
    var bytes: [UInt8] { code.withUnsafeBytes { Array($0) } }

    /// Writes all 32 as a `bytea`.
    func append(to fields: inout CopyFields) { code.withUnsafeBytes { fields.append($0) } }
  }

  func hash(_ value: String) -> Index {
    var hmac = begun
    var value = value
    value.withUTF8 { hmac.update(data: UnsafeRawBufferPointer($0)) }
    return Index(code: hmac.finalize())
  }
}
