import Foundation
package import Logging

/// Where the portals of tests write what they log: below the folder that `deploy/test` names, so that it can be kept when
/// a test fails; nowhere without one.
package enum TestLog {
  /// - Parameter name: of the file, such as the name of the database that PostgreSQL's log shows too.
  package static func logger(_ name: String) -> Logger {
    guard let folder = ProcessInfo.processInfo.environment["PORTAL_TEST_LOGS"], !folder.isEmpty,
      let file = fopen("\(folder)/\(name).log", "a")
    else { return Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
    let kept = File(handle: file)
    return Logger(label: "test") { _ in Handler(file: kept) }
  }

  private final class File: @unchecked Sendable {
    private let handle: UnsafeMutablePointer<FILE>
    private let lock = NSLock()

    init(handle: UnsafeMutablePointer<FILE>) { self.handle = handle }

    deinit { fclose(handle) }

    func write(_ line: String) {
      lock.withLock {
        fputs(line, handle)
        fflush(handle)
      }
    }
  }

  private struct Handler: LogHandler {
    let file: File
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let all = metadata.merging(event.metadata ?? [:]) { $1 }
      let pairs = all.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
      file.write("\(Date()) \(event.level) \(event.message) \(pairs)\n")
    }
  }
}
