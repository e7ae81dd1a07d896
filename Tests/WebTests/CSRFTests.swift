import Domain
import Foundation
import HTTPTypes
import Testing
import WebTesting

@testable import Web

@Suite struct CSRFTests {
  private static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .via

  @Test func aFormWithItsTokenIsTaken() async throws {
    let site = TestSite()
    try await site.test { client in
      let visit = try await client.visit()
      let answer = try await client.post(
        "/form", "csrf=\(visit.token)&name=%E5%BC%A0", visit.headers)
      #expect(answer.status == .seeOther)
      #expect(site.seen.fields.first?["name"] == "张")
    }
  }

  @Test func aVisitorHasACookieOnlyWhenAFormWasDrawn() async throws {
    try await TestSite().test { client in
      #expect(try await client.get("/").headers[.setCookie] == nil)
      let page = try await client.get("/form")
      #expect(page.headers[.setCookie]?.hasPrefix("portal_visitor=") == true)
      #expect(page.headers[.setCookie]?.contains("HttpOnly; SameSite=Lax") == true)
      #expect(page.headers[.cacheControl] == "no-store")
    }
  }

  @Test(arguments: [
    "", "csrf=&", "csrf=wrong&", "csrf=v.1.00&", "csrf=v.999999999999999999999.ab&",
  ])
  func aWrongTokenCarriesEverythingTypedToOneButton(prefix: String) async throws {
    let site = TestSite()
    try await site.test { client in
      let visit = try await client.visit()
      let body = prefix + "name=%3Cb%3E%22&text=a%0D%0Ab&password=Secret123&code=998877"
      let page = try await client.post("/form?x=1", body, visit.headers)
      #expect(page.status == .forbidden)
      #expect(page.text.contains("核对无误，继续提交"))
      #expect(page.text.contains("action=\"/form?x=1\""))
      #expect(page.text.contains("name=\"name\" value=\"&lt;b&gt;&quot;\""))
      #expect(page.text.contains("name=\"text\" value=\"a\r\nb\""))
      #expect(!page.text.contains("Secret123"))
      #expect(!page.text.contains("998877"))
      #expect(page.text.contains("<label for=\"again-password\">"))
      #expect(site.seen.fields.isEmpty)
      let again = try await client.post("/form?x=1", "csrf=\(page.token)&name=x", visit.headers)
      #expect(again.status == .seeOther)
    }
  }

  @Test func aTokenOfAnotherVisitorOrSessionIsForeign() async throws {
    let site = TestSite()
    let first = try site.sessions.signIn(.housingOfficer)
    let second = try site.sessions.signIn(.housingLead)
    try await site.test { client in
      let other = try await client.visit()
      let visit = try await client.visit()
      let answer = try await client.post("/form", "csrf=\(other.token)", visit.headers)
      #expect(answer.status == .forbidden)
      let token = try await client.get("/desk", first).token
      let ok = try await client.post("/desk/notes", "csrf=\(token)", first)
      #expect(ok.status == .seeOther)
      #expect(try await client.post("/desk/notes", "csrf=\(token)", second).status == .forbidden)
      #expect(try await client.post("/form", "csrf=\(token)", visit.headers).status == .forbidden)
    }
  }

  @Test func anExpiredTokenSaysSo() async throws {
    var site = TestSite()
    let old = CSRF(secret: site.configuration.secret)
    let visitor = String(repeating: "ab", count: 16)
    let token = old.token(.visitor, binding: Array(visitor.utf8), now: TestSite.time)
    site.configuration.now = { TestSite.time.addingTimeInterval(12 * 3600 + 1) }
    try await site.test { client in
      let page = try await client.post(
        "/form", "csrf=\(token)&name=x", [.cookie: "portal_visitor=\(visitor)"])
      #expect(page.status == .forbidden)
      #expect(page.text.contains("页面打开太久"))
    }
  }

  @Test func afterTheSessionEndedTheFormIsKeptUntilSignInInAnotherTab() async throws {
    let site = TestSite()
    let ended = try site.sessions.signIn(.housingOfficer)
    try await site.test { client in
      let token = try await client.get("/desk", ended).token
      site.sessions.endAll()
      let page = try await client.post("/desk/notes", "csrf=\(token)&text=keep", ended)
      #expect(page.status == .forbidden)
      #expect(page.text.contains("登录已失效"))
      #expect(page.text.contains("href=\"/login\" target=\"_blank\""))
      #expect(page.text.contains("value=\"keep\""))
      #expect(site.seen.fields.isEmpty)

      let anew = try site.sessions.signIn(.housingOfficer)
      var headers: HTTPFields = [.cookie: "\(anew[.cookie] ?? ""); \(page.cookies[0])"]
      let body = "csrf=\(page.token)&text=keep"
      #expect(try await client.post("/desk/notes", body, headers).status == .forbidden)
      headers[Self.fetchSite] = "same-origin"
      #expect(try await client.post("/desk/notes", body, headers).status == .seeOther)
      #expect(site.seen.fields.first?["text"] == "keep")
    }
  }

  @Test func whatAnotherSiteSendsIsRefusedWithoutAButton() async throws {
    let site = TestSite()
    try await site.test { client in
      let visit = try await client.visit()
      for (name, value) in [
        (Self.fetchSite, "cross-site"), (Self.fetchSite, "same-site"),
        (HTTPField.Name.origin, "https://evil.example"), (.origin, "null"),
      ] {
        var headers = visit.headers
        headers[name] = value
        let page = try await client.post("/form", "csrf=\(visit.token)&name=x", headers)
        #expect(page.status == .forbidden, "\(name) \(value)")
        #expect(!page.text.contains("<form"))
      }
      var own = visit.headers
      own[.origin] = "http://localhost"
      #expect(try await client.post("/form", "csrf=\(visit.token)", own).status == .seeOther)
    }
  }

  @Test func theFilesOfAnUnconfirmedUploadAreAskedForAgain() async throws {
    let site = TestSite()
    try await site.test { client in
      let body = multipart([field("text", "kept"), file("photos", "a.jpg", [1, 2, 3])])
      let page = try await client.post("/photos", bytes: body, type: multipartType)
      #expect(page.status == .forbidden)
      #expect(page.text.contains("value=\"kept\""))
      #expect(page.text.contains("enctype=\"multipart/form-data\""))
      #expect(
        page.text.contains("<input id=\"again-photos\" name=\"photos\" type=\"file\" multiple>"))
      #expect(site.spooled.isEmpty)
      #expect(site.seen.uploads.isEmpty)
    }
  }
}
