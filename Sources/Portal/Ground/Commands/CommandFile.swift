import Crypto
import Foundation

/// Size and SHA-256 of a file that a command is given.
public func fingerprint(_ path: String, or unreadable: any Error) throws -> (
  size: Int, hash: [UInt8]
) {
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
