import Domain
import HTTPTypes

/// The description of the machine interface (OpenAPI 3.1), made of the operations themselves.
public struct OpenAPIDocument: Sendable {
  public let title: String
  public let explanation: String
  public let version: String
  /// Where it is served.
  public let path: String
  public let operations: [APIOperation]

  public init(
    title: String, explanation: String, version: String, path: String, operations: [APIOperation]
  ) {
    self.title = title
    self.explanation = explanation
    self.version = version
    self.path = path
    self.operations = operations
  }

  public var json: JSONValue {
    [
      "openapi": "3.1.0",
      "info": [
        "title": .string(title), "description": .string(explanation), "version": .string(version),
      ],
      "servers": [["url": "/"]],
      "security": [["token": []]],
      "paths": .object(paths),
      "components": [
        "securitySchemes": [
          "token": [
            "type": "http", "scheme": "bearer",
            "description": "系统管理员在“接口令牌”中签发；只在签发时显示一次。",
          ]
        ],
        "schemas": .object(schemas),
        "headers": .object(headers),
        "responses": .object(
          Problem.Kind.allCases.map { .init($0.rawValue, Self.response(of: $0)) }),
      ],
    ]
  }

  // MARK: Paths

  private var paths: [JSONValue.Member] {
    var order: [String] = []
    var methods: [String: [JSONValue.Member]] = [:]
    for operation in operations {
      let path = operation.documentPath
      if methods[path] == nil { order.append(path) }
      methods[path, default: []].append(
        .init(operation.method.rawValue.lowercased(), operation.json))
    }
    return order.map { .init($0, .object(methods[$0] ?? [])) } + [.init(path, own)]
  }

  private var own: JSONValue {
    [
      "get": [
        "operationId": "readDescription", "summary": "本说明", "security": [],
        "responses": [
          "200": [
            "description": "OpenAPI 3.1",
            "content": ["application/json": ["schema": ["type": "object"]]],
          ]
        ],
      ]
    ]
  }

  // MARK: Components

  private var schemas: [JSONValue.Member] {
    var found: [String: JSONValue] = ["Problem": Self.problem]
    for operation in operations {
      if case .json(let schema, _, _) = operation.body { schema.collectNamed(into: &found) }
      for answer in operation.answers { answer.schema.collectNamed(into: &found) }
      for parameter in operation.query { parameter.schema.collectNamed(into: &found) }
    }
    return found.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }
  }

  private static let problem: JSONValue = [
    "type": "object", "description": "RFC 9457",
    "properties": [
      "type": ["type": "string", "format": "uri-reference"],
      "title": ["type": "string"],
      "status": ["type": "integer", "minimum": 400, "maximum": 599],
      "detail": ["type": "string"],
      "instance": ["type": "string", "description": "请求编号，联系我们时请报此编号"],
      "errors": [
        "type": "array",
        "items": [
          "type": "object", "required": ["detail"], "additionalProperties": false,
          "properties": [
            "pointer": [
              "type": "string", "description": "请求内容中的位置（RFC 6901），如 #/answers/3/result",
            ],
            "parameter": ["type": "string", "description": "参数或请求头的名称"],
            "detail": ["type": "string"],
          ],
        ],
      ],
    ],
    "required": ["type", "title", "status", "detail", "instance"],
    "additionalProperties": false,
  ]

  private var headers: [JSONValue.Member] {
    let all: [(String, String)] = [
      ("RateLimit-Limit", "这个令牌一次可用的请求数，每分钟补满"),
      ("RateLimit-Remaining", "现在还剩多少"), ("RateLimit-Reset", "多少秒后补满"),
      ("Retry-After", "请等待的秒数"),
    ]
    return all.map {
      .init($0.0, ["description": .string($0.1), "schema": ["type": "integer", "minimum": 0]])
    }
  }

  private static func response(of kind: Problem.Kind) -> JSONValue {
    var headers: [JSONValue.Member] = []
    if kind == .tooManyRequests || kind == .unavailable {
      headers.append(.init("Retry-After", ["$ref": "#/components/headers/Retry-After"]))
    }
    if kind == .unauthorized {
      headers.append(
        .init(
          "WWW-Authenticate",
          ["required": true, "schema": ["type": "string"], "description": "RFC 6750"]))
    }
    var members: [JSONValue.Member] = [
      .init("description", .string(kind.title)),
      .init(
        "content",
        [Problem.contentType: ["schema": JSONSchema.reference("Problem")]]),
    ]
    if !headers.isEmpty { members.append(.init("headers", .object(headers))) }
    return .object(members)
  }
}

extension APIOperation {
  /// `/api/v1/rounds/{id}`.
  fileprivate var documentPath: String {
    pattern.split(separator: "/").map { $0.hasPrefix(":") ? "/{\($0.dropFirst())}" : "/\($0)" }
      .joined()
  }

  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("operationId", .string(id)), .init("summary", .string(title)),
      .init("description", .string("需要权限 `\(permission.rawValue)`。\(explanation)")),
    ]
    let parameters = pathParameters + queryParameters + keyParameters
    if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
    if let body = requestBody { members.append(.init("requestBody", body)) }
    members.append(.init("responses", .object(responses)))
    return .object(members)
  }

  private var pathParameters: [JSONValue] {
    argument.map { [$0.json(in: "path", required: true)] } ?? []
  }

  private var queryParameters: [JSONValue] {
    query.map { $0.json(in: "query", required: $0.isRequired) }
  }

  private var keyParameters: [JSONValue] {
    guard key != .none else { return [] }
    return [
      [
        "name": "Idempotency-Key", "in": "header", "required": .bool(key == .required),
        "description": .string(
          "由调用方生成、每个新请求一个；重发同一请求时不变，\(APIOperation.Key.days) 天内得到与第一次相同的答复。"),
        "schema": [
          "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]([ -~]*[!-~])?$",
        ],
        "example": "6f1c2b9e-2021-0820-0001",
      ]
    ]
  }

  private var requestBody: JSONValue? {
    switch body {
    case .nothing: nil
    case .json(let schema, let example, let limit):
      [
        "required": true, "description": .string("至多 \(megabytes(limit))"),
        "content": ["application/json": ["schema": schema.json, "example": example]],
      ]
    case .file(let type, let limit):
      [
        "required": true, "description": .string("至多 \(megabytes(limit))，边收边存"),
        // Bytes as they are: no JSON Schema says what they must be.
        "content": [type: [:]],
      ]
    }
  }

  private var responses: [JSONValue.Member] {
    let good = answers.map { answer -> JSONValue.Member in
      var headers = ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"].map {
        JSONValue.Member($0, ["$ref": .string("#/components/headers/\($0)")])
      }
      for (name, explanation) in answer.headers.sorted(by: { $0.key < $1.key }) {
        headers.append(
          .init(
            name,
            [
              "description": .string(explanation), "required": true,
              "schema": ["type": "string"],
            ]))
      }
      return .init(
        String(answer.status.code),
        [
          "description": .string(answer.explanation), "headers": .object(headers),
          "content": [
            "application/json": ["schema": answer.schema.json, "example": answer.example]
          ],
        ])
    }
    return good
      + allProblems.map {
        .init(String($0.status), ["$ref": .string("#/components/responses/\($0.rawValue)")])
      }
  }
}

extension APIParameter {
  fileprivate func json(in place: String, required: Bool) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(name)), .init("in", .string(place)),
      .init("required", .bool(required)), .init("description", .string(explanation)),
      .init("schema", schema.json),
    ]
    if let example { members.append(.init("example", example)) }
    return .object(members)
  }
}
