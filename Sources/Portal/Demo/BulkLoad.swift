import Postgres

/// Loads tables faster than row by row: foreign keys and secondary indexes are taken off, and put
/// back (and so checked, all rows at once) when the rows are in. One transaction, so nobody sees it.
///
/// Triggers rest meanwhile: what they would write is loaded with the rest.
///
/// For empty tables of a new database only: it locks them.
struct BulkLoad {
  private let tables: [String]
  private let restore: [String]

  private struct Definition: RowDecodable {
    let drop: String
    let create: String

    init(_ row: Row) throws {
      drop = try row("drop")
      create = try row("create")
    }
  }

  /// Takes constraints and indexes off, and row-level security off the owner, which COPY needs.
  init(_ tables: [String], in tx: Transaction) throws {
    self.tables = tables
    let definitions = try tx.all(Self.foreignKeys(of: tables)) + tx.all(Self.indexes(of: tables))
    for definition in definitions { try tx.script(definition.drop) }
    for table in tables {
      try tx.script(
        "ALTER TABLE \(table) NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER USER")
    }
    restore = definitions.reversed().map(\.create)
  }

  /// Puts everything back.
  func finish(in tx: Transaction) throws {
    try tx.script("SET LOCAL maintenance_work_mem = '256MB'")
    for statement in restore { try tx.script(statement) }
    for table in tables {
      try tx.script("ALTER TABLE \(table) FORCE ROW LEVEL SECURITY, ENABLE TRIGGER USER")
    }
    for table in try tx.all(Self.withSequences(tables)) {
      try tx.script(
        "SELECT setval(pg_get_serial_sequence('\(table)', 'id'), COALESCE(max(id), 1)) FROM \(table)"
      )
    }
  }

  private static func withSequences(_ tables: [String]) -> Query<String> {
    Query(
      """
      SELECT attrelid::regclass::text FROM pg_attribute
      WHERE attrelid = ANY (\(tables)::regclass[]) AND attname = 'id' AND attidentity <> ''
      """)
  }

  /// Names are quoted by the server's own `format`.
  private static func foreignKeys(of tables: [String]) -> Query<Definition> {
    Query(
      """
      SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
        format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
          pg_get_constraintdef(oid)) AS create
      FROM pg_constraint
      WHERE contype = 'f' AND conrelid = ANY (\(tables)::regclass[])
      ORDER BY oid
      """)
  }

  private static func indexes(of tables: [String]) -> Query<Definition> {
    Query(
      """
      SELECT format('DROP INDEX %s', indexrelid::regclass) AS drop,
        pg_get_indexdef(indexrelid) AS create
      FROM pg_index
      WHERE indrelid = ANY (\(tables)::regclass[])
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
      ORDER BY indexrelid
      """)
  }
}
