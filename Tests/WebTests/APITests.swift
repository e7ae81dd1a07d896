import Domain
import Foundation
import HTTPTypes
import NIOCore
import Testing
import WebTesting

@testable import Web

/// The machine interface's plumbing.
@Suite struct APITests {
  @Test func aSystemWithATokenIsAnsweredInJSONWithoutCookies() async throws {
    let api = APISite()
    let token = try api.tokens.issue(.housingOfficer, [.viewCases])
    try await api.test { client in
      let answer = try await client.get("/api/v1/notes?kind=a", token)
      #expect(answer.status == .ok)
      #expect(answer.headers[.contentType] == "application/json")
      #expect(try answer.json == ["id": 1, "text": "a"])
      #expect(answer.headers[values: .setCookie].isEmpty)
      #expect(answer.headers[.cacheControl] == "no-store")
      #expect(answer.headers[.xContentTypeOptions] == "nosniff")
      #expect(answer.headers[HTTPField.Name("RateLimit-Limit")!] == "1000")
      #expect(answer.headers[HTTPField.Name("RateLimit-Remaining")!] == "999")
    }
    #expect(api.seen.calls.first?.principal.may(.viewCases) == true)
    #expect(api.seen.calls.first?.principal.may(.workCases) == false)
  }

  @Test(arguments: [nil, "Bearer", "Bearer nobody", "Basic bm9ib2R5", "bearer  "])
  func whoHasNoTokenIsToldSo(_ header: String?) async throws {
    let api = APISite()
    try await api.test { client in
      var headers = HTTPFields()
      headers[.authorization] = header
      for path in ["/api/v1/notes", "/api/v1/notes/1"] {
        let answer = try await client.get(path, headers)
        #expect(try answer.isProblem(.unauthorized))
        #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer realm=") == true)
      }
    }
    #expect(api.seen.calls.isEmpty)
  }

