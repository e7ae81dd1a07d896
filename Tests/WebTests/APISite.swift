import Domain
import Foundation
import HTTPTypes
import NIOCore
import Synchronization
import Testing
import WebTesting

@testable import Web

/// A small machine interface: something to read, something to change, a file to deliver.
struct APISite {
  let tokens = MemoryTokens()
  let seen = SeenCalls()
  var site = TestSite()

  init() {
    site.configuration.tokens = tokens
    site.configuration.apiCalls = RateLimiter(burst: 1_000, perMinute: 1_000)
  }

  static let answer = JSONSchema.named(
    "Note",
    .object([
      JSONProperty("id", .integer(1...1_000), "编号"),
      JSONProperty("text", .nullable(.text(1...20)), "内容"),
    ]))

  static let body = JSONSchema.object([
    JSONProperty("text", .text(1...20), "内容"),
    JSONProperty("kind", .choice(["a", "b"]), required: false, "种类"),
    JSONProperty("items", .array(.integer(0...9), count: 1...3), required: false, "数"),
  ])

  var operations: [APIOperation] {
    let seen = seen
    let example: JSONValue = ["id": 1, "text": "记录"]
    return [
      APIOperation(
        "listNotes", .get, "/api/v1/notes", needs: .viewCases, "读取记录",
        query: [
          APIParameter("limit", .integer(1...100), "几条"),
          APIParameter("kind", .choice(["a", "b"]), "种类"),
        ], answers: [APIAnswer("记录", Self.answer, example: example)]
      ) { call in
        seen.add(call)
        return .json(["id": 1, "text": .optional(call.query["kind"]?.text)])
      },
      APIOperation(
        "readNote", .get, "/api/v1/notes/:id", needs: .viewCases, "读取一条",
        argument: APIParameter("id", .integer(1...1_000), required: true, "编号"),
        answers: [APIAnswer("记录", Self.answer, example: example)]
      ) { call in
        let id: CaseID = try call.argument()
        return .json(["id": .integer(Int(id.rawValue)), "text": .null])
      },
      APIOperation(
        "makeNote", .post, "/api/v1/notes", needs: .workCases, "写一条", key: .required,
        body: .json(Self.body, example: ["text": "记录"], limit: 2_000),
        answers: [APIAnswer(.created, "记录", Self.answer, example: example)]
      ) { call in
        seen.add(call)
        return .json(["id": 2, "text": call.body["text"] ?? .null], status: .created)
      },
      APIOperation(
        "deliverFile", .post, "/api/v1/files", needs: .workCases, "报送",
        body: .file(type: "text/csv", limit: 100_000),
        answers: [APIAnswer(.accepted, "收下", Self.answer, example: example)]
      ) { call in
        seen.add(call)
        return .json(["id": .integer(1), "text": .null], status: .accepted)
      },
      APIOperation(
        "fail", .get, "/api/v1/fault", needs: .viewCases, "出错",
        answers: [APIAnswer("无", .any, example: .null)]
      ) { _ in throw Fault(secret: "350423199001011234") },
      APIOperation(
        "away", .get, "/api/v1/away", needs: .viewCases, "数据库不在",
        answers: [APIAnswer("无", .any, example: .null)]
      ) { _ in throw DatabaseAway() },
    ]
  }

  var document: OpenAPIDocument {
    OpenAPIDocument(
      title: "试", explanation: "试", version: "1", path: "/api/v1/openapi.json",
      operations: operations)
  }

  func test<Value>(
    _ body: @Sendable (TestClient) async throws -> Value
  ) async throws -> Value {
    var routes = site.routes
    for operation in operations { routes.api(operation) }
    let responder = try routes.build(site.configuration)
    defer { try? FileManager.default.removeItem(atPath: site.configuration.uploadFolder) }
    return try await responder.test(.direct, logger: site.configuration.logger, body)
  }
}

/// What operations were given.
final class SeenCalls: Sendable {
  private let state = Mutex<(calls: [APICall], files: [[UInt8]])>(([], []))

  var calls: [APICall] { state.withLock { $0.calls } }
  var files: [[UInt8]] { state.withLock { $0.files } }

  func add(_ call: APICall) {
    let file = call.file.map { Array(FileManager.default.contents(atPath: $0.path) ?? Data()) }
    state.withLock {
      $0.calls.append(call)
      if let file { $0.files.append(file) }
    }
  }
}

final class MemoryTokens: TokenStore {
  private let known = Mutex<[String: APICredential]>([:])

  func credential(bearer: String, now: Date) async throws -> APICredential? {
    known.withLock { $0[bearer] }
  }

  /// The headers of a system that may do this much in the name of a role.
  func issue(_ role: Role, _ permissions: Set<Permission>) throws -> HTTPFields {
    let area = try #require(AreaCode("350423"))
    let account = Principal(
      accountID: AccountID(rawValue: 1), account: "zhujian", displayName: "张小丰", role: role,
      area: area)
    let text = "token-\(UUID().uuidString)"
    known.withLock {
      $0[text] = APICredential(
        principal: account.delegating(permissions, in: area),
        token: APITokenID(rawValue: Int64($0.count + 1)), system: "试用系统")
    }
    return [.authorization: "Bearer \(text)"]
  }
}

extension TestResponse {
  /// The body as JSON.
  var json: JSONValue {
    get throws { try JSONValue(parsing: Array(body.readableBytesView)) }
  }

  /// Whether it is a problem of a kind, as RFC 9457 has it.
  func isProblem(_ kind: Problem.Kind) throws -> Bool {
    let json = try json
    return status.code == kind.status && headers[.contentType] == "application/problem+json"
      && json["status"]?.whole == kind.status && json["title"]?.text == kind.title
      && json["type"]?.text?.hasSuffix(kind.rawValue) == true
      && json["detail"]?.text?.isEmpty == false && json["instance"]?.text?.utf8.count == 8
      && headers[values: .setCookie].isEmpty
  }

  /// Where something is wrong.
  var pointers: [String] {
    get throws {
      (try json["errors"]?.items ?? []).compactMap {
        $0["pointer"]?.text ?? $0["parameter"]?.text
      }
    }
  }
}
