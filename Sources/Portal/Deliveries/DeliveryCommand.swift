package import Domain
package import Foundation
package import Ground
package import Logging
import Postgres
package import Reviews

/// `portal deliver CHECK FILE --account NAME --as-of DAY`: the same matching and the same coming into force
/// as on the desk.
package struct DeliveryCommand: Sendable {
  enum Refusal: Error, CustomStringConvertible {
    case unknownCheck(String)
    case notPermitted(CheckType)
    case noWorkList(CheckType)
    case unreadable(String)
    case failed(String)

    var description: String {
      switch self {
      case .unknownCheck(let text):
        "没有“\(text)”这项核查，应为 \(DeliveryCommand.checks.joined(separator: "、"))"
      case .notPermitted(let type): "“\(type.title)”应由\(type.bureau.title)的账号报送"
      case .noWorkList(let type): "“\(type.title)”没有核查清单，请报送登记数据"
      case .unreadable(let path): "读不到文件 \(path)"
      case .failed(let message): message
      }
    }
  }

  /// What came of it.
  package struct Report: Sendable, Encodable {
    package let id: Int64
    package let state: String
    /// The same file came before; nothing was done.
    package let isKnown: Bool
    package let rows: Int
    package let matched: Int
    package let others: Int
    package let bad: Int
    package let undecided: Int
    package let new: Int
    package let same: Int
    package let changed: Int
    package let message: String?
  }

  package static let checks = CheckType.allCases.map(\.rawValue)

  private let connectionString: String
  private let keys: KeyRing
  private let logger: Logger
  private let follow: Follow

  /// What follows from a delivery that this command's program brings into force, and the jobs in which it
  /// does so.
  package typealias Follow =
    @Sendable (Databases, Date, JobProgram) -> (
      deliveryDone: DeliveryDone, jobs: [any JobKind]
    )

  /// - Parameters:
  ///   - connectionString: of the staff login: the same rules hold as on screen.
  ///   - follow: the same as where the portal takes a delivery in.
  package init(
    connectionString: String, keys: KeyRing, logger: Logger, follow: @escaping Follow
  ) {
    self.connectionString = connectionString
    self.keys = keys
    self.logger = logger
    self.follow = follow
  }

  /// - Parameters:
  ///   - isComplete: whether who is missing in the file is answered for as well.
  ///   - way: ``DeliveryWay/extract``, or ``DeliveryWay/workList`` for one that was filled in.
  ///   - reason: why answers differ from the bureau's own earlier ones.
  ///   - confirms: whether it comes into force; otherwise it waits for somebody to confirm it.
  package func run(
    check: String, path: String, account: String, asOf: Day, isComplete: Bool = false,
    way: DeliveryWay = .extract, reason: String? = nil, confirms: Bool = true, at now: Date = Date()
  ) async throws -> Report {
    guard let type = CheckType(rawValue: check) else { throw Refusal.unknownCheck(check) }
    let terms = DeliveryTerms(type: type, way: way, asOf: asOf, isComplete: isComplete)
    let access = CommandAccess(
      connectionString: connectionString, name: "portal-deliver", logger: logger)
    return try await access.perform(as: account) { databases, actor in
      guard actor.may(.answerChecks), actor.role.bureau == type.bureau else {
        throw Refusal.notPermitted(type)
      }
      guard way != .workList || type.isOwed else { throw Refusal.noWorkList(type) }
      do {
        return try await deliver(
          try Self.copy(of: path), terms, reason: reason, confirms: confirms, as: actor, databases,
          at: now)
      } catch {
        guard let message = deliveryMessage(error) else { throw error }
        throw Refusal.failed(message)
      }
    }
  }

  private func deliver(
    _ file: ArrivingFile, _ terms: DeliveryTerms, reason: String?, confirms: Bool,
    as actor: Principal, _ databases: Databases, at now: Date
  ) async throws -> Report {
    let program = JobProgram(isCommand: true)
    let (deliveryDone, followingJobs) = follow(databases, now, program)
    let jobs = JobRunner(
      connectionString: connectionString, program: program,
      kinds: deliveryJobs(keys: keys, onDone: deliveryDone) + followingJobs, logger: logger,
      now: { now })
    defer { jobs.close() }
    let origin = AuditOrigin.staff(actor, address: "portal deliver", reference: "", at: now)
    let taken = try await DeliveryIntake(databases: databases, jobs: jobs).take(
      file, terms, as: actor, by: origin, at: now)
    await jobs.finishAll()
    if confirms, !taken.isKnown {
      try await DeliverySteps(
        taken.id, databases: databases, jobs: jobs, as: actor, by: origin, at: now
      ).confirmMatched(reason: reason)
      await jobs.finishAll()
    }
    let record = try await databases.read(as: actor) { try $0.one(deliveryRecord(taken.id)) }
    return Report(record, isKnown: taken.isKnown)
  }

  /// The file stays where it is: what is taken in is another one, without a second copy of its bytes
  /// where the disk can do without.
  private static func copy(of path: String) throws -> ArrivingFile {
    let (size, hash) = try fingerprint(path, or: Refusal.unreadable(path))
    let copy = try TemporaryFolder.path() + "/deliver-\(UUID().uuidString)"
    if link(path, copy) != 0 {
      do {
        try FileManager.default.copyItem(atPath: path, toPath: copy)
      } catch {
        throw Refusal.unreadable(path)
      }
    }
    return ArrivingFile(
      path: copy, name: (path as NSString).lastPathComponent, size: size, hash: hash)
  }
}

extension DeliveryCommand.Report {
  fileprivate init(_ record: DeliveryRecord, isKnown: Bool) {
    id = record.id.rawValue
    state = record.state.rawValue
    self.isKnown = isKnown
    rows = record.rowCount ?? 0
    matched = record.matchedRows ?? 0
    others = record.otherRows ?? 0
    bad = record.badRows ?? 0
    undecided = record.undecidedRows ?? 0
    new = record.answersNew ?? 0
    same = record.answersSame ?? 0
    changed = record.answersChanged ?? 0
    message = record.message
  }
}
