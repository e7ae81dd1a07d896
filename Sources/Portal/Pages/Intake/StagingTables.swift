public import Postgres

extension Transaction {
  /// Makes a staging table ready for the statements that ask of it, once a statement has filled it.
  ///
  /// A temporary table has no statistics before it is analysed, and after an UPDATE those of before: a column that was
  /// empty then is taken to be empty still, and every join over it becomes a loop within a loop. Statistics alone do
  /// not do: under row-level security the planner takes the register's own tables for a two-hundredth of what they
  /// are. With an index a loop stays linear.
  ///
  /// - Parameters:
  ///   - columns: that plans depend on, with commas between them; all where it is nil.
  ///   - indexes: each with its columns, as in `CREATE INDEX ON table (…)`: all that any later statement asks for, made
  ///     before a row is changed. Where an UPDATE found room for a new version beside the old one (a HOT update),
  ///     PostgreSQL leaves an index that is made afterwards unused until that transaction is over
  ///     (`pg_index.indcheckxmin`), and every loop over it goes through the whole table.
  public func settle(
    _ table: StaticString, _ columns: StaticString? = nil, indexes: [StaticString] = []
  ) throws {
    let made = indexes.map { "CREATE INDEX ON \(table) (\($0)); " }.joined()
    try script("\(made)ANALYZE \(table)\(columns.map { " (\($0))" } ?? "")")
    #if DEBUG
      let unused = try all(
        Query<String>(
          """
          SELECT indexrelid::regclass::text FROM pg_index
          WHERE indcheckxmin AND indrelid = to_regclass(\("\(table)"))
          """))
      precondition(unused.isEmpty, "made after an UPDATE, and so not used: \(unused)")
    #endif
  }
}
