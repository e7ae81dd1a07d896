import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import Accounts
@testable import Ground

/// What whoever has taken the program over finds closed, tried through psql as the login that serves pages.
@Suite(.serialized) struct TrustTests {
  private static let asAdministrator: KeyValuePairs = [
    "portal.area": "350423", "portal.account_area": "350423", "portal.role": "system_admin",
    "portal.account": "1",
  ]

  @Test(arguments: [
    "SELECT password_hash FROM account_passwords",
    "UPDATE account_passwords SET password_hash = 'scrypt$1$1$1$AA==$AA=='",
    "SELECT token_hash FROM sessions",
    "UPDATE sessions SET last_seen_at = now()",
    "DELETE FROM sessions",
    """
    INSERT INTO sessions (token_hash, account_id, created_at, last_seen_at, password_at)
    VALUES (sha256('x'), 1, now(), now(), now())
    """,
    """
    INSERT INTO accounts (account, display_name, role, area)
    VALUES ('mole', 'x', 'inspector', '350423')
    """,
    "UPDATE accounts SET role = 'audit_admin'",
    "UPDATE accounts SET disabled_at = now()",
    """
    INSERT INTO api_tokens (area, account_id, name, token_hash, permissions, created_by_name, created_at, expires_at)
    VALUES ('350423', 1, 'mole', sha256('x'), '{ask_counter}', 'x', now(), now() + interval '1 day')
    """,
    "UPDATE job_schedules SET minute_of_day = 1",
  ])
  func theStaffLoginNeitherReadsHashesNorMakesSessionsOrAccounts(_ statement: String) async throws {
    let ground = try await RowGround.shared()
    let answer = try await ground.database.psql(as: .staff, Self.asAdministrator, statement)
    #expect(answer.status != 0 && answer.errors.contains("42501"), "\(answer.errors)")
  }

  @Test func aSessionIsOpenedForTheRightAnswerAlone() async throws {
    let fixture = try await AccountsFixture()
    func opened(_ answer: String) async throws -> Int {
      try await fixture.test.psql(
        as: .staff, ["portal.signing_in": "zhujian"],
        """
        SELECT * FROM open_session('zhujian', '\(answer)', sha256('\(answer)'), '192.0.2.9', now(), now(), now())
        """
      ).lines.count
    }
    let terms = try await fixture.test.psql(
      as: .staff, ["portal.signing_in": "zhujian"], "SELECT password_terms('zhujian')"
    ).lines[0]
    let stored = try await fixture.test.psql(
      as: .superuser, [:], "SELECT password_hash FROM account_passwords"
    ).lines[0]
    // All that the login learns is with what to begin.
    #expect(stored.hasPrefix(terms + "$") && stored.count > terms.count + 20)
    #expect(try await opened(terms) == 0)
    #expect(try await opened(terms + "$" + String(repeating: "A", count: 43) + "=") == 0)
    #expect(try await opened(stored) == 1)
  }

  @Test func whoIsNoAdministratorChangesNoAccountWhateverTheProgramSays() async throws {
    let fixture = try await AccountsFixture(roles: [.systemAdmin, .securityAdmin])
    let target = try await fixture.principal("zhujian").accountID
    let administrator = try await fixture.principal("security-admin").accountID
    let officer = try await fixture.welcome("zhujian").session
    let admin = try await fixture.welcome("system-admin").session
    func says(_ proof: [UInt8], _ call: String) async throws -> [String] {
      try await fixture.test.psql(
        as: .staff,
        [
          "portal.role": "system_admin", "portal.account_area": "350423",
          "portal.proof": "session:\(hexadecimal(proof))",
        ], "SELECT \(call)"
      ).lines
    }
    let reset = "reset_account_password(\(target), 1, 'scrypt$4$1$1$AAAAAAAAAAA=$AA==', now())"
    #expect(try await says(officer.tokenHash, reset) == ["f"])
    #expect(try await says([UInt8](repeating: 0, count: 32), reset) == ["f"])
    // Nor does the right administrator set the password of another one.
    let other =
      "reset_account_password(\(administrator), 1, 'scrypt$4$1$1$AAAAAAAAAAA=$AA==', now())"
    #expect(try await says(admin.tokenHash, other) == ["f"])
    #expect(try await says(admin.tokenHash, reset) == ["t"])
  }

  @Test func noAdministratorChangesTheirOwnAccount() async throws {
    let fixture = try await AccountsFixture(roles: [.systemAdmin, .securityAdmin])
    let admin = try await fixture.welcome("system-admin").session
    let own = try await fixture.principal("system-admin").accountID
    let other = try await fixture.principal("security-admin").accountID
    func says(_ call: String) async throws -> [String] {
      try await fixture.test.psql(
        as: .staff,
        [
          "portal.role": "system_admin", "portal.account_area": "350423",
          "portal.proof": "session:\(hexadecimal(admin.tokenHash))",
        ], "SELECT \(call)"
      ).lines
    }
    for call in [
      "disable_account(%, 1, now())", "enable_account(%, 1)",
      "correct_account(%, 1, 'x', 'system_admin', '350423')", "administers('{system_admin}', %)",
    ] {
      #expect(try await says(call.replacing("%", with: own.description)) == ["f"], "\(call)")
    }
    #expect(try await says("end_account_sessions(\(own))") == ["0"])
    #expect(try await says("disable_account(\(other), 1, now())") == ["t"])
  }

  @Test func functionsThatActForAnotherRoleHaveAFixedPathAndNoOwnerWhoLogsIn() async throws {
    let ground = try await RowGround.shared()
    let functions = try await ground.database.psql(
      as: .superuser, [:],
      """
      SELECT p.proname, r.rolname, r.rolcanlogin,
        coalesce(array_to_string(p.proconfig, ','), '') LIKE '%search_path=public, pg_temp%',
        has_function_privilege('portal_public', p.oid, 'EXECUTE')
          OR has_function_privilege('portal_inspector', p.oid, 'EXECUTE')
      FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
      WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
      """
    ).lines.map { $0.split(separator: "|").map(String.init) }
    #expect(functions.count >= 15)
    for function in functions where function[1] == "portal_keeper" {
      #expect(Array(function.dropFirst()) == ["portal_keeper", "f", "t", "f"], "\(function)")
    }
    #expect(functions.contains { $0[0] == "open_session" && $0[1] == "portal_keeper" })
  }

  @Test func inspectorsDoNotReadWhatAJobWasTold() async throws {
    let ground = try await RowGround.shared()
    let area: KeyValuePairs = ["portal.area": "350423"]
    #expect(try await ground.database.refused(as: .inspector, area, "SELECT terms FROM jobs"))
    #expect(try await !ground.database.refused(as: .inspector, area, "SELECT state FROM jobs"))
  }

  @Test func nobodyEntersAJobOrAScheduleInAnothersName() async throws {
    let ground = try await RowGround.shared()
    let context: KeyValuePairs = [
      "portal.area": "350423", "portal.account": "\(ground.near.account)",
    ]
    for (account, isRefused) in [(ground.near.account + 1, true), (ground.near.account, false)] {
      #expect(
        try await ground.database.refused(
          as: .staff, context,
          """
          INSERT INTO jobs (kind, area, account_id, lane)
          VALUES ('test', '350423100', \(account), 'test')
          """) == isRefused)
      #expect(
        try await ground.database.refused(
          as: .staff, context,
          """
          INSERT INTO job_schedules (kind, area, account_id, rhythm, minute_of_day, set_at)
          VALUES ('test', '350423100', \(account), 'daily', 1, now())
          """) == isRefused)
    }
  }
}
