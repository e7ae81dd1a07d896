public import Domain
import Foundation
public import Postgres

/// A program, as the jobs know it.
public struct JobProgram: Sendable {
  /// Tells it from any other.
  public let id = UUID().uuidString
  /// Whether it does its own jobs alone.
  public let isCommand: Bool

  public init(isCommand: Bool = false) { self.isCommand = isCommand }

  /// Where the jobs are done that this program enters; nil for wherever there is time.
  public var home: String? { isCommand ? id : nil }
}

/// A job about to be entered.
public struct NewJob: Sendable {
  let kind: any JobKind.Type
  let subject: Int64?
  let lane: String
  let home: String?
  let expected: Int?
  let terms: [String: String]

  /// - Parameters:
  ///   - subject: the row that it is about.
  ///   - lane: nil for the kind's own.
  ///   - home: the program that alone may do it.
  ///   - expected: how much there is to do, as far as is known before it begins.
  ///   - terms: what it is told besides; dropped as soon as it is over.
  ///   - origin: the request that asked for it, where the audit log is to name it.
  public init(
    _ kind: any JobKind.Type, of subject: (any RecordID)? = nil, lane: String? = nil,
    home: String? = nil, expected: Int? = nil, terms: [String: String] = [:],
    by origin: AuditOrigin? = nil
  ) {
    self.kind = kind
    self.subject = subject?.rawValue
    self.lane = lane ?? kind.lane
    self.home = home
    self.expected = expected
    guard case .staff(_, let address, let reference, _) = origin else {
      self.terms = terms
      return
    }
    self.terms = terms.merging(["address": address, "reference": reference]) { $1 }
  }
}

extension Transaction {
  /// Enters a job that waits to be done in somebody's name, in an area of theirs. It is heard of when this
  /// transaction commits.
  public func enter(_ job: NewJob, as actor: Principal, in area: AreaCode) throws {
    try execute(
      """
      INSERT INTO jobs (kind, subject, area, account_id, lane, home, expected, terms)
      VALUES (\(job.kind.name), \(optional: job.subject), \(area), \(actor.accountID), \(job.lane),
        \(optional: job.home), \(optional: job.expected), \(try job.terms.json)::jsonb)
      """)
  }

  /// Asks what works on a row to stop, or what waits not to begin.
  public func cancelJobs(_ kinds: [any JobKind.Type], of subject: some RecordID) throws {
    try execute(
      """
      UPDATE jobs SET cancel_asked_at = now()
      WHERE subject = \(subject.rawValue) AND kind = ANY(\(list: kinds.map { $0.name }))
        AND state IN ('waiting', 'running')
      """)
  }
}

/// A column of the job of these kinds that works on a row, or waits to; NULL when none does.
///
/// - Parameters:
///   - column: of `jobs`.
///   - subject: the row's id, as the query around it says it.
public func jobColumn(
  _ column: StaticString, of kinds: [any JobKind.Type], _ subject: StaticString
) -> SQL {
  """
  (SELECT j.\(raw: column) FROM jobs j
   WHERE j.subject = \(raw: subject) AND j.kind = ANY(\(list: kinds.map { $0.name }))
     AND j.state IN ('waiting', 'running') ORDER BY j.id DESC LIMIT 1)
  """
}

extension [String: String] {
  var json: String {
    get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
  }

  init(json: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
  }
}
