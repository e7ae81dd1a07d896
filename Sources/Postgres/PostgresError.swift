/// What can go wrong between the portal and its database.
///
/// `description` is safe to log: it holds names of the schema and SQLSTATE, never data.
public struct PostgresError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: Sendable, Equatable {
    /// The server refused a statement.
    case server(ServerError)
    /// The connection was lost before COMMIT was sent: nothing has been stored.
    case connectionLost
    /// The connection was lost during COMMIT: stored or not, nobody knows.
    case commitUnknown
    /// No connection to the server; the reason is libpq's, about hosts and logins only.
    case unavailable(reason: String)
    /// Every worker stayed busy for the whole of the wait limit.
    case poolBusy
    /// Text with a NUL character, which PostgreSQL cannot store.
    case nulByte
    /// A cell that is missing, NULL or not of the type.
    case decoding(column: String, type: String)
    /// `one` found no row.
    case noRow
    /// `one` or `first` found several rows.
    case tooManyRows
    /// The `Database` has been closed.
    case closed
    /// A statement failed earlier in this transaction and the closure went on as if it had not; the
    /// transaction was rolled back.
    case transactionFailed
    /// A database that the portal cannot work with, such as one whose encoding is not UTF-8.
    case unsuitable(String)
    /// The program uses the client wrongly.
    case misuse(String)
  }

  /// An error as the server reported it, as typed values.
  public struct ServerError: Sendable, Equatable {
    /// Five characters, such as `23505`.
    public var sqlState: String
    /// `ERROR`, `FATAL` or `PANIC`.
    public var severity: String
    public var constraint: String?
    public var table: String?
    public var column: String?
    /// The primary message. It may quote data: show it to nobody and keep it out of logs.
    public var message: String
    /// Where in the statement, counted in characters from 1.
    public var position: Int?
  }

  public let kind: Kind

  public init(_ kind: Kind) { self.kind = kind }

  /// The server's error, if it was one.
  public var server: ServerError? {
    if case .server(let error) = kind { error } else { nil }
  }

  /// SQLSTATE, if the server reported one.
  public var sqlState: String? { server?.sqlState }

  /// Whether a unique constraint or index refused the row; of this name, if one is given.
  public func isUniqueViolation(_ constraint: String? = nil) -> Bool {
    violates("23505", constraint)
  }

  /// Whether a foreign key refused the row; of this name, if one is given.
  public func isForeignKeyViolation(_ constraint: String? = nil) -> Bool {
    violates("23503", constraint)
  }

  /// Whether a CHECK refused the row; of this name, if one is given.
  public func isCheckViolation(_ constraint: String? = nil) -> Bool {
    violates("23514", constraint)
  }

  private func violates(_ state: String, _ constraint: String?) -> Bool {
    guard let server, server.sqlState == state else { return false }
    return constraint == nil || server.constraint == constraint
  }

  /// Whether the statement ran into the statement timeout.
  public var isTimeout: Bool { sqlState == "57014" }

  /// Whether the same transaction may succeed when it is run again: a serialization failure or a
  /// deadlock.
  public var isRetryable: Bool { sqlState == "40001" || sqlState == "40P01" }

  /// Whether the database cannot be reached just now: a 503, to be tried again later.
  public var isUnavailable: Bool {
    switch kind {
    case .connectionLost, .commitUnknown, .unavailable, .poolBusy, .closed: true
    default: false
    }
  }

  public var description: String {
    switch kind {
    case .server(let error): error.summary
    case .connectionLost: "connection to the database lost"
    case .commitUnknown: "connection to the database lost during COMMIT"
    case .unavailable(let reason): "database unavailable: \(reason)"
    case .poolBusy: "every database worker is busy"
    case .nulByte: "text with a NUL character"
    case .decoding(let column, let type): "column \(column) does not decode: expected \(type)"
    case .noRow: "expected one row, found none"
    case .tooManyRows: "expected one row, found several"
    case .closed: "database closed"
    case .transactionFailed: "a statement failed earlier in the transaction; rolled back"
    case .unsuitable(let reason): "unsuitable database: \(reason)"
    case .misuse(let reason): reason
    }
  }
}

extension PostgresError.ServerError {
  /// Classes of SQLSTATE whose messages speak of the schema or the server, never of a value.
  private static let dataFreeClasses: Set<String> = [
    "08", "0A", "25", "28", "2B", "3D", "3F", "40", "42", "53", "54", "55", "57", "58",
  ]

  var summary: String {
    var text = "server error \(sqlState)"
    for (label, value) in [("constraint", constraint), ("table", table), ("column", column)] {
      if let value { text += ", \(label) \(value)" }
    }
    if Self.dataFreeClasses.contains(String(sqlState.prefix(2))) { text += ": \(message)" }
    return text
  }
}
