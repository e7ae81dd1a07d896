/// A transaction that is going on, on its worker's thread; valid only inside the closure it is given to.
///
/// Every call blocks that thread until the server has answered. After an error of the server the
/// transaction can only be rolled back, but for what runs inside `savepoint`.
public final class Transaction {
  let connection: Connection
  private var isOpen = true
  private var savepoints = 0
  /// While rows are being copied the connection can do nothing else.
  var isCopying = false

  init(_ connection: Connection) { self.connection = connection }

  /// Ends the validity of the object, not the transaction.
  func close() { isOpen = false }

  func checkUsable() throws {
    guard isOpen else { throw PostgresError(.misuse("transaction used outside its closure")) }
    guard !isCopying else { throw PostgresError(.misuse("transaction used during a COPY")) }
    guard !connection.isLost else { throw PostgresError(.connectionLost) }
  }

  /// All rows, decoded.
  public func all<Output>(_ query: Query<Output>) throws -> [Output] {
    try checkUsable()
    let result = try connection.run(query.sql)
    return try (0..<Int32(result.count)).map { index in
      try query.decode(Row(result: result, index: index))
    }
  }

  /// The one row there is.
  ///
  /// - Throws: kind `.noRow` or `.tooManyRows` if there is another number of rows.
  public func one<Output>(_ query: Query<Output>) throws -> Output {
    guard let output = try first(query) else { throw PostgresError(.noRow) }
    return output
  }

  /// The row, or nil if there is none.
  ///
  /// - Throws: kind `.tooManyRows` if there are several.
  public func first<Output>(_ query: Query<Output>) throws -> Output? {
    try checkUsable()
    let result = try connection.run(query.sql)
    guard result.count > 0 else { return nil }
    guard result.count == 1 else { throw PostgresError(.tooManyRows) }
    return try query.decode(Row(result: result, index: 0))
  }

  /// Runs a statement; the number of rows it affected, 0 for statements that have none.
  @discardableResult
  public func execute(_ sql: SQL) throws -> Int {
    try checkUsable()
    return try connection.run(sql).affected
  }

  /// Gives the rows one by one, however many there are, without holding them all in memory.
  ///
  /// They are fetched through a cursor, so the query has to be a SELECT or VALUES; the transaction can
  /// be used inside `body`, and `body` may stop early by throwing.
  public func forEach<Output>(_ query: Query<Output>, _ body: (Output) throws -> Void) throws {
    try checkUsable()
    let name = connection.nextCursorName()
    _ = try connection.runOnce(
      SQL(stringLiteral: "DECLARE \(name) NO SCROLL CURSOR FOR ") + query.sql)
    defer {
      // In a failed transaction there is nothing to close: rolling back does it.
      if connection.isInTransaction { _ = try? connection.simple("CLOSE \(name)") }
    }
    while true {
      let batch = try connection.simple("FETCH FORWARD 500 FROM \(name)")
      if batch.count == 0 { return }
      for index in 0..<Int32(batch.count) {
        try body(try query.decode(Row(result: batch, index: index)))
        try checkUsable()
      }
    }
  }

  /// Runs `body` so that an error inside it takes back only what `body` did; the error is rethrown.
  @discardableResult
  public func savepoint<T>(_ body: () throws -> T) throws -> T {
    try checkUsable()
    savepoints += 1
    let name = "portal_savepoint_\(savepoints)"
    try connection.simple("SAVEPOINT \(name)")
    do {
      let value = try body()
      try connection.simple("RELEASE SAVEPOINT \(name)")
      return value
    } catch {
      if !connection.isLost {
        try connection.simple("ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)")
      }
      throw error
    }
  }

  /// Runs the text of a script, several statements without parameters. For migrations and set-up
  /// only: nothing in it is bound.
  public func script(_ text: String) throws {
    try checkUsable()
    try connection.simple(text)
  }
}
