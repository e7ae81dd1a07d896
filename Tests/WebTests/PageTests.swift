import Domain
import Foundation
import HTML
import HTTPTypes
import NIOCore
import Testing
import WebTesting

@testable import Web

@Suite struct PageTests {
  private static let everyAnswer: [(HTTPRequest.Method, String, Int)] = [
    (.get, "/", 200), (.get, "/form", 200), (.get, "/progress", 200), (.get, "/nowhere", 404),
    (.get, "/fault", 500), (.get, "/away", 503), (.get, "/busy", 429), (.get, "/desk", 303),
    (.get, "/desk/cases/x", 303), (.put, "/form", 405), (.post, "/form", 415), (.head, "/", 200),
    (.get, "/?q=%FF", 400), (.get, "/progress.json", 503), (.post, "/nowhere", 404),
    (.head, "/nowhere", 404), (.head, "/progress", 200), (.post, "/progress", 405),
  ]

  @Test func everyKindOfAnswerCarriesTheSecurityHeaders() async throws {
    try await TestSite().test { client in
      for (method, uri, status) in Self.everyAnswer {
        try await client.execute(uri: uri, method: method) { response in
          #expect(response.status.code == status, "\(method) \(uri)")
          for field in SecurityHeaders.always {
            #expect(response.headers[values: field.name] == [field.value], "\(method) \(uri)")
          }
          #expect(response.headers[.cacheControl] != nil, "\(method) \(uri)")
          #expect(response.headers[.strictTransportSecurity] == nil)
          if method == .head { #expect(response.body.readableBytes == 0) }
        }
      }
    }
  }

  @Test func underTLSCookiesAreSecureAndHSTSIsSent() async throws {
    var site = TestSite()
    site.configuration.isSecure = true
    try await site.test { client in
      let page = try await client.get("/form")
      #expect(page.headers[.strictTransportSecurity] == "max-age=31536000")
      #expect(page.headers[.setCookie]?.hasSuffix("HttpOnly; SameSite=Lax; Secure") == true)
      #expect(try await client.get("/progress").headers[.strictTransportSecurity] != nil)
    }
  }

  @Test func headHasTheLengthButNoBody() async throws {
    try await TestSite().test { client in
      for uri in ["/", "/progress"] {
        let page = try await client.get(uri)
        try await client.execute(uri: uri, method: .head) { response in
          #expect(response.headers[.contentLength] == String(page.body.readableBytes))
          #expect(response.body.readableBytes == 0)
        }
      }
    }
  }

  @Test func aFaultShowsTheNumberThatTheLogHasAndNoData() async throws {
    let site = TestSite()
    try await site.test { client in
      let page = try await client.get("/fault?q=phone13800000000")
      let line = try #require(site.log.all.first { $0.hasPrefix("error") })
      let start = try #require(page.text.range(of: "<strong>"))
      let number = page.text[start.upperBound...].prefix { $0 != "<" }
      #expect(number.count == 8)
      #expect(line.contains(number))
      #expect(!line.contains("/fault"))
      #expect(line.contains("Fault"))
      #expect(!line.contains("3504231990"))
      #expect(!line.contains("138"))
      #expect(!page.text.contains("3504231990"))
    }
  }

  @Test func anUnavailableDatabaseIsA503WithRetryAfter() async throws {
    try await TestSite().test { client in
      let page = try await client.get("/away")
      #expect(page.status == .serviceUnavailable)
      #expect(page.headers[.retryAfter] == "10")
      #expect(page.text.contains("参考编号"))
      #expect(try await client.get("/busy").headers[.retryAfter] == "30")
    }
  }

  @Test func publicRoutesAreNotLogged() async throws {
    let site = TestSite()
    try await site.test { client in
      _ = try await client.get("/?q=1", [.userAgent: "Agent/7"])
      _ = try await client.get("/form")
      _ = try await client.get("/nowhere")
      _ = try await client.get("/progress")
      let visit = try await client.visit()
      _ = try await client.post("/form", "csrf=\(visit.token)&name=x", visit.headers)
      #expect(site.log.all.isEmpty)
    }
  }

  @Test func staffRequestsAreLoggedByRouteWithoutPathOrQuery() async throws {
    let site = TestSite()
    let signedIn = try site.sessions.signIn(.housingOfficer)
    try await site.test { client in
      _ = try await client.get("/desk/cases/7?name=secret", signedIn)
      let line = try #require(site.log.all.first)
      #expect(line.contains("/desk/cases/:id"))
      #expect(line.contains("200"))
      #expect(!line.contains("secret"))
      #expect(!line.contains("cases/7"))
    }
  }

  @Test func aMethodThatARouteDoesNotHaveIsNamed() async throws {
    try await TestSite().test { client in
      try await client.execute(uri: "/desk/notes", method: .get) { response in
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] == "POST")
      }
    }
  }

  @Test func aQueryTurnsPlusIntoASpace() async throws {
    try await TestSite().test { client in
      let page = try await client.get("/?q=a+b%20c")
      #expect(page.text.contains("a b c"))
    }
  }

  @Test func aFlashMessageIsShownOnceAndCannotBeForged() async throws {
    try await TestSite().test { client in
      let redirect = try await client.get("/flash")
      #expect(redirect.status == .seeOther)
      let cookie = try #require(redirect.cookies.first)
      let page = try await client.get("/", [.cookie: cookie])
      #expect(page.text.contains("已保存：第 1 条"))
      #expect(page.headers[.setCookie]?.contains("Max-Age=0") == true)
      let forged = try await client.get("/", [.cookie: cookie + "x"])
      #expect(!forged.text.contains("已保存"))
    }
  }

  @Test func theFastLaneAnswersWith304WhenNothingChanged() async throws {
    try await TestSite().test { client in
      let page = try await client.get("/progress")
      #expect(page.text == "<p>进展</p>")
      #expect(page.headers[.setCookie] == nil)
      let etag = try #require(page.headers[.eTag])
      for known in [etag, "W/\(etag)", "\"other\", \(etag)", "*"] {
        let again = try await client.get("/progress?x=1", [.ifNoneMatch: known])
        #expect(again.status == .notModified)
        #expect(again.body.readableBytes == 0)
        #expect(again.headers[.eTag] == etag)
        #expect(again.headers[.contentSecurityPolicy] != nil)
      }
      #expect(try await client.get("/progress", [.ifNoneMatch: "\"x\""]).status == .ok)
    }
  }

  @Test func fileNamesOfDownloadsAreSafe() {
    #expect(
      WebResponse.attachment("清单\"\r\n.xlsx")
        == "attachment; filename=\"_____.xlsx\"; filename*=UTF-8''%E6%B8%85%E5%8D%95%22%0D%0A.xlsx")
  }
}
