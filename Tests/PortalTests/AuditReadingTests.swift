import Domain
import Foundation
import Postgres
import Testing
import Web

@testable import Accounts
@testable import Ground
@testable import Portal

@Suite struct AuditReadingTests {
  private static let trial = AuditAction("test", "试验")

  @Test func `the audit administrator reads the log of the own area only`() async throws {
    let fixture = try await AccountsFixture(roles: [.auditAdmin])
    try await fixture.add("ninghua", .housingOfficer, area: "350424")
    _ = try await fixture.outcome("ninghua")
    _ = try await fixture.outcome("zhujian")
    let lines = try await fixture.log(as: "audit-admin", AuditFilter())
    #expect(lines.contains { $0.account == "zhujian" && $0.action == "session.sign_in" })
    #expect(!lines.contains { $0.account == "ninghua" })
  }

  @Test func `nobody else among the staff reads the log`() async throws {
    let fixture = try await AccountsFixture(roles: [.systemAdmin, .securityAdmin, .housingLead])
    for account in ["system-admin", "security-admin", "housing-lead", "zhujian"] {
      #expect(try await fixture.log(as: account, AuditFilter()).isEmpty)
    }
  }

  @Test func `events are found by account, action and day`() async throws {
    let fixture = try await AccountsFixture(roles: [.auditAdmin])
    _ = try await fixture.outcome("zhujian")
    _ = try await fixture.outcome("audit-admin", after: 86_400)
    let day = ShanghaiTime.day(of: AccountsFixture.start)
    let reader = "audit-admin"
    let found = try await fixture.log(
      as: reader, AuditFilter(account: "zhujian", action: .signIn, from: day, to: day))
    #expect(found.map(\.account) == ["zhujian"])
    let next = try await fixture.log(
      as: reader, AuditFilter(action: .signIn, from: day + 1, to: day + 1))
    #expect(next.map(\.account) == ["audit-admin"])
    #expect(try await fixture.log(as: reader, AuditFilter(to: day - 1)).isEmpty)
  }

  @Test func `pages follow one another without a gap, the newest first`() async throws {
    let fixture = try await AccountsFixture(roles: [.auditAdmin])
    let actor = try await fixture.principal("zhujian")
    try await fixture.databases.transactionOnIdentity(of: actor) { tx in
      for number in 1...120 {
        try tx.audit(
          AuditEvent(action: Self.trial, entity: "accounts", entityID: String(number)),
          by: .staff(actor, address: "192.0.2.1", reference: "R", at: AccountsFixture.start))
      }
    }
    var seen: [String] = []
    var filter = AuditFilter(action: Self.trial)
    repeat {
      let lines = try await fixture.log(as: "audit-admin", filter)
      let page = lines.prefix(AuditFilter.pageSize)
      seen += page.compactMap(\.entityID)
      filter.before = lines.count > AuditFilter.pageSize ? page.last?.id : nil
    } while filter.before != nil
    #expect(seen == (1...120).reversed().map { String($0) })
  }

  @Test func `before and after of an event can be read`() async throws {
    let fixture = try await AccountsFixture(roles: [.auditAdmin])
    let line = try #require(
      try await fixture.log(as: "audit-admin", AuditFilter(action: .createAccount)).first)
    let reader = try await fixture.principal("audit-admin")
    let detail = try await fixture.databases.read(as: reader) { tx in
      try tx.first(auditDetail(line.id))
    }
    #expect(detail?.before == nil)
    #expect(detail?.after?.contains("audit-admin") == true)
    let catalogue = AuditCatalogue(Portal.auditActions)
    let page = "\(AuditDetailPage(detail: try #require(detail), actions: catalogue).html)"
    #expect(page.contains("新建账号"))
    #expect(page.contains("audit_admin"))
  }

  @Test func `the system administrator changes accounts of the own area only`() async throws {
    let fixture = try await AccountsFixture(roles: [.systemAdmin])
    let foreign = try await fixture.add("ninghua", .housingOfficer, area: "350424")
    let own = try await fixture.principal("zhujian").accountID
    let actor = try await fixture.welcome("system-admin").session.principal
    let now = AccountsFixture.start
    let changed = try await fixture.databases.transaction(as: actor) { tx in
      [
        try tx.one(disableAccount(foreign, version: 1, at: now)),
        try tx.one(disableAccount(own, version: 1, at: now)),
        try tx.one(disableAccount(own, version: 1, at: now)),
      ]
    }
    #expect(changed == [false, true, false])
    // Without the session of an administrator, nobody's, whatever the program says of itself.
    let claimed = try await fixture.principal("system-admin")
    let enabled = try await fixture.databases.transaction(as: claimed) { tx in
      try tx.one(enableAccount(own, version: 2))
    }
    #expect(!enabled)
  }

  @Test func `the security administrator sees who is locked and lifts it`() async throws {
    let fixture = try await AccountsFixture(roles: [.securityAdmin])
    for _ in 1...3 { _ = try await fixture.outcome("zhujian", "Wrong-1") }
    let actor = try await fixture.principal("security-admin")
    let (keys, now) = (fixture.keys, AccountsFixture.start)
    let locked = try await fixture.databases.transaction(as: actor) { tx in
      let locked = try tx.lockedAccounts(
        among: try tx.all(allAccountLines()), keys: keys, now: now)
      try tx.execute(clearFailures(of: [SignInSubject.account("zhujian", keys: keys).hash]))
      return locked.map(\.line.account)
    }
    #expect(locked == ["zhujian"])
    #expect(try await fixture.outcome().welcome != nil)
  }
}

extension AccountsFixture {
  func log(as account: String, _ filter: AuditFilter) async throws -> [AuditLine] {
    let reader = try await principal(account)
    return try await databases.read(as: reader) { try $0.all(auditLines(filter)) }
  }
}
