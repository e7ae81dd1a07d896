public import Domain
import Foundation
public import Postgres

/// A job as the program sees it that has claimed it, or finds it left.
public struct JobOrder: RowDecodable, Sendable {
  static let columns: SQL = """
    id, kind, subject, area, account_id, lane, home, worker, is_begun, attempts, terms::text,
    cancel_asked_at IS NOT NULL AS is_cancelled
    """

  public let id: JobID
  public let kind: String
  /// The row that it is about; 0 when it is about none.
  public let subject: Int64
  public let area: AreaCode
  /// In whose name; nil for what the portal does for itself.
  let account: AccountID?
  let lane: String
  let home: String?
  /// The try that is under way.
  let worker: String?
  /// Whether that try has done anything yet, or was only claimed.
  let isBegun: Bool
  /// Tries so far, this one among them.
  public let attempts: Int
  public let terms: [String: String]
  let isCancelled: Bool
  /// Whether its program is taken to be dead; then nothing is done should it be heard of after all.
  var isLeft = false

  public init(_ row: Row) throws {
    id = try row("id")
    kind = try row("kind")
    subject = try row("subject", as: Int64?.self) ?? 0
    area = try row("area")
    account = try row("account_id")
    lane = try row("lane")
    home = try row("home")
    worker = try row("worker")
    isBegun = try row("is_begun")
    attempts = try row("attempts")
    terms = try row("terms", as: String?.self).map { try [String: String](json: $0) } ?? [:]
    isCancelled = try row("is_cancelled")
  }

  /// Holds as long as this try counts.
  var isOurs: SQL {
    let silence: SQL =
      isLeft
      ? "heard_at < now() - make_interval(secs => \(constant: JobStore.patience))" : "true"
    return """
      id = \(id) AND state IN ('waiting', 'running') AND attempts = \(attempts)
      AND worker IS NOT DISTINCT FROM \(optional: worker)::text AND \(silence)
      """
  }
}

extension Transaction {
  /// Ends a try of a job.
  ///
  /// - Throws: `JobProgress.Cancelled` when the try does not count any more: whatever else the transaction
  ///   has done is undone with it.
  func end(_ job: JobOrder, _ state: JobEnd, message: String? = nil, rows: Int? = nil) throws {
    let ended = try execute(
      """
      UPDATE jobs SET state = \(state.rawValue), worker = NULL, phase = NULL, terms = NULL,
        finished_at = now(), message = COALESCE(\(optional: message), message),
        done = COALESCE(\(optional: rows)::bigint, done)
      WHERE \(job.isOurs)
      """)
    guard ended == 1 else { throw JobProgress.Cancelled() }
  }

  /// Gives a job back, to be tried again; what a dead program has left, to any program.
  ///
  /// - Parameters:
  ///   - pause: seconds to wait before.
  ///   - counts: whether this try counts against the job.
  func giveBack(
    _ job: JobOrder, message: String?, pause: Double = 0, counts: Bool = true
  ) throws {
    let given = try execute(
      """
      UPDATE jobs SET state = 'waiting', worker = NULL, phase = NULL, heard_at = now(),
        attempts = attempts - CASE WHEN \(counts) THEN 0 ELSE 1 END,
        home = CASE WHEN \(job.isLeft) THEN NULL ELSE home END,
        not_before = now() + make_interval(secs => \(pause)),
        message = COALESCE(\(optional: message), message)
      WHERE \(job.isOurs)
      """)
    guard given == 1 else { throw JobProgress.Cancelled() }
  }
}

/// How a job ends.
enum JobEnd: String, Sendable {
  case done, failed, cancelled
}
