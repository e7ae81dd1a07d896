import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import TestSupport
import Testing
import Web

@testable import Portal

/// A browser as far as these pages need one: it keeps cookies and sends forms back with their token.
private final class Visitor {
  private let client: any TestClientProtocol
  private var cookies: [String: String] = [:]

  init(_ client: any TestClientProtocol) { self.client = client }

  func get(_ path: String) async throws -> (status: Int, text: String, location: String?) {
    try await send(path, .get, nil)
  }

  /// Fetches the page, then sends the fields with the token and the hidden version that stand in it.
  func submit(
    _ path: String, to action: String? = nil, _ fields: [(String, String)]
  ) async throws -> (status: Int, text: String, location: String?) {
    let page = try await get(path).text
    var all = fields
    for name in ["csrf", "version"] {
      if let value = hidden(name, in: page) { all.append((name, value)) }
    }
    let body = all.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
    return try await send(action ?? path, .post, body)
  }

  private func hidden(_ name: String, in page: String) -> String? {
    let mark = "name=\"\(name)\" value=\""
    // The last one: the first stands in the sign-out form.
    guard let start = page.range(of: mark, options: .backwards)?.upperBound else { return nil }
    return String(page[start...].prefix { $0 != "\"" })
  }

  private func encoded(_ value: String) -> String {
    value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }

  private func send(
    _ path: String, _ method: HTTPRequest.Method, _ body: String?
  ) async throws -> (status: Int, text: String, location: String?) {
    var headers: HTTPFields = [
      .cookie: cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    ]
    if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
    let response = try await client.execute(
      uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
    for line in response.headers[values: .setCookie] {
      let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
      let isGone = line.contains("Max-Age=0")
      if let name = pair.first { cookies[String(name)] = isGone ? nil : pair.last.map(String.init) }
    }
    return (
      response.status.code, String(buffer: response.body), response.headers[.location]
    )
  }

  func signIn(_ account: String, _ password: String = AccountsFixture.password) async throws
    -> (status: Int, text: String, location: String?)
  {
    try await submit("/login", [("account", account), ("password", password)])
  }
}

@Suite struct AccountsPageTests {
  private func visit(
    _ fixture: AccountsFixture, _ body: @escaping @Sendable (Visitor) async throws -> Void
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
    let application = try WebApplication.make(
      try portal.responder(), address: .hostname("127.0.0.1", port: 0), logger: logger)
    try await application.test(.router) { try await body(Visitor($0)) }
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
        _ = try await visitor.submit("/admin", to: "/logout", [])
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
      #expect(answer.text.contains("value=\"zhujian\""))
      #expect(!answer.text.contains("Wrong-password-9"))
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
      let shown = try await visitor.submit(path, [])
      let start = try #require(shown.text.range(of: "<code>")?.upperBound)
      let fresh = String(shown.text[start...].prefix { $0 != "<" })
      _ = try await visitor.submit("/admin", to: "/logout", [])

      #expect(try await visitor.signIn("zhujian", fresh).location == "/account/password")
      #expect(try await visitor.get("/desk/cases").location == "/account/password")
      let weak = try await visitor.submit(
        "/account/password",
        [("current_password", fresh), ("new_password", "weak"), ("new_password_again", "weak")])
      #expect(weak.status == 422)
      #expect(weak.text.contains("至少10个字符"))
      let changed = try await visitor.submit(
        "/account/password",
        [
          ("current_password", fresh), ("new_password", "My-own-2021-pw"),
          ("new_password_again", "My-own-2021-pw"),
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
      #expect(try await visitor.submit(path, []).location == "/admin/accounts")
      #expect(try await visitor.submit(path, []).status == 409)
      #expect(try await visitor.get("/admin/accounts?state=disabled").text.contains("zhujian"))
    }
  }

  @Test func `the log opens to one event`() async throws {
    let fixture = try await AccountsFixture(roles: [.auditAdmin])
    try await visit(fixture) { visitor in
      _ = try await visitor.signIn("audit-admin")
      let list = try await visitor.get("/admin/audit?action=create_account&from=2000-01-01")
      #expect(list.text.contains("新建账号"))
      let link = try #require(list.text.firstMatch(of: /href="(\/admin\/audit\/[0-9]+)"/))
      let event = try await visitor.get(String(link.1))
      #expect(event.status == 200)
      #expect(event.text.contains("display_name"))
      #expect(try await visitor.get("/admin/audit/999999").status == 404)
    }
  }
}
