import CLibPQ

/// One row of a result; a decoder reads its cells by name: `try row("area")`.
public struct Row {
  private let result: ResultSet
  private let index: Int32

  init(result: ResultSet, index: Int32) {
    self.result = result
    self.index = index
  }

  /// The cell of a column.
  ///
  /// - Throws: `PostgresError` of kind `.decoding`, which names the column and the type but never the
  ///   value, if the column is missing or ambiguous, NULL for a type that is not optional, or holds
  ///   something else.
  @inlinable
  public func callAsFunction<T: PostgresDecodable>(_ column: String, as type: T.Type = T.self)
    throws -> T
  {
    let value = try text(column).map(T.init(postgresText:)) ?? T.postgresNull
    guard let value else { throw Self.mismatch(column, T.postgresTypeName) }
    return value
  }

  /// The first cell of the row, whatever its name.
  func first<T: PostgresDecodable>(as type: T.Type = T.self) throws -> T {
    let value = result.text(row: index, column: 0).map(T.init(postgresText:)) ?? T.postgresNull
    guard let value else {
      throw Self.mismatch(result.columns.names.first ?? "", T.postgresTypeName)
    }
    return value
  }

  @usableFromInline
  func text(_ column: String) throws -> PostgresText? {
    guard let number = result.number(of: column) else {
      throw PostgresError(.decoding(column: column, type: "one column of that name"))
    }
    return result.text(row: index, column: number)
  }

  @usableFromInline
  static func mismatch(_ column: String, _ type: String) -> PostgresError {
    PostgresError(.decoding(column: column, type: type))
  }
}

/// A type that reads itself from a row.
public protocol RowDecodable: Sendable {
  init(_ row: Row) throws
}

/// The names of a statement's columns, looked up once for all its results.
final class Columns {
  let names: [String]
  /// Decoders read columns in the order of the SELECT, so the next one is tried first.
  private var expected = 0
  private let hasDuplicates: Bool

  init(_ result: OpaquePointer) {
    names = (0..<PQnfields(result)).map { column in
      PQfname(result, column).map { String(cString: $0) } ?? ""
    }
    hasDuplicates = Set(names).count != names.count
  }

  func number(of name: String) -> Int32? {
    if expected < names.count, names[expected] == name, !hasDuplicates {
      defer { expected += 1 }
      return Int32(expected)
    }
    guard let index = names.firstIndex(of: name) else { return nil }
    if hasDuplicates, names[(index + 1)...].contains(name) { return nil }
    expected = index + 1
    return Int32(index)
  }
}

/// Owns a `PGresult`; lives on the thread of its connection.
final class ResultSet {
  let handle: OpaquePointer
  let columns: Columns

  init(handle: OpaquePointer, columns: Columns) {
    self.handle = handle
    self.columns = columns
  }

  deinit { PQclear(handle) }

  var count: Int { Int(PQntuples(handle)) }

  var affected: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

  func number(of column: String) -> Int32? { columns.number(of: column) }

  func text(row: Int32, column: Int32) -> PostgresText? {
    let start = PQgetvalue(handle, row, column)
    let length = Int(PQgetlength(handle, row, column))
    guard let start, length > 0 || PQgetisnull(handle, row, column) == 0 else { return nil }
    return start.withMemoryRebound(to: UInt8.self, capacity: length) {
      PostgresText(UnsafeBufferPointer(start: $0, count: length))
    }
  }
}
