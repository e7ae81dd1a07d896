import CLibPQ

extension Connection {
  /// BEGIN and the settings of the context, in one round trip.
  func begin(_ command: SQL, _ context: TransactionContext) throws {
    _ = try pipeline([command, context.sql].compactMap(\.self))
  }

  /// One query in a transaction of its own, read-only as ``SessionSettings`` have it: everything in one round
  /// trip, without BEGIN and COMMIT. What is sent up to a synchronisation point is one transaction, and so the
  /// settings of the context hold for the query and end with it.
  func fetch(_ query: SQL, _ context: TransactionContext) throws -> ResultSet {
    guard let result = try pipeline([context.sql, query].compactMap(\.self)).last else {
      throw lost()
    }
    return result
  }

  /// Sends the statements at once, and waits once for all of them.
  ///
  /// - Returns: the rows that they brought, in their order.
  private func pipeline(_ sent: [SQL]) throws -> [ResultSet] {
    if statements.needsReset {
      try simple("DEALLOCATE ALL")
      statements.reset()
    }
    let texts = try sent.map { try $0.checkedText() }
    guard !isLost, PQenterPipelineMode(handle) == 1 else { throw lost() }
    var isSent = true
    var prepared: [(StatementCache.Key, StatementCache.Statement)] = []
    for (sql, text) in zip(sent, texts) {
      isSent = try isSent && send(sql, text, &prepared)
    }
    guard isSent, PQpipelineSync(handle) == 1 else { throw lost() }
    let results = try finishPipeline()
    for (key, statement) in prepared {
      if let evicted = statements.insert(statement, for: key) {
        try simple("DEALLOCATE \(evicted)")
      }
    }
    return results
  }

  private func lost() -> PostgresError {
    breakOff()
    return PostgresError(.connectionLost)
  }

  private func send(
    _ sql: SQL, _ text: String, _ prepared: inout [(StatementCache.Key, StatementCache.Statement)]
  ) throws -> Bool {
    let key = StatementCache.Key(text: text, types: sql.parameters.map(\.type))
    let handle = handle
    let statement: StatementCache.Statement
    if let known = statements.find(key) {
      statement = known
    } else {
      statement = statements.newStatement()
      prepared.append((key, statement))
      let count = Int32(key.types.count)
      guard PQsendPrepare(handle, statement.name, key.text, count, key.types) == 1 else {
        return false
      }
    }
    return try sql.parameters.withLibPQ { values, lengths, formats in
      PQsendQueryPrepared(
        handle, statement.name, Int32(sql.parameters.count), values, lengths, formats, 0)
    } == 1
  }

  /// Reads all results up to the synchronisation point; throws the first error among them.
  private func finishPipeline() throws -> [ResultSet] {
    var results: [ResultSet] = []
    var error: PostgresError?
    var isSynchronised = false
    var endings = 0
    while !isSynchronised {
      guard let result = PQgetResult(handle) else {
        // One nil ends the results of a command; two mean that libpq has given up waiting for more.
        endings += 1
        if endings > 1 || PQstatus(handle) == CONNECTION_BAD { throw lost() }
        continue
      }
      endings = 0
      if PQresultStatus(result) == PGRES_TUPLES_OK {
        results.append(ResultSet(handle: result, columns: Columns(result)))
        continue
      }
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_PIPELINE_SYNC: isSynchronised = true
      case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE: error = error ?? failure(result)
      default: break
      }
      if isLost { throw lost() }
    }
    guard PQexitPipelineMode(handle) == 1 else { throw lost() }
    if let error { throw error }
    return results
  }

  /// Commits, or throws: after an error nothing has been stored, but for `.commitUnknown`.
  func commit() throws {
    guard !isLost else { throw PostgresError(.connectionLost) }
    guard isInTransaction else {
      let isFailed = PQtransactionStatus(handle) == PQTRANS_INERROR
      rollback()
      throw PostgresError(
        isFailed ? .transactionFailed : .misuse("the closure ended its own transaction"))
    }
    do {
      try simple("COMMIT")
    } catch let error as PostgresError where error.kind == .connectionLost {
      throw PostgresError(.commitUnknown)
    }
  }

  /// Rolls back; a connection that cannot even do that is given up, and the server rolls back.
  func rollback() {
    if isLost || isIdle { return }
    do { try simple("ROLLBACK") } catch { breakOff() }
    if !isIdle { breakOff() }
  }
}
