import Domain
package import Foundation
package import Ground
package import Logging
import Postgres
import Register

/// `portal import KIND FILE --account NAME`: the same check and the same commit as on the desk, in one
/// pass and one transaction, so that the file is read once. The file is not kept.
package struct ImportCommand: Sendable {
  enum Refusal: Error, CustomStringConvertible {
    case unknownKind(String)
    case unreadable(String)
    case notPermitted
    case failed(String)

    var description: String {
      switch self {
      case .unknownKind(let text):
        "没有“\(text)”这种表格，应为 \(ImportCommand.kinds.joined(separator: "、"))"
      case .unreadable(let path): "读不到文件 \(path)"
      case .notPermitted: ImportRefusal.notPermitted.description
      case .failed(let message): message
      }
    }
  }

  /// What came of it.
  package struct Report: Sendable, Encodable {
    package struct Cause: Sendable, Encodable {
      package let severity: String
      package let code: String
      package let title: String
      package let count: Int
    }

    package struct Problem: Sendable, Encodable {
      package let sheet: String
      package let row: Int
      package let column: String?
      package let severity: String
      package let code: String
      package let shown: String
      package let message: String
    }

    package let id: Int64
    package let rows: Int
    package let badRows: Int
    /// Hidden rows, taken or left.
    package let hiddenRows: Int
    package let errors: Int
    let warnings: Int
    package let created: Int
    package let changed: Int
    package let unchanged: Int
    package let membersCreated: Int?
    package let membersChanged: Int?
    /// Whether the register was written.
    package let isWritten: Bool
    /// The same file, imported before.
    package let earlier: Int64?
    package let causes: [Cause]
    /// The first of each cause.
    package let problems: [Problem]
  }

  package static let kinds = RegisterSheet.allCases.map(\.rawValue)

  private let connectionString: String
  private let keys: KeyRing
  private let logger: Logger

  /// - Parameter connectionString: of the staff login: the same rules hold as on screen.
  package init(connectionString: String, keys: KeyRing, logger: Logger) {
    self.connectionString = connectionString
    self.keys = keys
    self.logger = logger
  }

  /// - Parameters:
  ///   - goodRowsOnly: leaves rows with errors out instead of refusing the whole.
  ///   - checksOnly: writes nothing.
  ///   - takesHidden: takes rows and sheets that are hidden too.
  ///   - progress: told the phase and the rows read, now and then.
  package func run(
    kind: String, path: String, account: String, goodRowsOnly: Bool = false,
    checksOnly: Bool = false, takesHidden: Bool = false, at now: Date = Date(),
    progress report: @escaping @Sendable (String, Int) -> Void = { _, _ in }
  ) async throws -> Report {
    guard let sheet = RegisterSheet(rawValue: kind) else { throw Refusal.unknownKind(kind) }
    let (size, hash) = try fingerprint(path, or: Refusal.unreadable(path))
    let access = CommandAccess(
      connectionString: connectionString, name: "portal-import", logger: logger)
    return try await access.perform(as: account) { databases, actor in
      guard actor.may(.importRegister) else { throw Refusal.notPermitted }
      let run = ImportCommandRun(
        (sheet, path, size, hash), as: actor, databases, access, keys: keys, at: now)
      return try await run.perform(
        goodRowsOnly: goodRowsOnly, checksOnly: checksOnly, takesHidden: takesHidden, report)
    }
  }
}
