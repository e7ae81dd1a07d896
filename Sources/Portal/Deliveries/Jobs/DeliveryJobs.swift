import Domain
import Foundation
package import Ground
import Postgres
package import Reviews
import Spreadsheet

/// The jobs of deliveries, for whatever program does jobs.
///
/// - Parameter onDone: what follows from a delivery; it knows of nothing that comes after.
package func deliveryJobs(
  keys: KeyRing, onDone: @escaping DeliveryDone = { _, _ in }
) -> [any JobKind] {
  [
    DeliveryMatchJob(keys: keys), DeliveryAssessJob(keys: keys),
    DeliveryCommitJob(keys: keys, onDone: onDone),
  ]
}

/// What the jobs of deliveries have in common; those of a bureau wait for one another alone.
protocol DeliveryJob: JobKind {
  /// The state in which a delivery is while it waits for the job and while the job works.
  static var working: DeliveryState { get }
  /// Where it stands when nothing came of the job.
  static var fallback: DeliveryState { get }
}

extension DeliveryJob {
  static var lane: String { "delivery" }
  static var connectionName: String { "portal-delivery" }
  static var fallback: DeliveryState { .matched }

  func words(for failure: JobFailure) -> String? {
    if case .error(let error) = failure { deliveryMessage(error) } else { nil }
  }

  func faultWords(_ job: JobOrder) -> String {
    "程序出错，没有留下任何数据，请联系管理员（报送编号 \(job.subject)）"
  }

  func failed(
    _ job: JobOrder, _ failure: JobFailure, _ words: String, _ tx: Transaction
  ) throws {
    let id = DeliveryID(rawValue: job.subject)
    let changed = try tx.execute(
      """
      UPDATE deliveries SET state = \(Self.fallback), message = \(words), version = version + 1
      WHERE id = \(id) AND state = \(Self.working)
      """)
    guard changed == 1, case .error(let error) = failure,
      error as? DeliveryRefusal == .overtaken
    else { return }
    // Whoever confirms next sees what has come since. Of a large delivery that takes as long as it does.
    try tx.script("SET LOCAL statement_timeout = 0; SET LOCAL jit = off")
    try tx.keepAssessment(of: try tx.one(deliveryHead(id)))
  }
}

extension NewJob {
  /// A job of a delivery, in the lane of the bureau that owes the check.
  init(
    _ kind: any DeliveryJob.Type, of id: DeliveryID, _ check: CheckType, home: String?,
    terms: [String: String] = [:], by origin: AuditOrigin
  ) {
    self.init(
      kind, of: id, lane: "\(kind.lane)-\(check.bureau.rawValue)", home: home, terms: terms,
      by: origin)
  }
}

/// Matches a file that this program took in. A file lives no longer than its program: what that leaves
/// undone is said to have failed.
struct DeliveryMatchJob: DeliveryJob {
  static let name = "delivery_match"
  static let title = "比对报送的数据"
  static let working = DeliveryState.matching
  static let fallback = DeliveryState.failed
  static let afterDeath = JobDeath.bound

  let keys: KeyRing

  func perform(_ job: JobContext) async throws {
    let (path, name) = (job.order.terms["path"] ?? "", job.order.terms["name"] ?? "")
    let size = job.order.terms["size"].flatMap { Int($0) } ?? 0
    let engine = DeliveryEngine(job: job, keys: keys)
    try await job.finish { tx in
      let workbook = try Workbook(path: path, fileName: name, limits: ExtractMatching.limits)
      try engine.match(workbook, size, tx)
    }
  }

  func words(for failure: JobFailure) -> String? {
    switch failure {
    case .error(let error): deliveryMessage(error)
    case .brokenOff: "比对时程序中断，没有留下任何数据，请重新上传"
    case .accountGone: nil
    }
  }

  func release(_ job: JobOrder) {
    if let path = job.terms["path"] { unlink(path) }
  }
}

/// Lays the answers of a delivery beside those in force once more.
struct DeliveryAssessJob: DeliveryJob {
  static let name = "delivery_assess"
  static let title = "核对报送的答复"
  static let working = DeliveryState.matching

  let keys: KeyRing

  func perform(_ job: JobContext) async throws {
    let engine = DeliveryEngine(job: job, keys: keys)
    try await job.finish { tx in try engine.assess(tx) }
  }
}

/// Lets a delivery come into force.
struct DeliveryCommitJob: DeliveryJob {
  static let name = "delivery_commit"
  static let title = "写入报送的答复"
  static let working = DeliveryState.committing
  static let afterDeath = JobDeath.givenUp

  let keys: KeyRing
  let onDone: DeliveryDone

  func perform(_ job: JobContext) async throws {
    let engine = DeliveryEngine(job: job, keys: keys)
    let reason = job.order.terms["reason"]
    try await job.finish { tx in try engine.commit(reason, tx) }
    await onDone(job.subject(), job.actor)
  }

  func words(for failure: JobFailure) -> String? {
    switch failure {
    case .error(let error): deliveryMessage(error)
    case .brokenOff: "写入时程序中断，没有写入任何答复，请重新确认"
    case .accountGone: nil
    }
  }
}

func deliveryHead(_ id: DeliveryID) -> Query<DeliveryHead> {
  Query("SELECT \(DeliveryHead.columns) FROM deliveries WHERE id = \(id)")
}
