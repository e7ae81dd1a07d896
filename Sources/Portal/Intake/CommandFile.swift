import Crypto
import Domain
import Foundation
import Postgres

/// Size and SHA-256 of a file that a command is given.
func fingerprint(_ path: String, or unreadable: any Error) throws -> (size: Int, hash: [UInt8]) {
  guard let file = FileHandle(forReadingAtPath: path) else { throw unreadable }
  defer { try? file.close() }
  var digest = SHA256()
  var size = 0
  do {
    while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
      digest.update(data: piece)
      size += piece.count
    }
  } catch {
    throw unreadable
  }
  return (size, Array(digest.finalize()))
}

extension Databases {
  /// The account in whose name a command works.
  func commandAccount(_ account: String, or unknown: any Error) async throws -> Principal {
    let found = try await transactionSigningIn(account: account) { tx in
      try tx.first(
        Query(
          """
          SELECT id, account, display_name, role, area FROM accounts
          WHERE account = \(account) AND disabled_at IS NULL
          """
        ) { row in try Principal(row) })
    }
    guard let found else { throw unknown }
    return found
  }
}
