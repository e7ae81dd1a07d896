import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import Accounts
@testable import Ground

/// Of what an event of the audit says of people, the program says nothing that the database does not know itself.
@Suite struct AuditBindingTests {
  /// As the migration has it: elsewhere tests set the clock.
  private func fixture(_ roles: [Role] = []) async throws -> AccountsFixture {
    let fixture = try await AccountsFixture(roles: roles)
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "sql/0033_audit.sql")
    let script = try String(contentsOf: folder, encoding: .utf8)
    let from = try #require(script.range(of: "CREATE FUNCTION audit_clock"))
    let to = try #require(script.range(of: "$$;", range: from.lowerBound..<script.endIndex))
    let clock = script[from.lowerBound..<to.upperBound]
      .replacingOccurrences(of: "CREATE FUNCTION", with: "CREATE OR REPLACE FUNCTION")
    let answer = try await fixture.test.psql(as: .superuser, [:], clock)
    #expect(answer.status == 0, "\(answer.errors)")
    return fixture
  }

  private func write(
    _ fixture: AccountsFixture, _ id: AccountID, proof: String, role: String = "housing_officer"
  ) async throws -> [String] {
    let answer = try await fixture.test.psql(
      as: .staff,
      [
        "portal.account": id.description, "portal.role": role, "portal.account_area": "350423",
        "portal.proof": proof,
      ],
      """
      INSERT INTO audit_events (at, origin, account_id, account, role, area, address, action, entity)
      VALUES ('2001-01-01', 'staff', \(id), 'somebody-else', 'task_force', '350424', '203.0.113.66', 'trial', 'x')
      """)
    #expect(answer.status == 0, "\(answer.errors)")
    return try await fixture.test.psql(
      as: .superuser, [:],
      """
      SELECT at > now() - interval '1 minute', account, role, area, address, coalesce(proof, 'none')
      FROM audit_events WHERE action = 'trial' ORDER BY id DESC LIMIT 1
      """
    ).lines
  }

  @Test func timeNameRoleAndAreaAreTheDatabasesAndTheAddressIsTheSessions() async throws {
    let fixture = try await fixture()
    let session = try await fixture.welcome().session
    let proof = "session:\(hexadecimal(session.tokenHash))"
    #expect(
      try await write(fixture, session.principal.accountID, proof: proof)
        == ["t|zhujian|housing_officer|350423|192.0.2.1|session"])
  }

  @Test func anEventBehindWhichNobodyStandsSaysSo() async throws {
    let fixture = try await fixture([.housingLead])
    let lead = try await fixture.principal("housing-lead").accountID
    let session = try await fixture.welcome().session
    // The session of one does not stand behind another, nor does one that has ended.
    for proof in ["session:\(hexadecimal(session.tokenHash))", "session:00", "job:1", ""] {
      let line = try await write(fixture, lead, proof: proof, role: "housing_lead")
      #expect(line == ["t|housing-lead|housing_lead|350423|203.0.113.66|none"], "\(proof)")
    }
  }

  @Test func aSessionSeenFromElsewhereIsAnEventAndThenTheAddressIsThatOne() async throws {
    let fixture = try await fixture()
    let session = try await fixture.welcome().session
    let moved = try await fixture.sessions.session(
      tokenHash: session.tokenHash, address: "198.51.100.7",
      now: AccountsFixture.start.addingTimeInterval(5))
    #expect(moved != nil)
    #expect(try await fixture.events("session.move") == ["zhujian done"])
    let proof = "session:\(hexadecimal(session.tokenHash))"
    #expect(
      try await write(fixture, session.principal.accountID, proof: proof)
        == ["t|zhujian|housing_officer|350423|198.51.100.7|session"])
  }

  @Test func whatAnInspectorReadsOfComplaintsLeavesNoHole() async throws {
    let fixture = try await fixture([.inspector, .auditAdmin])
    let inspector = try await fixture.welcome("inspector").session.principal
    let officer = try await fixture.welcome().session.principal
    let trial = AuditAction("trial", "试验")
    func write(_ principal: Principal, _ entity: String) async throws {
      try await fixture.databases.transaction(as: principal) { tx in
        try tx.audit(
          AuditEvent(action: trial, entity: entity),
          by: .staff(principal, address: "", reference: "", at: AccountsFixture.start))
      }
    }
    for _ in 1...3 {
      try await write(officer, "cases")
      try await write(inspector, "complaints")
    }
    let seen = try await fixture.test.psql(
      as: .staff, ["portal.role": "audit_admin", "portal.account_area": "350423"],
      "SELECT id FROM audit_events WHERE action = 'trial' ORDER BY id"
    ).lines.compactMap { Int64($0) }
    #expect(seen.count == 3)
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $1 == $0 + 1 }, "\(seen)")
  }
}
