import Crypto
import Domain
import Foundation
import NIOPosix

/// The private folder in which uploaded files stand while their request runs.
struct UploadFolder: Sendable {
  let path: String
  let budget = SpoolBudget()

  private static let prefix = "upload-"

  struct Failure: Error, CustomStringConvertible {
    let action: String
    let number: Int32

    var description: String { "upload folder: \(action): \(String(cString: strerror(number)))" }
  }

  init(_ path: String) {
    self.path = path
  }

  /// Makes the folder, readable by the portal alone, and clears what a killed process left.
  func prepare() throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    guard chmod(path, 0o700) == 0 else { throw Failure(action: "chmod", number: errno) }
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    for name in names where name.hasPrefix(Self.prefix) && isAbandoned("\(path)/\(name)") {
      remove("\(path)/\(name)")
    }
  }

  func makeFile() throws -> SpoolFile {
    let name = "\(path)/\(Self.prefix)\(hexadecimal(randomBytes(16)))"
    let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Failure(action: "open", number: errno) }
    return SpoolFile(path: name, descriptor: descriptor)
  }

  func remove(_ path: String) {
    unlink(path)
  }

  /// Another process may share the folder: only what is older than any request is abandoned.
  private func isAbandoned(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && time(nil) - status.st_mtim.tv_sec > 6 * 3600
  }
}

/// One file that is being received. Bytes are gathered, then written and digested on a thread
/// that may block.
final class SpoolFile {
  let path: String
  private(set) var size = 0
  private(set) var firstBytes: [UInt8] = []
  private var gathered: [UInt8] = []
  private var digest = SHA256()
  private var descriptor: Int32

  private static let gatherBytes = 256 << 10

  fileprivate init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit {
    close()
  }

  func append(_ bytes: ArraySlice<UInt8>) async throws {
    size += bytes.count
    if firstBytes.count < 512 { firstBytes += bytes.prefix(512 - firstBytes.count) }
    gathered.append(contentsOf: bytes)
    if gathered.count >= Self.gatherBytes { try await flush() }
  }

  /// Writes the rest and closes the file; its SHA-256.
  func finish() async throws -> [UInt8] {
    try await flush()
    close()
    return Array(digest.finalize())
  }

  func close() {
    guard descriptor >= 0 else { return }
    _ = Foundation.close(descriptor)
    descriptor = -1
  }

  private func flush() async throws {
    let (bytes, before, descriptor) = (gathered, digest, descriptor)
    gathered.removeAll(keepingCapacity: true)
    guard !bytes.isEmpty else { return }
    digest = try await NIOThreadPool.singleton.runIfActive {
      try Self.write(bytes, to: descriptor)
      var digest = before
      digest.update(data: bytes)
      return digest
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        guard errno == EINTR else { throw UploadFolder.Failure(action: "write", number: errno) }
      } else {
        written += count
      }
    }
  }
}
