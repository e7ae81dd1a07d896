import Domain
import Foundation
import Ground
import Pages
import Postgres

/// One line of the audit log.
struct AuditLine: Sendable {
  let id: AuditEventID
  let at: Date
  let origin: String
  let account: String?
  let role: Role?
  let areaName: String
  let address: String?
  let action: String
  let entity: String
  let entityID: String?
  let result: String
  let reference: String?
  /// What stood behind the account, as the database found it.
  let proof: String?
}

/// A line with what the row was before and after.
struct AuditDetail: Sendable {
  let line: AuditLine
  let before: String?
  let after: String?
}

/// Which events are asked for.
struct AuditFilter: Sendable {
  var account: String?
  var action: AuditAction?
  var from: Day?
  var to: Day?
  /// The id that the page before ended with.
  var before: AuditEventID?

  static let pageSize = 50
  /// The years 2000 to 2099: no day outside has events, and the database knows not all of them.
  static let days = Day(number: 10_957)...Day(number: 47_481)
  /// Counting stops here: the log only ever grows.
  static let countLimit = 10_000

  fileprivate var conditions: SQL {
    var all: [SQL] = ["true"]
    if let account { all.append("e.account = \(account)") }
    if let action { all.append("e.action = ANY(\(list: action.codes)::text[])") }
    if let from { all.append("e.at >= \(ShanghaiTime.date(on: from))") }
    if let to { all.append("e.at < \(ShanghaiTime.date(on: to + 1))") }
    return all.joined(separator: " AND ")
  }
}

/// The newest first; one more than a page, to know whether there is a next one, or all.
func auditLines(
  _ filter: AuditFilter, limit: Int? = AuditFilter.pageSize + 1
) -> Query<AuditLine> {
  Query(
    """
    SELECT \(auditColumns) FROM audit_events e JOIN areas ar ON ar.code = e.area
    WHERE \(filter.conditions) AND (\(optional: filter.before)::bigint IS NULL OR e.id < \(optional: filter.before))
    ORDER BY e.id DESC \(limited(to: limit))
    """
  ) { try AuditLine($0) }
}

func auditCount(_ filter: AuditFilter) -> Query<Int> {
  Query(
    """
    SELECT count(*) FROM (SELECT FROM audit_events e WHERE \(filter.conditions)
      LIMIT \(constant: AuditFilter.countLimit + 1)) AS counted
    """)
}

func auditDetail(_ id: AuditEventID) -> Query<AuditDetail> {
  Query(
    """
    SELECT \(auditColumns), e.before::text, e.after::text
    FROM audit_events e JOIN areas ar ON ar.code = e.area WHERE e.id = \(id)
    """
  ) { row in
    AuditDetail(line: try AuditLine(row), before: try row("before"), after: try row("after"))
  }
}

/// What one day brought.
struct AuditDay: Sendable {
  let all: Int
  let failedSignIns: Int
  let byAdministrators: Int
  /// Accounts that saw so many whole numbers that they were slowed down.
  let manyReveals: Int
}

func auditDay(_ day: Day) -> Query<AuditDay> {
  Query(
    """
    SELECT count(*) AS all_events,
      count(*) FILTER (WHERE action = ANY(\(list: AuditAction.signIn.codes)::text[]) AND result = 'failed') AS failed_sign_ins,
      count(*) FILTER (WHERE role IN ('system_admin', 'security_admin', 'audit_admin'))
        AS by_administrators,
      count(DISTINCT account_id) FILTER (WHERE action = 'person.reveal_many') AS many_reveals
    FROM audit_events
    WHERE at >= \(ShanghaiTime.date(on: day)) AND at < \(ShanghaiTime.date(on: day + 1))
    """
  ) { row in
    AuditDay(
      all: try row("all_events"), failedSignIns: try row("failed_sign_ins"),
      byAdministrators: try row("by_administrators"), manyReveals: try row("many_reveals"))
  }
}

private let auditColumns: SQL = """
  e.id, e.at, e.origin, e.account, e.role, ar.name AS area_name, e.address, e.action, e.entity,
  e.entity_id, e.result, e.reference, e.proof
  """

extension AuditLine: RowDecodable {
  package init(_ row: Row) throws {
    id = try row("id")
    at = try row("at")
    origin = try row("origin")
    account = try row("account")
    role = try row("role")
    areaName = try row("area_name")
    address = try row("address")
    action = try row("action")
    entity = try row("entity")
    entityID = try row("entity_id")
    result = try row("result")
    reference = try row("reference")
    proof = try row("proof")
  }
}
