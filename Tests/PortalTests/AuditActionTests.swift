import Domain
import Foundation
import Postgres
import Testing

@testable import Accounts
@testable import Ground
@testable import Portal

@Suite struct AuditActionTests {
  private let known = AuditCatalogue(Portal.auditActions)

  @Test(arguments: Portal.auditActions)
  func `an action has a Chinese title and a code of one style`(_ action: AuditAction) {
    #expect(action.code.wholeMatch(of: /[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*/) != nil)
    #expect(action.title.unicodeScalars.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) })
  }

  @Test func `no code, of today or former, stands for two actions`() {
    let codes = Portal.auditActions.flatMap(\.codes)
    #expect(Set(codes).count == codes.count)
  }

  @Test func `every action that a room declares is known to the auditor's pages`() throws {
    let declared = try SourceTree.rooms().filter {
      $0.room != "Accounts" || !$0.path.contains("/Audit/")
    }
    .flatMap { file in
      file.text.matches(of: /AuditAction\(\s*"([a-z_.]+)"/).map { String($0.1) }
    }
    #expect(declared.count > 50)
    #expect(declared.filter { known.action($0).title == $0 } == [])
  }

  @Test func `every action that a query names is known`() throws {
    let named = try SourceTree.rooms().flatMap { file in
      file.text.matches(of: /\baction (?:=|IN) \(?((?:'[a-z_.]+'(?:, )?)+)/).flatMap { match in
        match.1.split(separator: ", ").map { $0.trimmingCharacters(in: ["'"]) }
      }
    }
    #expect(!named.isEmpty)
    #expect(named.filter { known.action($0).title == $0 } == [])
  }

  @Test func `what events are about, and their fields, have their words`() throws {
    let files = try SourceTree.rooms()
    let events = files.flatMap { file in
      ["AuditEvent(", "editor.record(", "audited: [String: String] {"]
        .flatMap { file.contents(after: $0) }
        + file.text.matches(of: /event\.(?:after|before)\??(?: = )?\[[^\]]*\]/).map { String($0.0) }
    }
    let fields = events.flatMap { $0.matches(of: /[\[,\s]"([a-z_0-9]+)":/).map { String($0.1) } }
    let entities =
      events.flatMap { $0.matches(of: /entity: "([a-z_]+)"/).map { String($0.1) } }
      + files.flatMap { file in
        file.contents(after: "ListExport(")
          .flatMap { $0.matches(of: /of: "([a-z_]+)"/).map { String($0.1) } }
      }
    #expect(fields.count > 50 && entities.count > 40)
    #expect(Set(fields).subtracting(AuditWords.fields.keys).sorted() == [])
    #expect(Set(entities).subtracting(AuditWords.entities.keys).sorted() == [])
  }

  @Test func `rows under a former code are shown and found under the title of today`() async throws
  {
    let fixture = try await AccountsFixture(roles: [.auditAdmin])
    let actor = try await fixture.principal("zhujian")
    try await fixture.databases.transactionOnIdentity(of: actor) { tx in
      for code in AuditAction.changePassword.codes {
        try tx.audit(
          AuditEvent(action: AuditAction(code, "那时"), entity: "accounts"),
          by: .staff(actor, address: "192.0.2.1", reference: "R", at: AccountsFixture.start))
      }
    }
    let reader = try await fixture.principal("audit-admin")
    let lines = try await fixture.databases.read(as: reader) {
      try $0.all(auditLines(AuditFilter(action: .changePassword)))
    }
    #expect(lines.map(\.action) == AuditAction.changePassword.codes.reversed())
    #expect(lines.map { known.action($0.action).title } == ["修改密码", "修改密码"])
  }
}
