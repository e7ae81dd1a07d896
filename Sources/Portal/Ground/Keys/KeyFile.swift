import Crypto
import Foundation

/// The secrets of a portal, in a file of mode 0600 outside the database.
///
/// Every key has an id that is stored with what it made, so that a new key can be added while the
/// old one still opens what it sealed.
public struct KeyFile: Codable, Sendable {
  struct Ring: Codable, Sendable {
    /// Id of the key that seals or signs from now on.
    var current: String
    /// Key id → 32 bytes.
    var keys: [String: Data]
  }

  /// AES-256-GCM keys of personal fields and photos.
  var fields: Ring
  /// Ed25519 private keys that sign receipts.
  var signing: Ring
  /// HMAC-SHA-256 key of the blind indexes. One key: changing it means indexing anew.
  var index: Data
  /// HMAC-SHA-256 key of CSRF tokens, flash messages and follow-up codes.
  var web: Data

  /// Fresh random keys.
  public static func generate() -> KeyFile {
    func random() -> Data { SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) } }
    return KeyFile(
      fields: Ring(current: "f1", keys: ["f1": random()]),
      signing: Ring(
        current: "s1", keys: ["s1": Curve25519.Signing.PrivateKey().rawRepresentation]),
      index: random(), web: random())
  }

  /// Writes a new file of mode 0600. Throws if one is there already.
  public func create(at path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else {
      throw errno == EEXIST ? KeyFileError.exists(path) : KeyFileError.unwritable(path)
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try file.write(contentsOf: encoder.encode(self))
    try file.synchronize()
  }

  /// Reads the file. Refuses one that others may read.
  public static func load(from path: String) throws -> KeyFile {
    var status = stat()
    guard stat(path, &status) == 0 else { throw KeyFileError.missing(path) }
    guard status.st_mode & 0o077 == 0 else { throw KeyFileError.tooOpen(path) }
    guard let data = FileManager.default.contents(atPath: path),
      let file = try? JSONDecoder().decode(KeyFile.self, from: data)
    else { throw KeyFileError.unreadable(path) }
    return file
  }
}

/// What may be wrong with a key file; the text tells an operator what to do.
enum KeyFileError: Error, CustomStringConvertible {
  case exists(String)
  case missing(String)
  case tooOpen(String)
  case unreadable(String)
  case unwritable(String)

  var description: String {
    switch self {
    case .exists(let path): "密钥文件 \(path) 已存在，不会覆盖"
    case .missing(let path): "找不到密钥文件 \(path)，请先运行 portal keys create \(path)"
    case .tooOpen(let path): "密钥文件 \(path) 其他用户可读，请运行 chmod 600 \(path)"
    case .unreadable(let path): "密钥文件 \(path) 内容不完整或不是密钥文件"
    case .unwritable(let path): "无法写入密钥文件 \(path)，请检查文件夹是否存在、是否有写权限"
    }
  }
}
