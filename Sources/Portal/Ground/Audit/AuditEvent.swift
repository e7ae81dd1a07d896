public import Domain
public import Foundation
public import Postgres
public import Web

/// What happened to a row, as the audit log keeps it. Personal fields are masked before they
/// come here.
public struct AuditEvent: Sendable {
  public enum Result: String, Sendable {
    case done, refused, failed
  }

  public var action: AuditAction
  public var entity: String
  public var entityID: String?
  public var before: [String: String]?
  public var after: [String: String]?
  public var result: Result = .done

  public init(
    action: AuditAction, entity: String, entityID: String? = nil, before: [String: String]? = nil,
    after: [String: String]? = nil, result: Result = .done
  ) {
    self.action = action
    self.entity = entity
    self.entityID = entityID
    self.before = before
    self.after = after
    self.result = result
  }
}

/// Who is behind an event, and what may be kept of them.
public enum AuditOrigin: Sendable {
  case staff(Principal, address: String, reference: String, at: Date)
  /// Somebody who failed to sign in under a name that is no account's. The name is not kept: it may
  /// be a password typed into the wrong field.
  case stranger(area: AreaCode, address: String, reference: String, at: Date)
  /// No address, no reference, no time finer than the hour.
  case citizen(area: AreaCode, at: Date)
  /// A command of the program, run by an operator.
  case command(String, area: AreaCode, at: Date)
}

extension WebRequest {
  /// The signed-in person as the origin of an event.
  public var auditOrigin: AuditOrigin {
    get throws {
      .staff(try principal, address: clientAddress.text, reference: id, at: now)
    }
  }
}

extension Transaction {
  /// Writes the event in this transaction: it stands or falls with what it records.
  public func audit(_ event: AuditEvent, by origin: AuditOrigin) throws {
    let row = AuditRow(origin)
    try execute(
      """
      INSERT INTO audit_events (at, origin, account_id, account, role, area, address, action, entity, entity_id,
        before, after, result, reference)
      VALUES (\(row.at), \(row.origin), \(optional: row.principal?.accountID), \(optional: row.account),
        \(optional: row.principal?.role), \(row.area), \(optional: row.address), \(event.action.code),
        \(event.entity), \(optional: event.entityID), \(optional: Self.json(event.before))::jsonb,
        \(optional: Self.json(event.after))::jsonb, \(event.result.rawValue), \(optional: row.reference))
      """)
  }

  private static func json(_ fields: [String: String]?) throws -> String? {
    guard let fields else { return nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // What people write as a reason may hold a number that has no place here.
    let masked = fields.mapValues(Masking.withoutResidentIDs)
    return String(decoding: try encoder.encode(masked), as: UTF8.self)
  }
}

/// The statement that writes one event of a signed-in person for every row of a query, to stand in a larger
/// statement that does its work for many at once.
///
/// - Parameter rows: a query that gives `at`, `address`, `entity_id`, `after` and `reference`.
public func auditInsertion(
  of action: AuditAction, _ entity: String, by principal: Principal, rows: SQL
) -> SQL {
  """
  INSERT INTO audit_events (at, origin, account_id, account, role, area, address, action, entity,
    entity_id, after, reference)
  SELECT r.at, 'staff', \(principal.accountID), \(principal.account), \(principal.role),
    \(principal.area), r.address, \(action.code), \(entity), r.entity_id, r.after, r.reference
  FROM (\(rows)) AS r
  """
}

/// An event as the program says it. Of people's events the database takes neither the time nor the name, the role or
/// the address from here, but from what it knows itself (`sql/0033_audit.sql`), and it numbers them.
private struct AuditRow {
  var at: Date
  var origin: String
  var principal: Principal?
  var account: String?
  var area: AreaCode
  var address: String?
  var reference: String?

  /// Stands for the name in the events of strangers; no account can be called so.
  static let strangerName = "（无此账号）"

  init(_ source: AuditOrigin) {
    switch source {
    case .staff(let principal, let address, let reference, let at):
      (self.at, origin, area) = (at, "staff", principal.area)
      (self.principal, account) = (principal, principal.account)
      (self.address, self.reference) = (address, reference)
    case .stranger(let area, let address, let reference, let at):
      (self.at, origin, self.area) = (at, "staff", area)
      (account, self.address, self.reference) = (Self.strangerName, address, reference)
    case .citizen(let area, let at):
      (self.at, origin, self.area) = (ShanghaiTime.truncatedToHour(at), "citizen", area)
    case .command(let name, let area, let at):
      (self.at, origin, account, self.area) = (at, "command", name, area)
    }
  }
}

/// Ids as the audit log keeps them.
public func idList<ID: RecordID>(_ ids: [ID]) -> String {
  ids.map(\.description).joined(separator: " ")
}
