import Domain
import Foundation
import HTTPTypes
import Postgres
import TestSupport
import Testing
import Web

@testable import Accounts
@testable import Portal

/// Every operation of the machine interface, for every token.
@Suite(.serialized) struct APISweepTests {
  private static let shared = Task {
    let site = try await TestPortal.start()
    let sample = try await site.addSample(township: "350423100")
    return (site, sample)
  }

  private func operations(_ site: TestPortal) -> [APIOperation] {
    site.portal.routes.entries.compactMap(\.operation)
  }

  private func path(_ operation: APIOperation, _ sample: SampleRows) -> String {
    operation.pattern.replacing(":id", with: String(sample.round))
      .replacing(
        ":reference", with: "样本".addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
  }

  @Test func thePermissionsOfTokensAreThoseOfTheOperations() async throws {
    let (site, _) = try await Self.shared.value
    #expect(
      Set(APIPermissions.all.map(\.permission)) == Set(operations(site).map(\.permission)))
    let paths = site.portal.routes.entries.filter { $0.pattern.hasPrefix("/api/") }
    #expect(
      paths.filter { $0.kind != .api }.map(\.pattern) == ["/api/v1/openapi.json"],
      "whatever else stands below /api/ would be open to cookies")
  }

  @Test func everyOperationIsClosedToWhoWasNotGivenItsPermission() async throws {
    let (site, sample) = try await Self.shared.value
    let before = try await site.digests()
    for (permission, account) in [
      (Permission.viewReviews, "ziran"), (.answerChecks, "ziran"), (.askCounter, "ziran"),
      (.viewProgressFigures, "ziran"),
    ] {
      let system = try await site.system(for: account, permission)
      for operation in operations(site) where operation.permission != permission {
        let answer = try await system.call(
          operation.method, path(operation, sample), [], type: nil, nil)
        #expect(answer.status == 403, "\(operation.id) with \(permission)")
        #expect(answer.header("WWW-Authenticate")?.contains(operation.permission.rawValue) == true)
      }
    }
    #expect(
      try await site.tablesChanged(since: before).isSubset(of: ["api_tokens", "audit_events"]))
  }

  @Test func everyOperationIsClosedWithoutATokenAndToBrowsers() async throws {
    let (site, sample) = try await Self.shared.value
    let before = try await site.digests()
    for account in [nil, "ziran", "zhujian-lead", "sysadmin"] as [String?] {
      let browser =
        if let account { try await site.browser(signedInAs: account) } else { site.browser() }
      for operation in operations(site) {
        let page = try await browser.request(
          operation.method, path(operation, sample), headers: [.contentType: "application/json"],
          body: operation.method == .post ? Array("{}".utf8) : [])
        #expect(page.status == 401, "\(operation.id) \(account ?? "nobody")")
        #expect(page.headers[.contentType] == "application/problem+json")
        #expect(page.headers[.wwwAuthenticate] != nil)
        #expect(page.headers[values: .setCookie].isEmpty)
        #expect(try PageRules(site).headerProblems(page).isEmpty)
      }
    }
    let changed = try await site.tablesChanged(since: before)
    #expect(changed.isSubset(of: ["sessions", "audit_events", "sign_in_failures"]))
  }

  @Test func everyOperationAnswersWithItsPermission() async throws {
    let (site, sample) = try await Self.shared.value
    let system = try await site.system(
      for: "ziran", .viewReviews, .answerChecks, .askCounter, .viewProgressFigures)
    for operation in operations(site) {
      let answer = try await system.call(
        operation.method, path(operation, sample), [], type: nil, nil)
      #expect(![401, 403, 500].contains(answer.status), "\(operation.id) \(answer.status)")
    }
  }

  @Test func errorsBelowTheInterfaceAreProblemsForEverybody() async throws {
    let (site, _) = try await Self.shared.value
    let browser = try await site.browser(signedInAs: "zhujian")
    for (method, path, status) in [
      (HTTPRequest.Method.get, "/api/v1/nothing", 404), (.get, "/api/", 404),
      (.post, "/api/v1/rounds", 405), (.delete, "/api/v1/counter-checks", 405),
      (.put, "/api/v1/openapi.json", 405),
    ] {
      let page = try await browser.request(method, path)
      #expect(page.status == status, "\(path)")
      #expect(page.headers[.contentType] == "application/problem+json")
      #expect(try PageRules(site).headerProblems(page).isEmpty)
    }
  }

  @Test func theDescriptionIsServedToEverybodyAndDescribesWhatIsThere() async throws {
    let (site, _) = try await Self.shared.value
    let page = try await site.browser().open("/api/v1/openapi.json")
    #expect(page.status == 200 && page.headers[.contentType] == "application/json")
    let document = try JSONValue(parsing: page.bytes)
    #expect(document["openapi"] == "3.1.0")
    for operation in operations(site) {
      let path = operation.pattern.replacing(/:([a-z]+)/) { "{\($0.output.1)}" }
      let described = document["paths"]?[path]?[operation.method.rawValue.lowercased()]
      #expect(described?["operationId"]?.text == operation.id)
      if case .json(let schema, let example, _) = operation.body {
        #expect(schema.problems(of: example).isEmpty, "\(operation.id)")
      }
      for answer in operation.answers {
        #expect(answer.schema.problems(of: answer.example).isEmpty, "\(operation.id)")
      }
    }
    let paths = document["paths"]?.members.flatMap { $0.value.members } ?? []
    #expect(paths.count == operations(site).count + 1)
  }

  @Test func everyValueOfEveryCheckIsDescribed() async throws {
    let (site, _) = try await Self.shared.value
    let document = try JSONValue(
      parsing: try await site.browser().open("/api/v1/openapi.json").bytes)
    for type in CheckType.allCases {
      let record = document["components"]?["schemas"]?["Record_\(type.rawValue)"]
      let names = Set(record?["properties"]?.members.map(\.name) ?? [])
      let person: Set<String> = type.isAboutPersons ? ["id_number"] : []
      #expect(names == person.union(type.fields.map(\.name.rawValue)), "\(type)")
    }
  }

  @Test func aTokenMayCallSoOftenAndNoMore() async throws {
    let site = try await TestPortal.start(.empty) { $0.apiCallsPerMinute = 3 }
    let system = try await site.system(for: "minzheng", .viewReviews)
    for _ in 0..<3 { #expect(try await system.get("/api/v1/rounds").status == 200) }
    let answer = try await system.get("/api/v1/rounds")
    #expect(answer.status == 429 && answer.header("Retry-After") == "20")
    site.clock.advance(by: 20)
    #expect(try await system.get("/api/v1/rounds").status == 200)
  }
}
