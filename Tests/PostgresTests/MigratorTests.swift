import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct MigratorTests {
  private static let first = Migration(
    number: 1, name: "estates", sql: "CREATE TABLE estates (id bigint PRIMARY KEY);")
  private static let second = Migration(
    number: 2, name: "homes",
    sql: "CREATE TABLE homes (estate bigint REFERENCES estates); INSERT INTO estates VALUES (1);")

  private func count(_ sql: SQL, _ test: TestDatabase) async throws -> Int {
    try await test.database(workers: 1).read { try $0.one(Query<Int>(sql)) }
  }

  @Test func `migrations run once, in the order of their numbers`() async throws {
    let test = try await TestDatabase.empty()
    let migrator = try Migrator([Self.second, Self.first])
    let files = try await migrator.migrate(test.connectionString())
    #expect(files == ["0001_estates.sql", "0002_homes.sql"])
    #expect(try await migrator.migrate(test.connectionString()) == [])
    #expect(try await migrator.status(test.connectionString()).isCurrent)
  }

  @Test func `migrations come from a folder, other files are none`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["0002_b.sql", "0001_a.sql", "roles.sql", "README"] {
      try "SELECT 1; -- 清流".write(
        to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let migrator = try Migrator(folder: folder.path())
    #expect(migrator.migrations.map(\.file) == ["0001_a.sql", "0002_b.sql"])
    #expect(throws: MigrationError.unreadable("/nowhere")) { try Migrator(folder: "/nowhere") }
  }

  @Test func `two files of one number are refused`() {
    let other = Migration(number: 1, name: "other", sql: "")
    #expect(throws: MigrationError.duplicate(1)) { try Migrator([Self.first, other]) }
  }

  @Test func `a changed migration is refused`() async throws {
    let test = try await TestDatabase.empty()
    try await Migrator([Self.first]).migrate(test.connectionString())
    let changed = Migration(number: 1, name: "estates", sql: Self.first.sql + " ")
    await #expect(throws: MigrationError.changed("0001_estates.sql")) {
      try await Migrator([changed, Self.second]).migrate(test.connectionString())
    }
    await #expect(throws: MigrationError.changed("0001_estates.sql")) {
      try await Migrator([changed]).requireCurrent(test.connectionString())
    }
  }

  @Test func `a failing migration leaves nothing, what came before it stays`() async throws {
    let test = try await TestDatabase.empty()
    let bad = Migration(
      number: 2, name: "bad", sql: "CREATE TABLE half (id int);\nSELECT 1;\nSELECT no_such_column;")
    do {
      try await Migrator([Self.first, bad]).migrate(test.connectionString())
      Issue.record("it did not fail")
    } catch let error as MigrationError {
      #expect("\(error)".hasPrefix("0002_bad.sql, line 3: server error 42703"))
    }
    #expect(try await count("SELECT count(*) FROM pg_class WHERE relname = 'half'", test) == 0)
    #expect(try await count("SELECT count(*) FROM schema_migrations", test) == 1)
  }

  @Test func `a migration that ends its transaction is refused`() async throws {
    let test = try await TestDatabase.empty()
    let bad = Migration(number: 1, name: "bad", sql: "SELECT 1; COMMIT;")
    await #expect(throws: MigrationError.self) {
      try await Migrator([bad]).migrate(test.connectionString())
    }
    #expect(try await count("SELECT count(*) FROM schema_migrations", test) == 0)
  }

  @Test func `two migrators at once apply everything once`() async throws {
    let test = try await TestDatabase.empty()
    let slow = Migration(number: 3, name: "slow", sql: "SELECT pg_sleep(0.3)")
    let migrator = try Migrator([Self.first, Self.second, slow])
    async let one = migrator.migrate(test.connectionString())
    async let two = migrator.migrate(test.connectionString())
    let applied = try await one + two
    #expect(applied.sorted() == migrator.migrations.map(\.file))
  }

  @Test func `a database that is behind or ahead is refused`() async throws {
    let test = try await TestDatabase.empty()
    let old = try Migrator([Self.first])
    let new = try Migrator([Self.first, Self.second])
    await #expect(throws: MigrationError.behind(["0001_estates.sql"])) {
      try await old.requireCurrent(test.connectionString())
    }
    try await old.migrate(test.connectionString())
    await #expect(throws: MigrationError.behind(["0002_homes.sql"])) {
      try await new.requireCurrent(test.connectionString())
    }
    try await new.migrate(test.connectionString())
    await #expect(throws: MigrationError.ahead("0002_homes.sql")) {
      try await old.requireCurrent(test.connectionString())
    }
    await #expect(throws: MigrationError.ahead("0002_homes.sql")) {
      try await old.migrate(test.connectionString())
    }
  }

  @Test func `a number below one that was applied is refused`() async throws {
    let test = try await TestDatabase.empty()
    let third = Migration(number: 3, name: "third", sql: "SELECT 1")
    try await Migrator([Self.first, third]).migrate(test.connectionString())
    await #expect(throws: MigrationError.outOfOrder("0002_homes.sql")) {
      try await Migrator([Self.first, Self.second, third]).migrate(test.connectionString())
    }
  }
}
