import Foundation

/// A folder of one photo's own: the programs work in it with names that we gave.
struct PhotoWorkFolder: Sendable {
  static let input = "original"
  static let output = "clean.jpg"

  let path: String

  init(in folder: String, original: String) throws {
    path = URL(filePath: folder).appending(path: "photo-\(UUID().uuidString)").path
    let files = FileManager.default
    try files.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    do {
      let absolute = URL(filePath: original).absoluteURL.path
      try files.createSymbolicLink(
        atPath: path + "/" + Self.input, withDestinationPath: absolute)
    } catch {
      remove()
      throw error
    }
  }

  func outputBytes() -> [UInt8]? {
    FileManager.default.contents(atPath: path + "/" + Self.output).map { Array($0) }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
