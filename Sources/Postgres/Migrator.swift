/// Brings a schema up to date, forward only: numbered and checksummed steps, each in one transaction,
/// under one advisory lock, recorded in the table `schema_migrations`.
public struct Migrator: Sendable {
  /// In the order of their numbers.
  public let migrations: [Migration]

  /// An advisory lock that nothing else takes: "migrate" in ASCII.
  private static let lock: Int64 = 0x6d69_6772_6174_65

  /// The files `NNNN_name.sql` of a folder.
  public init(folder: String) throws {
    try self.init(Migration.load(folder: folder))
  }

  public init(_ migrations: [Migration]) throws {
    self.migrations = migrations.sorted { $0.number < $1.number }
    for (one, next) in zip(self.migrations, self.migrations.dropFirst())
    where one.number == next.number {
      throw MigrationError.duplicate(one.number)
    }
  }

  /// What a database has and lacks.
  public struct Status: Sendable, Equatable {
    /// Files applied as they are now.
    public var applied: [String] = []
    /// Files not yet applied.
    public var pending: [String] = []
    /// Files that read differently from what was applied.
    public var changed: [String] = []
    /// Files that the database has and this program does not know.
    public var unknown: [String] = []

    public var isCurrent: Bool { pending.isEmpty && changed.isEmpty && unknown.isEmpty }
  }

  /// Applies what is pending; the files applied. A second migrator waits for the first one.
  ///
  /// - Throws: `MigrationError`, `PostgresError`. What was applied before the error stays.
  @discardableResult
  public func migrate(_ connectionString: String) async throws -> [String] {
    try await onOwnThread {
      let connection = try Self.connect(connectionString)
      _ = try connection.run("SELECT pg_advisory_lock(\(Self.lock))")
      try connection.simple(Self.table)
      let recorded = try Self.recorded(connection)
      let pending = try pending(after: recorded)
      for migration in pending { try apply(migration, connection) }
      return pending.map(\.file)
    }
  }

  /// Compares a database with the files; changes nothing.
  public func status(_ connectionString: String) async throws -> Status {
    try await onOwnThread {
      let recorded = try Self.recorded(Self.connect(connectionString))
      var status = Status()
      for migration in migrations {
        switch recorded.first(where: { $0.number == migration.number }) {
        case nil: status.pending.append(migration.file)
        case migration.record: status.applied.append(migration.file)
        default: status.changed.append(migration.file)
        }
      }
      let known = Set(migrations.map(\.number))
      status.unknown = recorded.filter { !known.contains($0.number) }.map(\.file)
      return status
    }
  }

  /// Refuses a database that this program was not written for.
  ///
  /// - Throws: `MigrationError` of case `.behind`, `.ahead` or `.changed`.
  public func requireCurrent(_ connectionString: String) async throws {
    let status = try await status(connectionString)
    if let file = status.changed.first { throw MigrationError.changed(file) }
    if let file = status.unknown.first { throw MigrationError.ahead(file) }
    if !status.pending.isEmpty { throw MigrationError.behind(status.pending) }
  }

  // MARK: Steps

  private static func connect(_ connectionString: String) throws -> Connection {
    try .open(connectionString, session: SessionSettings(applicationName: "portal-migrate"))
  }

  /// Everybody may read it: every login of the portal checks that the schema is the one it knows.
  private static let table = """
    CREATE TABLE IF NOT EXISTS schema_migrations (
      number integer PRIMARY KEY,
      name text NOT NULL,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    );
    GRANT SELECT ON schema_migrations TO PUBLIC
    """

  private static func recorded(_ connection: Connection) throws -> [MigrationRecord] {
    let exists = try connection.run("SELECT to_regclass('schema_migrations') IS NOT NULL")
    guard exists.text(row: 0, column: 0)?.string == "t" else { return [] }
    let rows = try connection.run(
      "SELECT number, name, checksum FROM schema_migrations ORDER BY number")
    return try (0..<Int32(rows.count)).map { try MigrationRecord(Row(result: rows, index: $0)) }
  }

  private func pending(after recorded: [MigrationRecord]) throws -> [Migration] {
    for record in recorded {
      guard let migration = migrations.first(where: { $0.number == record.number }) else {
        throw MigrationError.ahead(record.file)
      }
      guard migration.record == record else { throw MigrationError.changed(migration.file) }
    }
    let last = recorded.last?.number ?? Int.min
    let done = Set(recorded.map(\.number))
    let pending = migrations.filter { !done.contains($0.number) }
    if let first = pending.first, first.number < last {
      throw MigrationError.outOfOrder(first.file)
    }
    return pending
  }

  private func apply(_ migration: Migration, _ connection: Connection) throws {
    do {
      try connection.simple("BEGIN")
      try connection.simple(migration.sql)
      guard connection.isInTransaction else {
        throw PostgresError(.misuse("a migration must not end its transaction"))
      }
      _ = try connection.run(
        """
        INSERT INTO schema_migrations (number, name, checksum)
        VALUES (\(migration.number), \(migration.name), \(migration.checksum))
        """)
      try connection.commit()
    } catch let error as PostgresError {
      connection.rollback()
      throw MigrationError.failed(migration.file, line: migration.line(of: error), error)
    }
  }
}

/// A row of `schema_migrations`.
private struct MigrationRecord: RowDecodable, Equatable {
  let number: Int
  let name: String
  let checksum: String

  var file: String { Migration(number: number, name: name, sql: "").file }
}

extension MigrationRecord {
  init(_ row: Row) throws {
    number = try row("number")
    name = try row("name")
    checksum = try row("checksum")
  }
}

extension Migration {
  fileprivate var record: MigrationRecord {
    MigrationRecord(number: number, name: name, checksum: checksum)
  }

  /// The line of the file that the server complains about.
  fileprivate func line(of error: PostgresError) -> Int? {
    guard let position = error.server?.position else { return nil }
    return sql.unicodeScalars.prefix(position - 1).count { $0 == "\n" } + 1
  }
}
