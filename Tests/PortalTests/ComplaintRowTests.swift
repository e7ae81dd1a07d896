import TestSupport
import Testing

/// Row-level security of complaints, proven through psql as each login.
@Suite(.serialized) struct ComplaintRowTests {
  @Test func rowsOfAComplaintAreSeenByWhoeverSeesTheComplaint() async throws {
    let tables = ["files", "complaint_messages", "complaint_events"]
    for login in [TestDatabase.Login.staff, .inspector] {
      let counts = try await RowGround.shared().visible(
        login, ["portal.area": "350423100"],
        where: "complaint_id NOT IN (SELECT id FROM complaints)", tables: tables)
      #expect(counts.count == 3 && counts.values.allSatisfy { $0 == 0 })
    }
    let ground = try await RowGround.shared()
    let unseen = try await RowGround.shared().visible(
      .staff, ["portal.area": "3504"],
      where: "complaint_id IN (\(ground.near.misconduct), \(ground.far.complaint))",
      tables: tables)
    #expect(unseen.count == 3 && unseen.values.allSatisfy { $0 == 0 })
  }

  @Test func aCitizenSeesTheOneComplaintWhoseCodeWasPresented() async throws {
    let ground = try await RowGround.shared()
    let hash = try await ground.database.psql(
      as: .superuser, [:],
      "SELECT encode(follow_up_hash, 'hex') FROM complaints WHERE id = \(ground.near.complaint)")
    let code = try #require(hash.lines.first)
    let seen = try await ground.database.psql(
      as: .publicSide, ["portal.follow_up": code], "SELECT id FROM complaints")
    #expect(seen.lines == [String(ground.near.complaint)])
    let messages = try await ground.database.psql(
      as: .publicSide, ["portal.follow_up": code],
      "SELECT DISTINCT complaint_id FROM complaint_messages")
    #expect(messages.lines == [String(ground.near.complaint)])
    for wrong in ["", "00"] {
      let unseen = try await ground.database.psql(
        as: .publicSide, ["portal.follow_up": wrong], "SELECT id FROM complaints")
      #expect(unseen.status == 0 && unseen.lines.isEmpty)
    }
    #expect(
      try await ground.database.refused(
        as: .publicSide, ["portal.follow_up": code], "UPDATE complaints SET state = 'accepted'"))
    #expect(
      try await ground.database.refused(
        as: .publicSide, ["portal.follow_up": code], "DELETE FROM complaints"))
  }

  @Test func misconductDoesNotExistForTheLoginOfTheBureaus() async throws {
    let ground = try await RowGround.shared()
    let area: KeyValuePairs = ["portal.area": "35"]
    let seen = try await ground.database.psql(
      as: .staff, area, "SELECT count(*) FROM complaints WHERE kind = 'misconduct'")
    #expect(seen.lines == ["0"])
    let copied = """
      INSERT INTO complaints (id, area, number, kind, description, is_named, received_at,
        submission_hash, follow_up_hash, digest, signature, signing_key)
      VALUES (77, '350423', 'x', 'misconduct', 'x', false, '2021-08-01 08:00+08',
        sha256('a'), sha256('b'), sha256('c'), sha256('d') || sha256('e'), 's1')
      """
    #expect(try await ground.database.refused(as: .staff, area, copied))
    let changed = try await ground.database.psql(
      as: .staff, area,
      "UPDATE complaints SET version = version WHERE id = \(ground.near.misconduct) RETURNING id")
    #expect(changed.status == 0 && changed.lines.isEmpty)
    #expect(
      try await ground.database.refused(
        as: .staff, area,
        """
        INSERT INTO complaint_messages (complaint_id, author, account_name, body, posted_at,
          submission_hash)
        VALUES (\(ground.near.misconduct), 'staff', 'x', 'x', now(), sha256('m'))
        """))
    let inspected = try await ground.database.psql(
      as: .inspector, ["portal.area": "350423"],
      "SELECT count(*) > 0 FROM complaints WHERE kind = 'misconduct'")
    #expect(inspected.lines == ["t"])
  }

  @Test(arguments: [TestDatabase.Login.staff, .publicSide, .inspector])
  func nobodyButTheOwnerReadsWhoComplained(_ login: TestDatabase.Login) async throws {
    let ground = try await RowGround.shared()
    #expect(
      try await ground.database.refused(
        as: login, ["portal.area": "350423"], "SELECT complaint_id FROM complaint_identities"))
    #expect(
      try await RowGround.shared().visible(.owner, tables: ["complaint_identities"]).values.max()
        ?? 0 > 0)
  }

  @Test func originalPhotosAreReadByNoLoginOfTheProgram() async throws {
    let ground = try await RowGround.shared()
    for login in [TestDatabase.Login.staff, .publicSide] {
      #expect(
        try await ground.database.refused(
          as: login, ["portal.area": "350423"], "SELECT original_sealed FROM files"))
    }
  }
}
