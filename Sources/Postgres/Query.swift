/// SQL and how its rows are read. Written beside the row type it gives.
public struct Query<Output: Sendable>: Sendable {
  /// What is sent.
  public let sql: SQL
  let decode: @Sendable (Row) throws -> Output

  /// A query whose rows are read by `decode`.
  public init(_ sql: SQL, decode: @escaping @Sendable (Row) throws -> Output) {
    self.sql = sql
    self.decode = decode
  }
}

extension Query where Output: RowDecodable {
  /// A query whose rows read themselves.
  public init(_ sql: SQL) {
    self.init(sql) { row in try Output(row) }
  }
}

extension Query where Output: PostgresDecodable {
  /// A query of which the first column is wanted.
  public init(_ sql: SQL) {
    self.init(sql) { row in try row.first() }
  }
}
