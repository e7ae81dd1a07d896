import Foundation
package import Logging
package import Postgres

/// A database of a test's own, dropped when the object is released: keep it for the whole test.
package final class TestDatabase: Sendable {
  /// The logins of the portal, and the superuser of the cluster.
  package enum Login: String, Sendable, CaseIterable {
    case owner = "portal_owner"
    case staff = "portal_staff"
    case publicSide = "portal_public"
    case inspector = "portal_inspector"
    case superuser
  }

  package let name: String
  private let cluster: String

  private init(name: String) throws {
    self.name = name
    cluster = try TestCluster.connectionString(database: "postgres")
  }

  deinit {
    // A database that is left behind goes with its throw-away cluster.
    try? PostgresScript.runBlocking("DROP DATABASE IF EXISTS \(name) WITH (FORCE)", on: cluster)
  }

  /// A fresh, empty UTF-8 database that belongs to the superuser.
  package static func empty() async throws -> TestDatabase {
    let database = try TestDatabase(name: "portal_test_" + TestCluster.uniqueSuffix())
    try await TestCluster.run(
      """
      CREATE DATABASE \(database.name) TEMPLATE template0
      ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'
      """)
    return database
  }

  /// A fresh database with the portal's schema, owned by `portal_owner`.
  package static func portal() async throws -> TestDatabase {
    let template = try await PortalTemplate.shared.value
    let database = try TestDatabase(name: "portal_test_" + TestCluster.uniqueSuffix())
    try await TestCluster.run(
      "CREATE DATABASE \(database.name) TEMPLATE \(template) OWNER portal_owner")
    return database
  }

  /// A fresh database with all that another one holds, as soon as nobody is connected to that.
  package static func copy(of template: TestDatabase) async throws -> TestDatabase {
    let database = try TestDatabase(name: "portal_test_" + TestCluster.uniqueSuffix())
    try await TestCluster.whenNobodyIsConnected(
      "CREATE DATABASE \(database.name) TEMPLATE \(template.name) OWNER portal_owner")
    return database
  }

  /// libpq connection string of a login on this database.
  package func connectionString(as login: Login = .superuser) -> String {
    login == .superuser
      ? "\(cluster) dbname=\(name)" : "\(cluster) user=\(login.rawValue) dbname=\(name)"
  }

  /// A client of this database; logs nothing unless told to.
  package func database(
    as login: Login = .superuser, workers: Int = 2, waitLimit: Duration = .seconds(10),
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  ) -> Database {
    Database(
      DatabaseConfiguration(
        connectionString: connectionString(as: login), workers: workers, waitLimit: waitLimit,
        applicationName: "portal-test"),
      logger: logger)
  }
}

/// The database that `TestDatabase.portal()` copies, made once for all test processes that have the
/// same files in sql/.
private enum PortalTemplate {
  static let shared = Task { try await make() }

  /// An advisory lock that keeps two processes from changing roles at the same time.
  private static let rolesLock = 8_203_317

  private static var folder: String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "sql").path()
  }

  private static func make() async throws -> String {
    let migrator = try Migrator(folder: folder)
    let roles = try String(contentsOfFile: "\(folder)/roles.sql", encoding: .utf8)
    let files = Migration(
      number: 0, name: "", sql: roles + migrator.migrations.map(\.checksum).joined())
    let name = "portal_template_" + files.checksum.prefix(16)
    if try await exists(name) { return name }

    try await TestCluster.run("SELECT pg_advisory_xact_lock(\(rolesLock));\n\(roles)")
    // Built under another name: whoever finds the right one finds it finished.
    let draft = "portal_draft_" + TestCluster.uniqueSuffix()
    try await TestCluster.run(
      """
      CREATE DATABASE \(draft) OWNER portal_owner TEMPLATE template0
      ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'
      """)
    try await migrator.migrate(
      TestCluster.connectionString(user: "portal_owner", database: draft))
    try await TestCluster.run(believedClock, database: draft)
    do {
      try await rename(draft, to: name)
    } catch let error as PostgresError where error.sqlState == "42P04" {
      try await TestCluster.run("DROP DATABASE \(draft) WITH (FORCE)")
    }
    return name
  }

  /// Tests set the clock: what the program takes for now is the time of an event of the audit.
  private static let believedClock = """
    CREATE OR REPLACE FUNCTION audit_clock(claimed timestamptz) RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
      SELECT coalesce(claimed, clock_timestamp());
    $$
    """

  private static func rename(_ draft: String, to name: String) async throws {
    try await TestCluster.whenNobodyIsConnected("ALTER DATABASE \(draft) RENAME TO \(name)")
  }

  private static func exists(_ name: String) async throws -> Bool {
    let database = Database(
      DatabaseConfiguration(
        connectionString: try TestCluster.connectionString(database: "postgres"), workers: 1,
        waitLimit: .seconds(10)),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    defer { database.close() }
    return try await database.read { transaction in
      try transaction.one(
        Query("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = \(name))"))
    }
  }
}
