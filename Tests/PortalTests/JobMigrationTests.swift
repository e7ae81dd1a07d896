import Foundation
import Postgres
import TestSupport
import Testing

/// What was under way when jobs got a table of their own.
@Suite struct JobMigrationTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "sql").path()

  @Test func aCommandsImportThatIsBeingTakenBackIsTakenBackByAnyPortal() async throws {
    let database = try await TestDatabase.empty()
    let owner = database.connectionString(as: .superuser)
    let all = try Migrator(folder: Self.folder).migrations
    try await Migrator(all.filter { $0.number < 22 }).migrate(owner)
    let before = try await database.psql(
      as: .superuser, [:],
      """
      INSERT INTO areas (code, name) VALUES ('350423', '清流县');
      INSERT INTO accounts (account, display_name, role, area)
      VALUES ('zhujian', '经办', 'housing_officer', '350423');
      INSERT INTO imports (area, kind, state, file_name, file_size, file_hash, is_command, uploaded_by,
        uploaded_by_name, uploaded_at, worker, heard_at, undone_by, undone_by_name, undo_reason)
      SELECT '350423', 'homes', state, 'a.csv', 1, sha256(state::bytea), true, a.id, 'x', now(),
        worker, now(), CASE WHEN state ^@ 'undo' THEN a.id END, CASE WHEN state ^@ 'undo' THEN 'x' END,
        CASE WHEN state ^@ 'undo' THEN '重复' END
      FROM accounts a, (VALUES ('undo_asked', NULL), ('undoing', 'dead'), ('committing', 'alive'))
        AS s (state, worker);
      """)
    #expect(before.status == 0, "\(before.errors)")
    try await Migrator(all).migrate(owner)
    let jobs = try await database.psql(
      as: .superuser, [:],
      """
      SELECT i.state, j.kind, coalesce(j.home, 'any'), j.state FROM jobs j JOIN imports i ON i.id = j.subject
      ORDER BY j.id
      """)
    #expect(
      jobs.lines == [
        "undo_asked|import_undo|any|waiting", "undoing|import_undo|any|running",
        "committing|import_command|alive|running",
      ])
  }
}
