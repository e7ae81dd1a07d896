import CLibPQ

/// One `PGconn`. Not Sendable: it is made, used and finished on one thread, and it blocks.
final class Connection {
  let handle: OpaquePointer
  let statements = StatementCache(capacity: 256)
  /// Set when the server or the protocol is in a state from which only a new connection helps.
  private var isBroken = false
  private var cursors = 0

  private init(_ handle: OpaquePointer) { self.handle = handle }

  /// Connects and checks that the database is one the portal can work with.
  static func open(_ connectionString: String, session: SessionSettings) throws -> Connection {
    let handle = try connect(connectionString, applicationName: session.applicationName)
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    let connection = Connection(handle)
    try connection.prepareSession(session)
    return connection
  }

  deinit { PQfinish(handle) }

  var isLost: Bool { isBroken || PQstatus(handle) == CONNECTION_BAD }
  var isInTransaction: Bool { PQtransactionStatus(handle) == PQTRANS_INTRANS }
  var isIdle: Bool { PQtransactionStatus(handle) == PQTRANS_IDLE }
  var socket: Int32 { PQsocket(handle) }

  /// A name that no other cursor of this connection has.
  func nextCursorName() -> String {
    cursors += 1
    return "portal_cursor_\(cursors)"
  }

  /// Gives the connection up: its worker opens another one.
  func breakOff() { isBroken = true }

  // MARK: Opening

  private static func connect(_ connectionString: String, applicationName: String) throws
    -> OpaquePointer
  {
    // Later keywords win: what the connection string says beats the first ones and not the last.
    let settings = [
      ("connect_timeout", "5"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
      ("keepalives_count", "3"), ("tcp_user_timeout", "30000"),
      ("fallback_application_name", applicationName), ("dbname", connectionString),
      ("client_encoding", "UTF8"),
    ]
    let handle = withCStrings(settings.map(\.0)) { keywords in
      withCStrings(settings.map(\.1)) { values in PQconnectdbParams(keywords, values, 1) }
    }
    guard let handle else { throw PostgresError(.unavailable(reason: "out of memory")) }
    guard PQstatus(handle) == CONNECTION_OK else {
      let reason = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
      PQfinish(handle)
      throw PostgresError(.unavailable(reason: oneLine(reason)))
    }
    return handle
  }

  private func prepareSession(_ session: SessionSettings) throws {
    let result = try simple(session.script)
    guard result.count == 1,
      let encoding = result.text(row: 0, column: 0)?.string,
      let locale = result.text(row: 0, column: 1)?.string
    else { throw PostgresError(.unsuitable("it does not tell its encoding")) }
    guard encoding == "UTF8" else {
      throw PostgresError(.unsuitable("its encoding is \(encoding), it has to be UTF8"))
    }
    guard locale != "C", locale != "POSIX" else {
      throw PostgresError(
        .unsuitable("its character type (LC_CTYPE) is \(locale), it has to be C.UTF-8 or the like"))
    }
  }

  // MARK: Statements

  /// Runs a statement, prepared once a connection.
  func run(_ sql: SQL) throws -> ResultSet {
    let statement = try prepare(sql)
    let handle = handle
    let result = try sql.parameters.withLibPQ { values, lengths, formats in
      PQexecPrepared(
        handle, statement.name, Int32(sql.parameters.count), values, lengths, formats, 0)
    }
    return try check(result, statement)
  }

  /// Runs a statement that is not worth preparing.
  func runOnce(_ sql: SQL) throws -> ResultSet {
    let handle = handle
    let text = try sql.checkedText()
    let types = sql.parameters.map(\.type)
    let result = try sql.parameters.withLibPQ { values, lengths, formats in
      PQexecParams(handle, text, Int32(types.count), types, values, lengths, formats, 0)
    }
    return try check(result, nil)
  }

  /// Runs several statements without parameters, by the simple protocol.
  @discardableResult
  func simple(_ script: String) throws -> ResultSet {
    guard !script.utf8.contains(0) else { throw PostgresError(.nulByte) }
    return try check(PQexec(handle, script), nil)
  }

  private func prepare(_ sql: SQL) throws -> StatementCache.Statement {
    let key = StatementCache.Key(text: try sql.checkedText(), types: sql.parameters.map(\.type))
    if let known = statements.find(key) { return known }
    let statement = statements.newStatement()
    _ = try check(
      PQprepare(handle, statement.name, key.text, Int32(key.types.count), key.types), nil)
    // Kept only now: a statement that does not prepare is not known to the server either.
    if let evicted = statements.insert(statement, for: key) {
      _ = try check(PQexec(handle, "DEALLOCATE \(evicted)"), nil)
    }
    return statement
  }

  /// The result, or the error it is.
  func check(_ result: OpaquePointer?, _ statement: StatementCache.Statement?) throws -> ResultSet {
    guard let result else {
      isBroken = true
      throw PostgresError(.connectionLost)
    }
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
      return ResultSet(handle: result, columns: statement?.columns(of: result) ?? Columns(result))
    case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
      PQclear(result)
      isBroken = true
      throw PostgresError(.misuse("COPY goes through copyIn and copyOut"))
    default:
      defer { PQclear(result) }
      throw failure(result)
    }
  }

  /// The error that a failed result stands for; notes what it means for the connection.
  func failure(_ result: OpaquePointer) -> PostgresError {
    let error = PostgresError.ServerError(result)
    // An error without SQLSTATE is libpq's own: it has lost the server or cannot follow it.
    if error.severity == "FATAL" || error.severity == "PANIC" || error.sqlState.isEmpty {
      isBroken = true
    }
    if isLost { return PostgresError(.connectionLost) }
    // A cached plan that must not change its type, or a statement somebody deallocated.
    if error.sqlState == "0A000" || error.sqlState == "26000" { statements.forgetAll() }
    return PostgresError(.server(error))
  }
}
