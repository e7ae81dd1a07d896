import Foundation

/// The portal's own sources, for tests that hold a rule over all of them.
enum SourceTree {
  struct File {
    /// From the folder of rooms: `Cases/CaseAudit.swift`.
    let path: String
    let text: String

    var room: String { String(path.prefix { $0 != "/" }) }
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A file of the repository.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The names in a folder of the repository.
  static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path())
  }

  /// Every Swift file of the rooms, in the order of their paths.
  static func rooms() throws -> [File] {
    let folder = root.appending(path: "Sources/Portal").path()
    return try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".swift") }
      .map { File(path: $0, text: try text("Sources/Portal/" + $0)) }
  }
}

extension SourceTree.File {
  /// What stands between brackets after each place where `opening`, which ends with the bracket, stands.
  func contents(after opening: String) -> [String] {
    let close: Character = opening.last == "{" ? "}" : ")"
    return text.ranges(of: opening).map { range in
      var depth = 1
      let rest = text[range.upperBound...]
      let end = rest.firstIndex { character in
        if character == opening.last { depth += 1 } else if character == close { depth -= 1 }
        return depth == 0
      }
      return String(rest[..<(end ?? rest.endIndex)])
    }
  }
}
