public import Domain
public import Foundation
public import Postgres
public import Web

/// Somebody who changes something, and where it is recorded.
public struct ActingPerson: Sendable {
  public let principal: Principal
  public let origin: AuditOrigin
  public let now: Date

  public init(_ principal: Principal, _ origin: AuditOrigin, at now: Date) {
    self.principal = principal
    self.origin = origin
    self.now = now
  }
}

extension WebRequest {
  /// The signed-in person, about to change something.
  public var actingPerson: ActingPerson {
    get throws { ActingPerson(try principal, try auditOrigin, at: now) }
  }
}

/// A thing as somebody saw it.
public struct SeenVersion<ID: RecordID>: Hashable, Sendable {
  public let id: ID
  public let version: Int

  public init(_ id: ID, version: Int) {
    self.id = id
    self.version = version
  }
}

/// A step about to be taken: of one thing, or of several together, all of them or none.
public struct StepTaking<
  Flow: Workflow, ID: RecordID & PostgresEncodable & PostgresDecodable
>: Sendable {
  let table: StepTable<Flow, ID>
  let things: [SeenVersion<ID>]
  let from: Flow.State
  let to: Flow.State
  /// As the history names it.
  let action: String
  let permission: Permission
  let needsSecondPerson: Bool
  let audit: AuditEvent
  /// What the history says beside the step.
  public var note: String?
  /// Further columns of the row that change, as assignments with commas between them.
  public var changes: SQL = .empty
  /// Further columns of the entry in the history.
  public var told: [(column: StaticString, value: SQL)] = []
  /// Who proposed or prepared it, where a second person is needed.
  public var firstPerson: AccountID?

  /// A step of the table of transitions.
  public init(
    _ transition: Flow.Transition, of things: [SeenVersion<ID>], in table: StepTable<Flow, ID>,
    audit: AuditEvent
  ) {
    self.table = table
    self.things = things
    (from, to) = (transition.from, transition.to)
    action = transition.action.rawValue
    permission = transition.permission
    needsSecondPerson = transition.needsSecondPerson
    self.audit = audit
  }

  /// A change that stands in the history and moves nothing, such as who works on it.
  public init(
    staying state: Flow.State, action: String, needs permission: Permission,
    of thing: SeenVersion<ID>, in table: StepTable<Flow, ID>, audit: AuditEvent
  ) {
    self.table = table
    things = [thing]
    (from, to) = (state, state)
    self.action = action
    self.permission = permission
    needsSecondPerson = false
    self.audit = audit
  }
}

/// Why somebody may not take a step.
public enum StepRefusal: Error, Equatable {
  case notPermitted
  /// Who proposed or prepared it may not take it.
  case samePerson
}

/// Somebody was faster. Thrown inside the transaction, which it takes back; a page answers it with 409.
public struct StepOvertaken: Error {
  /// The things that are not as they were seen, or are not there any more.
  public let things: [Int64]
  /// Who did what since, the oldest first; of one thing that has a history.
  public let since: [StepEvent]
}

extension Transaction {
  /// Takes a step: the rows as they were seen, an entry in the history of each, and one audit event; or
  /// nothing. The one place where people change a state of a
  /// workflow, but for imports and deliveries, whose steps enter or end a job in the same transaction.
  ///
  /// - Throws: ``StepRefusal``; ``StepOvertaken``; `WebError.notFound` where the thing is out of sight.
  public func take<Flow, ID>(_ step: StepTaking<Flow, ID>, by actor: ActingPerson) throws {
    guard actor.principal.may(step.permission) else { throw StepRefusal.notPermitted }
    if step.needsSecondPerson {
      // Where nobody is known to have gone before, nobody can be the second.
      guard let first = step.firstPerson, first != actor.principal.accountID else {
        throw StepRefusal.samePerson
      }
    }
    let moved = Set(try all(Query<ID>(step.statement(by: actor))))
    let left = step.things.map(\.id).filter { !moved.contains($0) }
    guard left.isEmpty else { throw try overtaken(step, left) }
    try audit(step.audit, by: actor.origin)
  }

  private func overtaken<Flow, ID>(
    _ step: StepTaking<Flow, ID>, _ left: [ID]
  ) throws -> any Error {
    let things = left.map(\.rawValue)
    guard step.things.count == 1, let thing = step.things.first else {
      return StepOvertaken(things: things, since: [])
    }
    let isThere = try one(
      Query<Bool>(
        "SELECT EXISTS (SELECT FROM \(raw: step.table.name) WHERE id = \(thing.id))"))
    guard isThere else { return WebError.notFound }
    return StepOvertaken(
      things: things,
      since: try all(step.table.events(of: thing.id, sinceVersion: thing.version)))
  }
}

extension StepTaking {
  /// Moves what is as it was seen, writes its history, and gives the ids.
  fileprivate func statement(by actor: ActingPerson) -> SQL {
    let state = table.becomes.map { $0(to) + ", " } ?? .empty
    let others = changes.isEmpty ? SQL.empty : changes + ", "
    return """
      WITH moved AS (
        UPDATE \(raw: table.name) AS t SET \(state)\(others)version = t.version + 1
        WHERE t.id = ANY(\(list: things.map(\.id))) AND \(table.isIn(from))
          AND (t.id, t.version) IN (
            SELECT s.id, s.version
            FROM unnest(\(list: things.map(\.id))::bigint[], \(list: things.map(\.version))::integer[])
              AS s (id, version))
        RETURNING t.id, t.area)\(table.history.map { ", told AS (" + entry(in: $0, by: actor) + ")" } ?? .empty)
      SELECT id FROM moved
      """
  }

  private func entry(in history: StepHistory, by actor: ActingPerson) -> SQL {
    let areaColumn: SQL = history.hasArea ? ", area" : .empty
    let stateColumns: SQL = history.hasStates ? ", from_state, to_state" : .empty
    let states: SQL = history.hasStates ? ", \(from.rawValue), \(to.rawValue)" : .empty
    let toldColumns = told.map { ", \(raw: $0.column)" as SQL }.reduce(SQL.empty, +)
    let toldValues = told.map { ", \($0.value)" as SQL }.reduce(SQL.empty, +)
    return """
      INSERT INTO \(raw: history.table)
        (\(raw: history.key), at, account_name, action, note\(stateColumns)\(toldColumns)\(areaColumn))
      SELECT id, \(actor.now)::timestamptz, \(actor.principal.displayName), \(action),
        \(optional: note)\(states)\(toldValues)\(areaColumn)
      FROM moved ORDER BY id
      """
  }
}
