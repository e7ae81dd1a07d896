import Domain
import Foundation
import Logging
import TestSupport
import Testing

@testable import Portal

/// Somebody at a browser, who is not led on by redirects.
private struct Visitor {
  let browser: Browser

  func get(_ path: String) async throws -> Page {
    try await browser.open(path, following: false)
  }

  /// Opens the page, then fills and sends its form, or the one on it that goes somewhere else.
  func submit(
    _ path: String, to action: String? = nil, _ fields: KeyValuePairs<String, String>
  ) async throws -> Page {
    try await get(path).form(to: action ?? path).fill(fields).submit(following: false)
  }

  func signIn(
    _ account: String, _ password: String = AccountsFixture.password
  ) async throws -> Page {
    try await submit("/login", ["account": account, "password": password])
  }
}

@Suite struct AccountsPageTests {
  private func visit(
    _ fixture: AccountsFixture, _ body: (Visitor) async throws -> Void
  ) async throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let portal = try Portal(
      PortalConfiguration(
        staffDatabase: fixture.test.connectionString(as: .staff),
        publicDatabase: fixture.test.connectionString(as: .publicSide),
        inspectorDatabase: fixture.test.connectionString(as: .inspector), keys: fixture.keys,
        resources: folder), logger: logger, now: { AccountsFixture.start })
    defer { portal.close() }
    try await body(Visitor(browser: try Browser(portal)))
  }

  @Test func `each administrator signs in to pages of the own work and no other`() async throws {
    let fixture = try await AccountsFixture(roles: [.systemAdmin, .securityAdmin, .auditAdmin])
    try await visit(fixture) { visitor in
      for (account, page) in [
        ("system-admin", "/admin/accounts"), ("security-admin", "/admin/security"),
        ("audit-admin", "/admin/audit"),
      ] {
        #expect(try await visitor.signIn(account).location == "/admin")
        #expect(try await visitor.get("/admin").status == 200)
        for path in ["/admin/accounts", "/admin/security", "/admin/audit"] {
          #expect(try await visitor.get(path).status == (path == page ? 200 : 403))
        }
        _ = try await visitor.submit("/admin", to: "/logout", [:])
        #expect(try await visitor.get("/admin").status == 303)
      }
    }
  }

  @Test func `a wrong password comes back with what was typed but the password`() async throws {
    let fixture = try await AccountsFixture()
    try await visit(fixture) { visitor in
      let answer = try await visitor.signIn("zhujian", "Wrong-password-9")
      #expect(answer.status == 422)
      #expect(answer.text.contains("账号或密码不对"))
      #expect(answer.source.contains("value=\"zhujian\""))
      #expect(!answer.source.contains("Wrong-password-9"))
    }
  }

  @Test func `a reset password is shown once and must be changed before anything else`()
    async throws
  {
    let fixture = try await AccountsFixture(roles: [.systemAdmin])
    let id = try await fixture.principal("zhujian").accountID
    let path = "/admin/accounts/\(id)/password"
    try await visit(fixture) { visitor in
      _ = try await visitor.signIn("system-admin")
      let shown = try await visitor.submit(path, [:])
      let fresh = try #require(shown.all("code").first?.text)
      _ = try await visitor.submit("/admin", to: "/logout", [:])

      #expect(try await visitor.signIn("zhujian", fresh).location == "/account/password")
      #expect(try await visitor.get("/desk/cases").location == "/account/password")
      let weak = try await visitor.submit(
        "/account/password",
        ["current_password": fresh, "new_password": "weak", "new_password_again": "weak"])
      #expect(weak.status == 422)
      #expect(weak.text.contains("至少10个字符"))
      let changed = try await visitor.submit(
        "/account/password",
        [
          "current_password": fresh, "new_password": "My-own-2021-pw",
          "new_password_again": "My-own-2021-pw",
        ])
      #expect(changed.location == "/desk")
      #expect(try await visitor.get("/account/password").text.contains("密码已修改"))
    }
  }

  @Test func `an account changed by somebody else meanwhile is a conflict`() async throws {
    let fixture = try await AccountsFixture(roles: [.systemAdmin])
    let id = try await fixture.principal("zhujian").accountID
    try await visit(fixture) { visitor in
      _ = try await visitor.signIn("system-admin")
      let path = "/admin/accounts/\(id)/disabling"
      #expect(try await visitor.submit(path, [:]).location == "/admin/accounts")
      #expect(try await visitor.submit(path, [:]).status == 409)
      #expect(try await visitor.get("/admin/accounts?state=disabled").text.contains("zhujian"))
    }
  }

  @Test func `the log opens to one event`() async throws {
    let fixture = try await AccountsFixture(roles: [.auditAdmin])
    try await visit(fixture) { visitor in
      _ = try await visitor.signIn("audit-admin")
      let list = try await visitor.get("/admin/audit?action=account.create&from=2000-01-01")
      #expect(list.text.contains("新建账号"))
      let link = try #require(list.source.firstMatch(of: /href="(\/admin\/audit\/[0-9]+)"/))
      let event = try await visitor.get(String(link.1))
      #expect(event.status == 200)
      #expect(event.source.contains("姓名"))
      #expect(try await visitor.get("/admin/audit/999999").status == 404)
    }
  }
}
