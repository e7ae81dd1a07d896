import Domain
public import Foundation
public import Logging
import Postgres

/// `portal import KIND FILE --account NAME`: the same check and the same commit as on the desk, in one
/// pass and one transaction, so that the file is read once. The file is not kept.
public struct ImportCommand: Sendable {
  public enum Refusal: Error, CustomStringConvertible {
    case unknownKind(String)
    case unreadable(String)
    case notPermitted
    case failed(String)

    public var description: String {
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
  public struct Report: Sendable, Encodable {
    public struct Cause: Sendable, Encodable {
      public let severity: String
      public let code: String
      public let title: String
      public let count: Int
    }

    public struct Problem: Sendable, Encodable {
      public let sheet: String
      public let row: Int
      public let column: String?
      public let severity: String
      public let code: String
      public let shown: String
      public let message: String
    }

    public let id: Int64
    public let rows: Int
    public let badRows: Int
    public let errors: Int
    public let warnings: Int
    public let created: Int
    public let changed: Int
    public let unchanged: Int
    public let membersCreated: Int?
    public let membersChanged: Int?
    /// Whether the register was written.
    public let isWritten: Bool
    /// The same file, imported before.
    public let earlier: Int64?
    public let causes: [Cause]
    /// The first of each cause.
    public let problems: [Problem]
  }

  public static let kinds = RegisterSheet.allCases.map(\.rawValue)

  private let connectionString: String
  private let keys: KeyRing
  private let logger: Logger

  /// - Parameter connectionString: of the staff login: the same rules hold as on screen.
  public init(connectionString: String, keys: KeyRing, logger: Logger) {
    self.connectionString = connectionString
    self.keys = keys
    self.logger = logger
  }

  /// - Parameters:
  ///   - goodRowsOnly: leaves rows with errors out instead of refusing the whole.
  ///   - checksOnly: writes nothing.
  ///   - progress: told the phase and the rows read, now and then.
  public func run(
    kind: String, path: String, account: String, goodRowsOnly: Bool = false,
    checksOnly: Bool = false, at now: Date = Date(),
    progress report: @escaping @Sendable (String, Int) -> Void = { _, _ in }
  ) async throws -> Report {
    guard let sheet = RegisterSheet(rawValue: kind) else { throw Refusal.unknownKind(kind) }
    let (size, hash) = try fingerprint(path, or: Refusal.unreadable(path))
    let access = CommandAccess(
      connectionString: connectionString, name: "portal-import", logger: logger)
    return try await access.perform(as: account) { databases, actor in
      guard actor.may(.importRegister) else { throw Refusal.notPermitted }
      let run = ImportCommandRun(
        sheet: sheet, path: path, size: size, hash: hash, actor: actor, databases: databases,
        keys: keys, now: now)
      return try await run.perform(goodRowsOnly: goodRowsOnly, checksOnly: checksOnly, report)
    }
  }
}
