public import Domain
public import Foundation
public import Postgres

/// Where the things of a workflow stand, and where their history does.
public struct StepTable<
  Flow: Workflow, ID: RecordID & PostgresEncodable & PostgresDecodable
>: Sendable {
  /// Has the columns `id`, `area` and `version`.
  let name: StaticString
  let history: StepHistory?
  /// The condition on a row that it is in this state.
  let isIn: @Sendable (Flow.State) -> SQL
  /// What makes the state another, as one assignment; nil where the columns that change with it do.
  let becomes: (@Sendable (Flow.State) -> SQL)?

  /// A table whose state is the column `state`.
  public init(_ name: StaticString, history: StepHistory? = nil) {
    self.name = name
    self.history = history
    isIn = { "state = \($0.rawValue)" }
    becomes = { "state = \($0.rawValue)" }
  }

  /// A table whose state follows from other columns.
  public init(
    _ name: StaticString, history: StepHistory? = nil,
    isIn: @escaping @Sendable (Flow.State) -> SQL
  ) {
    self.name = name
    self.history = history
    self.isIn = isIn
    becomes = nil
  }

  /// The history of a thing, the oldest first.
  ///
  /// - Parameter version: of the thing as somebody saw it, for what has happened since. Every entry but
  ///   notes beside the way raises the version by one, so this may begin with an entry that was seen; it
  ///   never leaves one out.
  public func events(of id: ID, sinceVersion version: Int? = nil) -> Query<StepEvent> {
    guard let history else {
      return Query(
        """
        SELECT now() AS at, '' AS account_name, '' AS action, NULL::text AS note WHERE false
        """)
    }
    let seen = version.map { max(0, $0 - 1 + history.entriesBefore) } ?? 0
    return Query(
      """
      SELECT at, account_name, action, note FROM \(raw: history.table)
      WHERE \(raw: history.key) = \(id) ORDER BY id OFFSET \(seen)
      """)
  }
}

/// The table in which the history of things is kept, one entry a row, never changed.
public struct StepHistory: Sendable {
  let table: StaticString
  /// The column that says of which thing.
  let key: StaticString
  /// Whether it has the column `area`; otherwise it is seen with its thing.
  let hasArea: Bool
  /// Whether it has the columns `from_state` and `to_state`.
  let hasStates: Bool
  /// How many entries a thing has that nothing has happened to yet: 1 where its beginning is one.
  let entriesBefore: Int

  public init(
    _ table: StaticString, of key: StaticString, hasArea: Bool = true, hasStates: Bool = true,
    entriesBefore: Int = 1
  ) {
    self.table = table
    self.key = key
    self.hasArea = hasArea
    self.hasStates = hasStates
    self.entriesBefore = entriesBefore
  }
}

/// An entry in the history of a thing.
public struct StepEvent: RowDecodable {
  public let at: Date
  public let accountName: String
  /// The raw value of the workflow's action, or the name of a change that is no step.
  public let action: String
  public let note: String?

  public init(_ row: Row) throws {
    at = try row("at")
    accountName = try row("account_name")
    action = try row("action")
    note = try row("note")
  }
}
