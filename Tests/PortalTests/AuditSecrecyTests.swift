import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Accounts
@testable import Complaints
@testable import Desk
@testable import Ground

/// What the log must not give away, and who may write what into it.
@Suite struct AuditSecrecyTests {
  private let looking = AuditAction("look", "看")

  private func auditor(_ fixture: ComplaintsFixture) -> Principal {
    Principal(
      accountID: fixture.officer.accountID, account: "auditor", displayName: "审计管理员",
      role: .auditAdmin, area: fixture.area)
  }

  private func origin(_ actor: Principal) -> AuditOrigin {
    .staff(actor, address: "192.0.2.1", reference: "TEST2345", at: ComplaintsFixture.now)
  }

  @Test func `the audit administrator learns nothing of complaints of misconduct`() async throws {
    let fixture = try await ComplaintsFixture()
    let complaint = try await fixture.complaint(.misconduct)
    let inspector = fixture.inspector
    try await fixture.databases.transaction(as: inspector) { tx in
      for (action, entity) in [
        (AuditAction.readComplaint, "complaints"), (.viewOversight, "oversight"),
      ] {
        try tx.audit(
          AuditEvent(action: action, entity: entity, entityID: complaint.id.description),
          by: origin(inspector))
      }
    }
    #expect(try await fixture.count("audit_events") == 3)
    let seen = try await fixture.databases.read(as: auditor(fixture)) {
      try $0.all(auditLines(AuditFilter()))
    }
    #expect(seen.map(\.action) == ["oversight.view"])
  }

  @Test func `a citizen's event has no number between those of staff`() async throws {
    let fixture = try await ComplaintsFixture()
    let (officer, ids) = (fixture.officer, Query<Int64>("SELECT id FROM audit_events ORDER BY id"))
    func look() async throws {
      try await fixture.databases.transaction(as: officer) { tx in
        try tx.audit(AuditEvent(action: looking, entity: "cases"), by: origin(officer))
      }
    }
    try await look()
    _ = try await fixture.complaint()
    try await look()
    let found = try await fixture.owner.read { try $0.all(ids) }
    #expect(found.count == 3 && found[1] == found[0] + 1 && found[2] >= 1 << 40)
  }

  @Test func `nobody writes an event in another's name`() async throws {
    let fixture = try await ComplaintsFixture()
    let event = AuditEvent(action: looking, entity: "cases")
    for origin in [
      origin(fixture.inspector),
      .citizen(area: fixture.area, at: ComplaintsFixture.now),
      .command("portal", area: fixture.area, at: ComplaintsFixture.now),
    ] {
      await #expect(throws: PostgresError.self) {
        try await fixture.databases.transaction(as: fixture.officer) {
          try $0.audit(event, by: origin)
        }
      }
    }
    await #expect(throws: PostgresError.self) {
      try await fixture.databases.transactionSigningIn(account: "zhujian") { tx in
        try tx.audit(event, by: origin(fixture.officer))
      }
    }
    #expect(try await fixture.count("audit_events") == 0)
    // Under a name and with a role that are not one's own, an event is one's own all the same.
    let forger = auditor(fixture)
    try await fixture.databases.transaction(as: fixture.officer) {
      try $0.audit(event, by: origin(forger))
    }
    let written = try await fixture.owner.read { tx in
      try tx.one(Query<String>("SELECT account || ' ' || role FROM audit_events"))
    }
    #expect(written == "\(fixture.officer.account) \(fixture.officer.role.rawValue)")
  }

  @Test func `the public login answers nobody in the bureau's name`() async throws {
    let fixture = try await ComplaintsFixture()
    let filing = fixture.filing()
    try await fixture.file(filing)
    let complaint = try #require(try await fixture.tracked(filing.submission))
    let hash = fixture.keys.hash(try fixture.keys.followUpCode(of: filing.submission))
    func post(_ author: String?) async throws {
      try await fixture.databases.transactionAsCitizen(followUp: hash) { tx in
        _ = try tx.storeMessage(
          "已经办结", on: complaint.id, by: author,
          at: ShanghaiTime.truncatedToHour(ComplaintsFixture.now),
          submissionHash: fixture.keys.hash(Submission()))
      }
    }
    await #expect(throws: PostgresError.self) { try await post("住建局") }
    try await post(nil)
    #expect(try await fixture.count("complaint_messages") == 1)
  }

  @Test func `the public login adds no identity to another's complaint`() async throws {
    let fixture = try await ComplaintsFixture()
    let complaint = try await fixture.complaint()
    await #expect(throws: PostgresError.self) {
      try await fixture.databases.transactionAsCitizen(followUp: []) { tx in
        try tx.execute(
          """
          INSERT INTO complaint_identities (complaint_id, area, name_sealed, phone_sealed)
          VALUES (\(complaint.id), '350423', ''::bytea, ''::bytea)
          """)
      }
    }
  }

  @Test func `what a killed process left is removed, what another holds is not`() throws {
    let parent = NSTemporaryDirectory() + "folder-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: parent) }
    let held = try TemporaryFolder.make(below: parent)
    let left = parent + "/left"
    try FileManager.default.createDirectory(
      atPath: left + "/uploads", withIntermediateDirectories: true)
    try Data("photo".utf8).write(to: URL(filePath: left + "/uploads/upload-1"))
    try Data().write(to: URL(filePath: left + "/lock"))
    let next = try TemporaryFolder.make(below: parent)
    let names = try FileManager.default.contentsOfDirectory(atPath: parent).sorted()
    #expect(names == [held, next].map { URL(filePath: $0).lastPathComponent }.sorted())
    let mode = try FileManager.default.attributesOfItem(atPath: parent)[.posixPermissions] as? Int
    #expect(mode == 0o700)
  }

  @Test func `a folder that somebody else put there is not used`() throws {
    let parent = NSTemporaryDirectory() + "folder-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: parent) }
    try FileManager.default.createSymbolicLink(
      atPath: parent, withDestinationPath: NSTemporaryDirectory())
    #expect(throws: TemporaryFolder.Failure.self) { try TemporaryFolder.make(below: parent) }
  }
}
