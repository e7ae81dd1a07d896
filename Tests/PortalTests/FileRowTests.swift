import Crypto
import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground

/// The rows of the store, through psql as each login, and what came into it from before.
@Suite(.serialized) struct FileRowTests {
  private static let area: KeyValuePairs<String, String> = ["portal.area": "350423"]

  @Test func nobodyPutsAFileInAnothersNameOrToAnothersCase() async throws {
    let ground = try await RowGround.shared()
    func insert(into sample: SampleRows, by account: Int64, area: String) -> String {
      """
      INSERT INTO files (area, case_id, position, kind, title, original_sealed, original_sha256, original_type,
        original_bytes, queue, retention, uploaded_by, uploaded_by_name, uploaded_at)
      VALUES ('\(area)', \(sample.case), 2, 'scene', 'x', '\\x01', sha256('\(area)'), 'image/jpeg', 1, 0, 'case',
        \(account), 'x', now())
      """
    }
    let own: KeyValuePairs = ["portal.area": "350423", "portal.account": "\(ground.near.account)"]
    for statement in [
      insert(into: ground.near, by: ground.far.account, area: "350423100"),
      insert(into: ground.far, by: ground.near.account, area: "350721100"),
      // Nor another's case under one's own area.
      insert(into: ground.far, by: ground.near.account, area: "350423100"),
    ] {
      #expect(try await ground.database.refused(as: .staff, own, statement))
    }
    for login in [TestDatabase.Login.publicSide, .inspector] {
      #expect(
        try await ground.database.refused(
          as: login, own, insert(into: ground.near, by: ground.near.account, area: "350423100")))
    }
  }

  @Test func aFileIsOnlyAddedToNeverChangedOrDeleted() async throws {
    let ground = try await RowGround.shared()
    let id = ground.near.caseFile
    for statement in [
      "UPDATE files SET title = 'y' WHERE id = \(id)",
      "UPDATE files SET clean_sealed = '' WHERE id = \(id)",
      "UPDATE files SET state = 'clean' WHERE id = \(id)", "DELETE FROM files WHERE id = \(id)",
      """
      UPDATE files SET removed_by = \(ground.far.account), removed_by_name = 'x', removed_at = now(),
        removal_reason = '改名' WHERE id = \(id)
      """,
    ] {
      #expect(
        try await ground.database.refused(
          as: .staff, ["portal.area": "350423", "portal.account": "\(ground.near.account)"],
          statement), "\(statement)")
    }
    #expect(
      try await ground.database.refused(as: .staff, Self.area, "SELECT erase_removed_files()"))
  }

  @Test func onlyTheLoginOfTheBureausSeesFilesOfCases() async throws {
    let ground = try await RowGround.shared()
    let sought = "SELECT count(*) FROM files WHERE id = \(ground.near.caseFile)"
    #expect(
      try await ground.database.psql(as: .staff, Self.area, sought).lines == ["1"])
    for login in [TestDatabase.Login.inspector, .publicSide] {
      #expect(try await ground.database.psql(as: login, Self.area, sought).lines == ["0"])
    }
    #expect(
      try await ground.database.psql(as: .staff, ["portal.area": "350424"], sought).lines == ["0"])
  }

  /// What was sealed when photos of complaints had a table of their own.
  @Test func photosFromBeforeTheStoreMoveThereAndOpen() async throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "sql").path()
    let database = try await TestDatabase.empty()
    let owner = database.connectionString(as: .superuser)
    let all = try Migrator(folder: folder).migrations
    try await Migrator(all.filter { $0.number < 48 }).migrate(owner)
    let file = KeyFile.generate()
    let key = SymmetricKey(data: try #require(file.fields.keys["f1"]))
    func sealed(_ column: String, _ text: String) throws -> String {
      let sealer = FieldSealer(
        key: key, head: [1, 2] + Array("f1".utf8), name: Array("complaint_photos.\(column)".utf8),
        nonces: NoncePool())
      return "'\\x\(hexadecimal(try sealer.seal(text)))'"
    }
    let before = try await database.psql(
      as: .superuser, [:],
      """
      INSERT INTO areas (code, name) VALUES ('350423', '清流县');
      INSERT INTO complaints (id, area, number, kind, description, is_named, received_at, submission_hash,
        follow_up_hash, digest, signature, signing_key)
      VALUES (7, '350423', '2021-1', 'other', 'x', false, '2021-08-01 08:00+08', sha256('a'), sha256('b'),
        sha256('c'), sha256('d') || sha256('e'), 's1');
      INSERT INTO complaint_photos (complaint_id, position, original_sha256, original_type, state, clean_sealed)
      VALUES (7, 1, sha256('x'), 'image/jpeg', 'clean', \(try sealed("clean", "拍得清楚")));
      INSERT INTO complaint_photos (complaint_id, position, original_sha256, original_type, original_sealed, queue)
      VALUES (7, 2, sha256('y'), 'image/png', \(try sealed("original", "还没处理")), 3);
      INSERT INTO complaint_photos (complaint_id, position, original_sha256, original_type, state, refusal)
      VALUES (7, 3, sha256('z'), 'image/png', 'unreadable', 'undecodable');
      CREATE TABLE before AS SELECT id, position FROM complaint_photos;
      """)
    #expect(before.status == 0, "\(before.errors)")
    try await Migrator(all).migrate(owner)
    let moved = try await database.psql(
      as: .superuser, [:],
      """
      SELECT f.area, f.complaint_id, f.position, f.state, f.retention, f.id = b.id, f.uploaded_at
      FROM files f JOIN before b USING (position) ORDER BY position
      """)
    #expect(
      moved.lines == [
        "350423|7|1|clean|complaint|t|", "350423|7|2|waiting|complaint|t|",
        "350423|7|3|unreadable|complaint|t|",
      ])
    let keys = try KeyRing(file)
    let reader = database.database(as: .superuser)
    defer { reader.close() }
    let (clean, original) = try await reader.read { tx in
      (
        try tx.one(
          Query<(FileID, [UInt8])>("SELECT id, clean_sealed FROM files WHERE position = 1") {
            (try $0("id"), try $0("clean_sealed"))
          }),
        try tx.one(
          Query<(FileID, [UInt8])>("SELECT id, original_sealed FROM files WHERE position = 2") {
            (try $0("id"), try $0("original_sealed"))
          })
      )
    }
    #expect(try keys.openText(clean.1, for: .fileClean, of: clean.0) == "拍得清楚")
    #expect(try keys.openText(original.1, for: .fileOriginal, of: original.0) == "还没处理")
  }
}
