/// Settings that hold for one transaction, such as who acts and in which area; row-level security
/// reads them with `current_setting`. They are sent with BEGIN in one round trip, and gone after it.
public struct TransactionContext: Sendable, Equatable {
  /// `SELECT set_config(…), …`, or nil for no settings.
  let sql: SQL?

  /// No settings.
  public static let none = TransactionContext([:])

  private init(sql: SQL?) { self.sql = sql }

  /// Names as PostgreSQL wants them: for settings of an application with a dot, `portal.area`.
  public init(_ settings: KeyValuePairs<String, String>) {
    if settings.isEmpty {
      sql = nil
    } else {
      sql = "SELECT " + settings.map(Self.call).joined(separator: ", ")
    }
  }

  /// The same settings and one more.
  public func with(_ name: String, _ value: String) -> TransactionContext {
    let call = Self.call(name, value)
    return TransactionContext(sql: sql.map { $0 + ", " + call } ?? "SELECT " + call)
  }

  private static func call(_ name: String, _ value: String) -> SQL {
    "pg_catalog.set_config(\(name), \(value), true)"
  }
}

/// How much a transaction sees of others that run beside it.
public enum Isolation: Sendable {
  /// Every statement sees what was committed when it began.
  case readCommitted
  /// All statements see what was committed when the first one began.
  case repeatableRead
  /// As if transactions ran one after the other; may fail with a retryable error.
  case serializable

  var begin: SQL {
    switch self {
    case .readCommitted: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
    case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE"
    case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
    }
  }

  /// One snapshot for all queries of a page, so that its figures agree with each other.
  static let beginReading: SQL = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
}
