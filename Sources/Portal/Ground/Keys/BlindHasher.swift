import Crypto
import Foundation

/// The keyed hash of one field.
public struct BlindHasher: Sendable {
  let begun: HMAC<SHA256>

  /// A hash whose first bytes can be looked at before it is copied.
  public struct Index {
    fileprivate let code: HMAC<SHA256>.MAC

    /// The first eight bytes.
    public var prefix: UInt64 {
      code.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) }
    }
    /// All 32.
    public var bytes: [UInt8] { code.withUnsafeBytes { Array($0) } }
  }

  public func hash(_ value: String) -> Index {
    var hmac = begun
    var value = value
    value.withUTF8 { hmac.update(data: UnsafeRawBufferPointer($0)) }
    return Index(code: hmac.finalize())
  }
}
