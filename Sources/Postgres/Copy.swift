import CLibPQ

/// Takes the rows of a COPY … FROM STDIN; sends them in pieces of about 64 KiB.
public struct CopyWriter: ~Copyable {
  private let connection: Connection
  private var buffer: [UInt8] = []

  private static let pieceSize = 65_536

  fileprivate init(_ connection: Connection) {
    self.connection = connection
    buffer.reserveCapacity(Self.pieceSize + 4096)
  }

  /// Writes one row of a COPY in text format, in the order of the columns that it names; nil is NULL.
  ///
  /// - Throws: kind `.nulByte`, `.connectionLost`; what the server dislikes comes at the end.
  public mutating func row(_ values: (any PostgresEncodable)?...) throws {
    let start = buffer.count
    for (index, value) in values.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: "\t")) }
      if let value {
        value.writePostgresCopy(to: &buffer)
      } else {
        buffer += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
      }
    }
    guard !buffer[start...].contains(0) else { throw PostgresError(.nulByte) }
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.pieceSize { try flush() }
  }

  /// Writes bytes as they stand, such as a file that is in COPY's text or CSV format already.
  public mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
    buffer += bytes
    if buffer.count >= Self.pieceSize { try flush() }
  }

  /// Writes whole rows of a COPY in binary format.
  public mutating func write(_ rows: CopyFields) throws {
    try rows.bytes.withUnsafeBytes { try write($0) }
  }

  fileprivate mutating func flush() throws {
    if buffer.isEmpty { return }
    let status = buffer.withUnsafeBytes { bytes in
      PQputCopyData(
        connection.handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
        Int32(bytes.count))
    }
    guard status == 1 else {
      connection.breakOff()
      throw PostgresError(.connectionLost)
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

extension Transaction {
  /// Sends rows to `COPY table (columns) FROM STDIN`; the number of rows stored.
  ///
  /// If `body` throws, the COPY is abandoned, nothing of it is stored and the transaction has failed.
  @discardableResult
  public func copyIn(_ sql: StaticString, _ body: (inout CopyWriter) throws -> Void) throws -> Int {
    try copyIn(sql.description, body)
  }

  /// Sends rows in binary format to these columns of a table; the number of rows stored.
  ///
  /// If `body` throws, the COPY is abandoned, nothing of it is stored and the transaction has failed.
  @discardableResult
  public func copyIn(
    into table: StaticString, _ columns: [StaticString],
    _ body: (inout CopyWriter) throws -> Void
  ) throws -> Int {
    let names = columns.map(\.description).joined(separator: ", ")
    return try copyIn("COPY \(table) (\(names)) FROM STDIN (FORMAT binary)") { writer in
      try CopyFields.header.withUnsafeBytes { try writer.write($0) }
      try body(&writer)
      try CopyFields.trailer.withUnsafeBytes { try writer.write($0) }
    }
  }

  private func copyIn(_ sql: String, _ body: (inout CopyWriter) throws -> Void) throws -> Int {
    try checkUsable()
    try startCopy(sql, expecting: PGRES_COPY_IN)
    isCopying = true
    defer { isCopying = false }
    var writer = CopyWriter(connection)
    do {
      try body(&writer)
      try writer.flush()
    } catch {
      _ = PQputCopyEnd(connection.handle, "abandoned")
      _ = try? finishCopy()
      throw error
    }
    guard PQputCopyEnd(connection.handle, nil) == 1 else {
      connection.breakOff()
      throw PostgresError(.connectionLost)
    }
    return try finishCopy()
  }

  /// Gives what `COPY … TO STDOUT` sends, usually a row at a time, each with its newline. The bytes are
  /// valid only during the call. `sql` cannot have parameters.
  public func copyOut(_ sql: SQL, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try checkUsable()
    guard sql.parameters.isEmpty else {
      throw PostgresError(.misuse("COPY takes no parameters"))
    }
    try startCopy(sql.checkedText(), expecting: PGRES_COPY_OUT)
    isCopying = true
    defer { isCopying = false }
    var bytes: UnsafeMutablePointer<CChar>?
    while true {
      let length = PQgetCopyData(connection.handle, &bytes, 0)
      guard length > 0, let row = bytes else { break }
      defer { PQfreemem(row) }
      do {
        try body(UnsafeRawBufferPointer(start: row, count: Int(length)))
      } catch {
        // The rest of the rows is of no use, and reading them could take for ever.
        connection.breakOff()
        throw error
      }
    }
    _ = try finishCopy()
  }

  private func startCopy(_ sql: String, expecting status: ExecStatusType) throws {
    guard let result = PQexec(connection.handle, sql) else {
      connection.breakOff()
      throw PostgresError(.connectionLost)
    }
    guard PQresultStatus(result) == status else {
      _ = try connection.check(result, nil)
      throw PostgresError(.misuse("not a COPY of the right direction"))
    }
    PQclear(result)
  }

  /// Reads the final results of a COPY; the number of rows.
  private func finishCopy() throws -> Int {
    var affected = 0
    var failure: PostgresError?
    while let result = PQgetResult(connection.handle) {
      do {
        affected = try connection.check(result, nil).affected
      } catch let error as PostgresError {
        failure = failure ?? error
        if connection.isLost { break }
      }
    }
    if let failure { throw failure }
    return affected
  }
}
