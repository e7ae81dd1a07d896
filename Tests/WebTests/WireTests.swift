import Domain
import Foundation
import HTTPTypes
import NIOCore
import Testing
import WebTesting

@testable import Web

/// Requests as no browser sends them.
@Suite struct WireTests {
  private func answer(_ request: String, _ site: TestSite = TestSite()) async throws -> String {
    try await site.routes.build(site.configuration).served(logger: site.configuration.logger) {
      port in
      let line = try await RawLine(port: port)
      defer { line.close() }
      try await line.send(request)
      return await line.answer()
    }
  }

  private func checkHeaders(_ answer: String, _ request: String) {
    let head = answer.lowercased()
    for field in SecurityHeaders.always {
      #expect(
        head.components(
          separatedBy: "\(field.name.rawName.lowercased()): \(field.value.lowercased())\r\n"
        ).count == 2,
        "\(field.name) in \(request.prefix(60)): \(answer.prefix(60))")
    }
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost:\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n",
    "GET /progress HTTP/1.1\r\n\r\n",
    "GET /api/v1/cases HTTP/1.1\r\n\r\n",
    "POST /form HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
  ])
  func aRequestSaysOnceForWhomItIs(_ request: String) async throws {
    let answer = try await answer(request)
    #expect(answer.hasPrefix("HTTP/1.1 400 "))
    checkHeaders(answer, request)
  }

  @Test(arguments: ["a", "a:8080", "[2001:db8::1]:443", "xn--fiqs8s.example", "127.0.0.1"])
  func oneHostIsEnough(_ host: String) async throws {
    #expect(try await answer("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
  }

  @Test(arguments: [
    "BREW / HTTP/1.1\r\nHost: a\r\n\r\n",
    "\u{1}\u{2} / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 17 << 10))\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n"
      + (0..<120).map { "X-\($0): y\r\n" }.joined() + "\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n : x\r\n\r\n",
    "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
  ])
  func whatIsAnsweredBeforeTheRoutesCarriesTheSecurityHeaders(_ request: String) async throws {
    let answer = try await answer(request)
    #expect(answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(40))")
    checkHeaders(answer, request)
  }

  @Test func underTLSTheyCarryHSTSToo() async throws {
    var site = TestSite()
    site.configuration.isSecure = true
    let answer = try await answer("\u{1} / HTTP/1.1\r\n\r\n", site)
    #expect(answer.lowercased().contains("strict-transport-security: max-age=31536000"))
  }

  @Test(arguments: [
    "zz\r\nabc\r\n0\r\n\r\n", "3\r\nabcd\r\n0\r\n\r\n", "-3\r\nabc\r\n0\r\n\r\n",
    "3;\u{1}\r\nabc\r\n0\r\n\r\n", "3\nabc\n0\n\n", "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n",
    "3\r\nabc\r\nx\r\n\r\n",
  ])
  func aBodyThatIsNotPutTogetherRightIsABadRequest(_ body: String) async throws {
    for path in ["/form", "/photos"] {
      let type =
        path == "/form" ? "application/x-www-form-urlencoded" : "multipart/form-data; boundary=b"
      let request = """
        POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Type: \(type)\r\nTransfer-Encoding: chunked\r\n\r\n\(body)
        """
      let answer = try await answer(request)
      #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer.prefix(40))")
      checkHeaders(answer, request)
    }
  }
}

/// Cookies where people come over TLS.
@Suite struct HostCookieTests {
  private func site() -> TestSite {
    var site = TestSite()
    site.configuration.publicURL = "https://www.example.gov.cn"
    site.configuration.isSecure = true
    return site
  }

  @Test func theyBelongToThisHostAlone() async throws {
    try await site().test { client in
      for uri in ["/form", "/flash"] {
        for cookie in try await client.get(uri).headers[values: .setCookie] {
          #expect(cookie.hasPrefix("__Host-portal_"))
          #expect(cookie.contains("; Secure") && cookie.contains("; Path=/;"))
          #expect(!cookie.contains("Domain"))
        }
      }
    }
  }

  @Test func aPlantedCookieOfTheSameNameDoesNotWin() async throws {
    let site = site()
    let planted = try site.sessions.signIn(.housingOfficer)[.cookie] ?? ""
    try await site.test { client in
      let stranger = try await client.execute(
        uri: "/desk", method: .get, headers: [.cookie: planted], body: nil)
      #expect(stranger.status == .seeOther)
      let own = try site.sessions.signIn(.housingLead)[.cookie] ?? ""
      let page = try await client.execute(
        uri: "/desk", method: .get, headers: [.cookie: "\(planted); __Host-\(own)"], body: nil)
      #expect(page.status == .ok)
      let token = try await client.get("/form")
      #expect(token.headers[values: .setCookie].contains { $0.hasPrefix("__Host-portal_visitor=") })
    }
  }

  @Test func withoutTLSTheNamesStayAsTheyAre() async throws {
    try await TestSite().test { client in
      let cookies = try await client.get("/form").headers[values: .setCookie]
      #expect(!cookies.isEmpty && cookies.allSatisfy { $0.hasPrefix("portal_") })
    }
  }
}
