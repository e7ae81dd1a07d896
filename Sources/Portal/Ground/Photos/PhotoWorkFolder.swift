import Foundation

/// A folder of one photo's own: the programs work in it with names that we gave.
struct PhotoWorkFolder: Sendable {
  static let input = "original"
  static let output = "clean.jpg"

  let path: String

  init(in folder: String, original: [UInt8]) throws {
    path = URL(filePath: folder).appending(path: "photo-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    do {
      try Data(original).write(to: URL(filePath: path + "/" + Self.input))
    } catch {
      remove()
      throw error
    }
  }

  /// What was written, if it is a file and no link to one.
  func outputBytes() -> [UInt8]? {
    let descriptor = open(path + "/" + Self.output, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return (try? file.readToEnd()).map { Array($0) }
  }

  func remove() {
    try? FileManager.default.removeItem(atPath: path)
    PhotoCage.clear(beside: path)
  }
}