  @Test func aCookieNeverAuthenticates() async throws {
    let api = APISite()
    let session = try api.site.sessions.signIn(.housingOfficer)
    try await api.test { client in
      #expect(try await client.get("/desk/cases/1", session).status == .ok)
      #expect(try await client.get("/api/v1/notes", session).isProblem(.unauthorized))
      let sent = try await client.post(
        "/api/v1/notes", #"{"text":"a"}"#, session, type: "application/json")
      #expect(try sent.isProblem(.unauthorized))
    }
    #expect(api.seen.calls.isEmpty)
  }

  @Test func aTokenOpensNoPage() async throws {
    let api = APISite()
    let token = try api.tokens.issue(.housingOfficer, [.viewCases])
    try await api.test { client in
      let page = try await client.get("/desk/cases/1", token)
      #expect(page.status == .seeOther)
    }
  }

  @Test func aTokenMayNoMoreThanItWasGiven() async throws {
    let api = APISite()
    let token = try api.tokens.issue(.housingOfficer, [.viewCases])
    try await api.test { client in
      let answer = try await client.post(
        "/api/v1/notes", #"{"text":"a"}"#, token, type: "application/json")
      #expect(try answer.isProblem(.forbidden))
      #expect(
        answer.headers[.wwwAuthenticate]?.contains(
          #"error="insufficient_scope", scope="work_cases""#)
          == true)
    }
    #expect(api.seen.calls.isEmpty)
  }

  @Test func aTokenMayNoMoreThanItsRole() async throws {
    let api = APISite()
    let token = try api.tokens.issue(.cityViewer, [.workCases, .viewCases])
    try await api.test { client in
      let answer = try await client.get("/api/v1/notes", token)
      #expect(try answer.isProblem(.forbidden))
    }
  }

  @Test(arguments: [
    ("GET", "/api/v1/nothing"), ("GET", "/api/"), ("POST", "/api/v2/notes"),
    ("GET", "/api/v1/notes/x"), ("GET", "/api/v1/notes/0"),
  ])
  func whatIsNotThereIsAProblemToo(_ method: String, _ path: String) async throws {
    let api = APISite()
    let token = try api.tokens.issue(.housingOfficer, [.viewCases])
    try await api.test { client in
      let answer = try await client.execute(
        uri: path, method: try #require(HTTPRequest.Method(method)), headers: token, body: nil
      ) { $0 }
      #expect(try answer.isProblem(.notFound), "\(path)")
    }
  }

  @Test func anotherMethodIsToldTheRightOnes() async throws {
    try await APISite().test { client in
      let answer = try await client.execute(
        uri: "/api/v1/notes", method: .delete, headers: [:], body: nil
      ) { $0 }
      #expect(try answer.isProblem(.methodNotAllowed))
      #expect(answer.headers[.allow] == "GET, HEAD, POST")
    }
  }

  private func post(
    _ body: String, type: String? = "application/json", key: String? = "k",
    to path: String = "notes"
  ) async throws -> TestResponse {
    let api = APISite()
    var headers = try api.tokens.issue(.housingOfficer, [.workCases])
    headers[.idempotencyKey] = key
    return try await api.test { [headers] client in
      try await client.post("/api/v1/\(path)", body, headers, type: type)
    }
  }

  @Test func whatWasSentReachesTheOperation() async throws {
    let answer = try await post(#"{"text":"记录","kind":"b","items":[1,2]}"#)
    #expect(answer.status == .created)
    #expect(try answer.json == ["id": 2, "text": "记录"])
  }

  @Test(arguments: ["", "{", "{\"text\":}", "nul", "{\"text\":\"\u{1}\"}"])
  func whatIsNoJSONIsRefused(_ body: String) async throws {
    #expect(try await post(body).isProblem(.badRequest))
  }

  @Test(arguments: ["text/plain", nil, "application/x-www-form-urlencoded"])
  func anotherTypeIsRefused(_ type: String?) async throws {
    #expect(try await post(#"{"text":"a"}"#, type: type).isProblem(.unsupportedMediaType))
  }

  @Test func tooMuchIsRefused() async throws {
    let long = String(repeating: "a", count: 3_000)
    #expect(try await post("{\"text\":\"\(long)\"}").isProblem(.payloadTooLarge))
  }

  @Test(arguments: [
    ("{}", ["#/text"]), ("[]", ["#"]), ("null", ["#"]), (#"{"text":1}"#, ["#/text"]),
    (#"{"text":""}"#, ["#/text"]), (#"{"text":"a","more":1}"#, ["#"]),
    (#"{"text":"a","kind":"c"}"#, ["#/kind"]), (#"{"text":"a","items":[]}"#, ["#/items"]),
    (#"{"text":"a","items":[1,10,"x"]}"#, ["#/items/1", "#/items/2"]),
    (#"{"text":"a\u0000"}"#, ["#/text"]), (#"{"text":"a\nb"}"#, ["#/text"]),
  ])
  func whatDoesNotFitTheDescriptionIsSaidWhere(
    _ body: String, _ pointers: [String]
  ) async throws {
    let answer = try await post(body)
    #expect(try answer.isProblem(.invalid))
    #expect(try answer.pointers == pointers)
  }

  @Test(arguments: [
    ("?limit=0", "limit"), ("?limit=x", "limit"), ("?limit=01", "limit"), ("?kind=c", "kind"),
    ("?kind=a&kind=b", "kind"), ("?more=1", "query"), ("?limit=%C3%28", nil),
  ])
  func parametersAreCheckedByTheirDescription(_ query: String, _ name: String?) async throws {
    let api = APISite()
    let token = try api.tokens.issue(.housingOfficer, [.viewCases])
    try await api.test { client in
      let answer = try await client.get("/api/v1/notes" + query, token)
      #expect(try answer.isProblem(name == nil ? .badRequest : .invalid))
      if let name { #expect(try answer.pointers == [name]) }
    }
  }

  @Test(arguments: [nil, "", String(repeating: "k", count: 201)])
  func aKeyThatIsNeededIsAskedFor(_ key: String?) async throws {
    let answer = try await post(#"{"text":"a"}"#, key: key)
    #expect(try answer.isProblem(.invalid))
    #expect(try answer.pointers == ["Idempotency-Key"])
  }

  @Test func theSameRequestHasTheSameFingerprintAndNoOther() async throws {
    let api = APISite()
    var headers = try api.tokens.issue(.housingOfficer, [.workCases])
    headers[.idempotencyKey] = "k"
    try await api.test { [headers] client in
      for body in [#"{"text":"a"}"#, #"{"text":"a"}"#, #"{"text":"b"}"#] {
        _ = try await client.post("/api/v1/notes", body, headers, type: "application/json")
      }
    }
    let prints = api.seen.calls.map(\.fingerprint)
    #expect(prints[0] == prints[1] && prints[1] != prints[2])
  }

  @Test func whoCallsTooOftenIsToldWhenToComeBack() async throws {
    var api = APISite()
    api.site.configuration.apiCalls = RateLimiter(burst: 2, perMinute: 60)
    let (one, other) = (
      try api.tokens.issue(.housingOfficer, [.viewCases]),
      try api.tokens.issue(.housingOfficer, [.viewCases])
    )
    try await api.test { client in
      for _ in 0..<2 { #expect(try await client.get("/api/v1/notes", one).status == .ok) }
      let answer = try await client.get("/api/v1/notes", one)
      #expect(try answer.isProblem(.tooManyRequests))
      #expect(answer.headers[.retryAfter] == "1")
      #expect(answer.headers[HTTPField.Name("RateLimit-Remaining")!] == "0")
      #expect(try await client.get("/api/v1/notes", other).status == .ok)
    }
  }

  @Test func aFileIsThereForTheOperationAndGoneAfterwards() async throws {
    let api = APISite()
    let token = try api.tokens.issue(.housingOfficer, [.workCases])
    let content = Array(repeating: UInt8(ascii: "x"), count: 90_000)
    try await api.test { client in
      let answer = try await client.post(
        "/api/v1/files", bytes: content, token, type: "text/csv; charset=utf-8")
      #expect(answer.status == .accepted)
      #expect(api.site.spooled.isEmpty)
    }
    #expect(api.seen.files == [content])
    #expect(api.seen.calls.first?.file?.size == content.count)
  }

  @Test func aFileThatIsTooLargeOrOfAnotherKindIsRefused() async throws {
    let api = APISite()
    let token = try api.tokens.issue(.housingOfficer, [.workCases])
    try await api.test { client in
      let content = Array(repeating: UInt8(ascii: "x"), count: 100_001)
      let large = try await client.post("/api/v1/files", bytes: content, token, type: "text/csv")
      #expect(try large.isProblem(.payloadTooLarge))
      let other = try await client.post("/api/v1/files", "a", token, type: "application/zip")
      #expect(try other.isProblem(.unsupportedMediaType))
      #expect(api.site.spooled.isEmpty)
    }
    #expect(api.seen.calls.isEmpty)
  }

  @Test func aFaultTellsNothingButItsNumber() async throws {
    let api = APISite()
    let token = try api.tokens.issue(.housingOfficer, [.viewCases])
    try await api.test { client in
      let answer = try await client.get("/api/v1/fault", token)
      #expect(try answer.isProblem(.fault))
      #expect(!answer.text.contains("350423199001011234"))
      let reference = try #require(try answer.json["instance"]?.text)
      #expect(api.site.log.all.contains { $0.contains("request failed") && $0.contains(reference) })
      #expect(!api.site.log.all.contains { $0.contains("350423199001011234") })
    }
  }

  @Test func aDatabaseThatIsAwayIsAProblemToComeBackFrom() async throws {
    let api = APISite()
    let token = try api.tokens.issue(.housingOfficer, [.viewCases])
    try await api.test { client in
      let answer = try await client.get("/api/v1/away", token)
      #expect(try answer.isProblem(.unavailable))
      #expect(answer.headers[.retryAfter] == "10")
    }
  }

  @Test func aHarmfulHeaderIsAProblem() async throws {
    try await APISite().test { client in
      let tower = "a" + String(repeating: "\u{301}", count: 300)
      let answer = try await client.get("/api/v1/notes", [.ifNoneMatch: tower])
      #expect(try answer.isProblem(.badRequest))
    }
  }
}
