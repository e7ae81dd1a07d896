import Domain
import Foundation
import HTTPTypes
import Postgres
import TestSupport
import Testing
import Web

@testable import Accounts
@testable import Ground
@testable import Portal

/// Another system that calls the portal with a token. Every answer it gets is held against the served
/// description.
struct APISystem: Sendable {
  let site: TestPortal
  let token: String

  /// What it was answered.
  struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let json: JSONValue

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    /// Where something is wrong.
    var pointers: [String] {
      (json["errors"]?.items ?? []).compactMap { $0["pointer"]?.text ?? $0["parameter"]?.text }
    }
  }

  func get(_ path: String) async throws -> Answer { try await call(.get, path) }

  func post(
    _ path: String, _ body: JSONValue? = nil, key: String? = UUID().uuidString
  ) async throws -> Answer {
    try await call(.post, path, body?.utf8 ?? [], type: body == nil ? nil : "application/json", key)
  }

  func deliver(
    _ path: String, _ csv: String, key: String? = UUID().uuidString
  ) async throws -> Answer {
    try await call(.post, path, Array(csv.utf8), type: "text/csv", key)
  }

  func call(
    _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = [], type: String? = nil,
    _ key: String? = nil
  ) async throws -> Answer {
    var headers: HTTPFields = [.authorization: "Bearer \(token)"]
    headers[.contentType] = type
    if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
    let page = try await site.browser(from: "203.0.113.40").request(
      method, path, headers: headers, body: body)
    let answer = Answer(
      status: page.status, headers: page.headers,
      json: page.bytes.isEmpty ? .null : try JSONValue(parsing: page.bytes))
    try check(answer, method, path)
    return answer
  }

  private func operation(_ method: HTTPRequest.Method, _ path: String) -> APIOperation? {
    let given = path.prefix { $0 != "?" }.split(separator: "/")
    return site.portal.routes.entries.compactMap(\.operation).first { operation in
      let wanted = operation.pattern.split(separator: "/")
      return operation.method == method && wanted.count == given.count
        && zip(wanted, given).allSatisfy { $0 == $1 || $0.hasPrefix(":") }
    }
  }

  /// What the description says of this answer.
  private func check(_ answer: Answer, _ method: HTTPRequest.Method, _ path: String) throws {
    #expect(answer.headers[values: .setCookie].isEmpty)
    guard let operation = operation(method, path) else {
      #expect(answer.headers[.contentType] == "application/problem+json", "\(path)")
      return
    }
    if let good = operation.answers.first(where: { $0.status.code == answer.status }) {
      let problems = good.schema.problems(of: answer.json)
      #expect(problems.isEmpty, "\(operation.id)")
      #expect(answer.headers[.contentType] == "application/json")
      for name in good.headers.keys { #expect(answer.header(name) != nil, "\(name)") }
    } else {
      let known = operation.allProblems.map(\.status)
      #expect(known.contains(answer.status), "\(operation.id): \(answer.status)")
      #expect(answer.headers[.contentType] == "application/problem+json")
      #expect(answer.json["status"]?.whole == answer.status)
    }
  }
}

extension TestPortal {
  /// A system that acts for an account of the demo.
  func system(
    for account: String, _ permissions: Permission..., area: AreaCode? = nil, days: Int = 30
  ) async throws -> APISystem {
    let token = try await TokenAdministration(database: owner).create(
      account: account, system: "\(account)的系统", permissions: permissions, area: area, days: days,
      at: clock.now)
    return APISystem(site: self, token: token)
  }

  /// A tenant of the demo county who is protected, whole.
  func protectedTenant(in area: String = "350423") async throws -> Tenant {
    let keys = keys
    return try await owner.read { tx in
      try tx.one(
        Query(
          """
          SELECT p.name, p.id_number_sealed, p.household_id, h.number, p.id FROM persons p
          JOIN households h ON h.id = p.household_id
          WHERE p.area ^@ \(area) AND p.left_on IS NULL AND h.estate_id IS NOT NULL
            AND h.merged_into IS NULL
          ORDER BY p.id LIMIT 1
          """
        ) { row in
          Tenant(
            name: try row("name"),
            idNumber: try keys.openText(try row("id_number_sealed"), for: .personIDNumber),
            household: try row("household_id"), number: try row("number"), person: try row("id"))
        })
    }
  }

  struct Tenant: Sendable {
    let name: String
    let idNumber: String
    let household: Int64
    let number: String
    let person: Int64
  }

  /// The number of somebody who is in no register.
  static func stranger(_ sequence: Int = 1) throws -> String {
    try ResidentID.madeUp(
      areaPrefix: "110101", birth: try #require(Day(iso: "1955-03-04")), sequence: sequence
    ).text
  }

  func count(_ sql: SQL) async throws -> Int {
    try await owner.read { tx in try tx.one(Query<Int>(sql)) }
  }
}

extension TestPortal {
  /// What each table holds, as a digest by its name.
  func digests() async throws -> [String: String] {
    var digests: [String: String] = [:]
    var table = ""
    // A table's line is followed by further lines of its digest.
    for line in try await fingerprint() {
      if let name = line.firstMatch(of: /^([a-z_]+)\|/) { table = String(name.1) }
      digests[table, default: ""] += line
    }
    return digests
  }

  /// The tables that hold something else than before.
  func tablesChanged(since before: [String: String]) async throws -> Set<String> {
    let after = try await digests()
    return Set(after.filter { before[$0.key] != $0.value }.keys)
  }
}
