import Crypto
import CryptoExtras
import Foundation

/// A password as it is stored: `scrypt$14$8$5$salt$hash`, the salt and the hash in Base64. The
/// cost stands in the text, so that it can rise while older hashes still verify.
struct ScryptHash: Sendable, Equatable {
  let cost: PasswordHasher.Cost
  let salt: [UInt8]
  let key: [UInt8]

  /// A new hash with a random salt.
  init(of password: String, cost: PasswordHasher.Cost) throws {
    let salt = Self.randomBytes(16)
    self.cost = cost
    self.salt = salt
    key = try Self.derive(password, salt: salt, cost: cost, length: 32)
  }

  /// A hash that no password has, for names that have no account: comparing with it costs the same.
  init(ofNobodyAt cost: PasswordHasher.Cost) {
    self.cost = cost
    salt = Self.randomBytes(16)
    key = Self.randomBytes(32)
  }

  init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "scrypt", let logRounds = Int(parts[1]),
      let blockSize = Int(parts[2]), let parallelism = Int(parts[3]),
      (1...20).contains(logRounds), (1...32).contains(blockSize), (1...16).contains(parallelism),
      let salt = Data(base64Encoded: String(parts[4])), (8...64).contains(salt.count),
      let key = Data(base64Encoded: String(parts[5])), (16...64).contains(key.count)
    else { return nil }
    cost = PasswordHasher.Cost(
      logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
    self.salt = Array(salt)
    self.key = Array(key)
  }

  var text: String { terms.text + "$" + Data(key).base64EncodedString() }

  /// All but the hash.
  var terms: ScryptTerms { ScryptTerms(cost: cost, salt: salt) }

  fileprivate static func derive(
    _ password: String, salt: [UInt8], cost: PasswordHasher.Cost, length: Int
  ) throws -> [UInt8] {
    // NFC, so that the same characters typed on another keyboard are the same password. The
    // derivation cannot take no bytes at all; no form can send the NUL that stands for them.
    var bytes = Array(password.precomposedStringWithCanonicalMapping.utf8)
    if bytes.isEmpty { bytes = [0] }
    return try KDF.Scrypt.deriveKey(
      from: bytes, salt: salt, outputByteCount: length, rounds: 1 << cost.logRounds,
      blockSize: cost.blockSize, parallelism: cost.parallelism
    ).withUnsafeBytes { Array($0) }
  }

  fileprivate static func randomBytes(_ count: Int) -> [UInt8] {
    SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Array($0) }
  }
}

/// What is needed to work out the answer to a password: `scrypt$14$8$5$salt`.
struct ScryptTerms: Sendable, Equatable {
  let cost: PasswordHasher.Cost
  let salt: [UInt8]

  init(cost: PasswordHasher.Cost, salt: [UInt8]) {
    self.cost = cost
    self.salt = salt
  }

  /// As the database gives them.
  init?(_ text: String) {
    // With a key of the right length they are a hash.
    guard let hash = ScryptHash(text + "$" + Data(count: 32).base64EncodedString()) else {
      return nil
    }
    self = hash.terms
  }

  var text: String {
    let numbers = [cost.logRounds, cost.blockSize, cost.parallelism].map { String($0) }
    return (["scrypt"] + numbers + [Data(salt).base64EncodedString()]).joined(separator: "$")
  }

  /// What is stored, if the password is the right one.
  func answer(to password: String) throws -> String {
    let key = try ScryptHash.derive(password, salt: salt, cost: cost, length: 32)
    return text + "$" + Data(key).base64EncodedString()
  }
}

/// Whether two byte strings are equal, in a time that does not tell where they differ.
func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  guard left.count == right.count else { return false }
  return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
