import FoundationEssentials
import NIOCore

/// The files of a folder, read into memory once: style sheet, scripts, icons.
///
/// Ask for a file's address with `url(_:)`: it carries the content's digest, so that browsers keep
/// the file for a year and still never show an old one. Without the digest they ask each time.
public struct StaticFiles: Sendable {
  struct File: Sendable {
    let checked: FixedResponse
    let kept: FixedResponse
    /// The same packed, for browsers that unpack it; nil where that would save nothing.
    let packed: (checked: FixedResponse, kept: FixedResponse)?
    let version: String
  }

  public enum Failure: Error, CustomStringConvertible {
    case unreadable(String)
    case tooLarge

    public var description: String {
      switch self {
      case .unreadable(let name): "static file cannot be read: \(name)"
      case .tooLarge: "the folder of static files holds more than 32 MiB"
      }
    }
  }

  public static let none = StaticFiles(files: [:])

  let files: [String: File]

  private static let types = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "webp": "image/webp",
    "ico": "image/vnd.microsoft.icon", "txt": "text/plain; charset=utf-8",
    "json": "application/json; charset=utf-8", "webmanifest": "application/manifest+json",
    "woff2": "font/woff2", "pdf": "application/pdf", "html": "text/html; charset=utf-8",
  ]

  private init(files: [String: File]) {
    self.files = files
  }

  /// Reads all files of known types below the folder; hidden ones are left out.
  public init(folder: String) throws {
    var files: [String: File] = [:]
    var total = 0
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let parts = name.split(separator: "/")
      guard !parts.contains(where: { $0.hasPrefix(".") }), let last = parts.last,
        let dot = last.lastIndex(of: "."),
        let type = Self.types[last[last.index(after: dot)...].lowercased()]
      else { continue }
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
        throw Failure.unreadable(name)
      }
      total += data.count
      guard total <= 32 << 20 else { throw Failure.tooLarge }
      files["/\(name)"] = File(Array(data), type: type)
    }
    self.files = files
  }

  /// The address of a file with its digest, `/portal.css?v=…`; the path itself when there is none.
  public func url(_ path: String) -> String {
    files[path].map { "\(path)?v=\($0.version)" } ?? path
  }
}

extension StaticFiles.File {
  private static let forAYear = "public, max-age=31536000, immutable"

  init(_ bytes: [UInt8], type: String) {
    let isText = ["text/", "image/svg", "application/json"].contains { type.hasPrefix($0) }
    let gzip = isText ? gzipped(bytes) : nil
    checked = FixedResponse(bytes, type: type, packing: gzip.map { _ in .none })
    kept = FixedResponse(
      bytes, type: type, cacheControl: Self.forAYear, packing: gzip.map { _ in .none })
    packed = gzip.map { gzip in
      (
        FixedResponse(gzip, type: type, packing: .gzip),
        FixedResponse(gzip, type: type, cacheControl: Self.forAYear, packing: .gzip)
      )
    }
    version = String(checked.etag.dropFirst().prefix(12))
  }

  func response(to request: FixedRequest) -> FixedResponse {
    let isKept = request.query.map { $0 == "v=\(version)" } ?? false
    if let packed, request.takesGzip { return isKept ? packed.kept : packed.checked }
    return isKept ? kept : checked
  }
}
