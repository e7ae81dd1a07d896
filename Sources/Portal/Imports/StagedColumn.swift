import Domain
import Postgres

/// A column of `import_rows` that the rows of a file fill, said once: from it come the staging table, what COPY
/// writes, whether the register differs, how the difference is shown, and what is written into the register's column
/// of the same name.
struct StagedColumn<Source>: Sendable {
  let name: StaticString
  let type: StaticString
  /// What the register takes over; nil where a row is only known again by the column.
  let value: Value?
  let write: @Sendable (Source, inout CopyFields) throws -> Void

  struct Value: Sendable {
    /// Whether the register keeps what it has where a cell is empty.
    var keepsWhenEmpty = false
    /// What a new row gets where the cell is empty; NULL by itself.
    var standard: StaticString?
    /// Nil for what changes along with another column and is not compared.
    var shown: Shown?
  }

  /// How a change is shown to people.
  struct Shown: Sendable {
    let title: String
    var text: @Sendable (String) -> String = plain
    /// The texts that stand for the old and the new value, where the values themselves are not to be seen.
    var old: SQL?
    var new: SQL?
  }

  /// A column by which a row is known again.
  init(
    key name: StaticString, _ type: StaticString,
    write: @escaping @Sendable (Source, inout CopyFields) throws -> Void
  ) {
    self.name = name
    self.type = type
    value = nil
    self.write = write
  }

  /// A column that the register takes over.
  init(
    _ name: StaticString, _ type: StaticString, keepsWhenEmpty: Bool = false,
    standard: StaticString? = nil, shown: Shown? = nil,
    write: @escaping @Sendable (Source, inout CopyFields) throws -> Void
  ) {
    self.name = name
    self.type = type
    value = Value(keepsWhenEmpty: keepsWhenEmpty, standard: standard, shown: shown)
    self.write = write
  }
}

/// The columns of one kind of sheet, in the order of COPY.
struct StagedColumns<Source>: Sendable {
  /// What queries call the register's table; `import_rows` is always `r`.
  let table: SQL
  let columns: [StagedColumn<Source>]

  init(_ table: SQL, _ columns: [StagedColumn<Source>]) {
    self.table = table
    self.columns = columns
  }

  var names: [StaticString] { columns.map(\.name) }

  /// As `CREATE TABLE` has them.
  var declarations: String { columns.map { "\($0.name) \($0.type)" }.joined(separator: ", ") }

  func write(_ source: Source, into fields: inout CopyFields) throws {
    for column in columns { try column.write(source, &fields) }
  }

  /// Whether a row differs from what the register holds.
  var changed: SQL {
    let compared = shown.map { column, _ in
      "\(old(column)) IS DISTINCT FROM \(new(column))" as SQL
    }
    return "(\(compared.joined(separator: " OR ")))"
  }

  /// Old and new values as two arrays of texts, for ``StagedChange``.
  var texts: SQL {
    let before = shown.map { $1.old ?? "COALESCE(\(old($0))::text, '')" }
    let after = shown.map { $1.new ?? "COALESCE(\(new($0))::text, '')" }
    return """
      ARRAY[\(before.joined(separator: ", "))] AS old,
        ARRAY[\(after.joined(separator: ", "))] AS new
      """
  }

  /// What stands at the places of ``texts``.
  var fields: [(name: String, shown: (String) -> String)] { shown.map { ($1.title, $1.text) } }

  /// `SET` of an update.
  var assignments: SQL {
    values.map { column, _ in "\(raw: column.name) = \(new(column))" as SQL }
      .joined(separator: ", ")
  }

  /// The columns of an INSERT, and what they get.
  var inserted: SQL { values.map { "\(raw: $0.0.name)" as SQL }.joined(separator: ", ") }
  var insertedValues: SQL {
    values.map { column, value -> SQL in
      guard let standard = value.standard else { return "r.\(raw: column.name)" }
      return "COALESCE(r.\(raw: column.name), \(raw: standard))"
    }.joined(separator: ", ")
  }

  private var values: [(StagedColumn<Source>, StagedColumn<Source>.Value)] {
    columns.compactMap { column in column.value.map { (column, $0) } }
  }

  private var shown: [(StagedColumn<Source>, StagedColumn<Source>.Shown)] {
    columns.compactMap { column in column.value?.shown.map { (column, $0) } }
  }

  private func old(_ column: StagedColumn<Source>) -> SQL { "\(table).\(raw: column.name)" }

  private func new(_ column: StagedColumn<Source>) -> SQL {
    column.value?.keepsWhenEmpty == true
      ? "COALESCE(r.\(raw: column.name), \(old(column)))" : "r.\(raw: column.name)"
  }
}
