import Crypto
public import Foundation
import Synchronization

/// Seals values of one column.
public struct FieldSealer: Sendable {
  private let key: SymmetricKey
  private let head: [UInt8]
  private let name: [UInt8]
  private let nonces: NoncePool

  /// - Parameters:
  ///   - head: what stands before everything sealed with this key.
  ///   - name: what is authenticated with the content.
  init(key: SymmetricKey, head: [UInt8], name: [UInt8], nonces: NoncePool) {
    self.key = key
    self.head = head
    self.name = name
    self.nonces = nonces
  }

  /// As ``KeyRing/seal(_:for:)`` does.
  public func seal(_ plain: some DataProtocol) throws -> [UInt8] {
    let box = try AES.GCM.seal(plain, using: key, nonce: nonces.next(), authenticating: name)
    guard let sealed = box.combined else { preconditionFailure("a nonce has 12 bytes") }
    return [UInt8](unsafeUninitializedCapacity: head.count + sealed.count) { bytes, count in
      _ = bytes.update(fromContentsOf: head)
      _ = sealed.copyBytes(to: UnsafeMutableBufferPointer(rebasing: bytes[head.count...]))
      count = head.count + sealed.count
    }
  }

  public func seal(_ text: String) throws -> [UInt8] { try seal(Array(text.utf8)) }
}

/// Random nonces, of which the system is asked for some at a time: one by one they took a fifth of the time
/// in which an import seals its numbers.
final class NoncePool: Sendable {
  private static let size = 12

  private struct Drawn {
    /// As many nonces as one call of the system's generator gives, which is 256 bytes.
    var bytes = [UInt8](repeating: 0, count: 21 * NoncePool.size)
    var taken = 21 * NoncePool.size
  }

  private let drawn = Mutex(Drawn())

  /// A nonce that nobody else gets.
  func next() throws -> AES.GCM.Nonce {
    let nonce = drawn.withLock { drawn in
      if drawn.taken == drawn.bytes.count {
        let status = getentropy(&drawn.bytes, drawn.bytes.count)
        precondition(status == 0, "the system gives no random bytes")
        drawn.taken = 0
      }
      defer { drawn.taken += Self.size }
      return drawn.bytes.withUnsafeBytes { bytes in
        Data(bytes: bytes.baseAddress! + drawn.taken, count: Self.size)
      }
    }
    return try AES.GCM.Nonce(data: nonce)
  }
}
