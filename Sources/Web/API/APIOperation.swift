public import Domain
public import HTTPTypes

/// One operation of the machine interface: its route, who may use it, what it takes and answers, and what
/// does it. The route is registered from this, requests are checked by it, and the OpenAPI document is
/// made of it.
public struct APIOperation: Sendable {
  /// What the operation takes as its body.
  public enum Body: Sendable {
    case nothing
    case json(JSONSchema, example: JSONValue, limit: Int)
    /// One file, sent as it is.
    case file(type: String, limit: Int)
  }

  /// Whether `Idempotency-Key` is looked at.
  public enum Key: Sendable {
    case none, optional, required

    /// For how many days at least a key is known.
    public static let days = 7
  }

  public let id: String
  public let method: HTTPRequest.Method
  public let pattern: String
  public let permission: Permission
  /// In a few words.
  public let title: String
  /// What the sender must know.
  public let explanation: String
  /// What stands in the place of the placeholder.
  public let argument: APIParameter?
  public let query: [APIParameter]
  public let key: Key
  public let body: Body
  public let answers: [APIAnswer]
  /// Problems of its own, besides those that follow from the rest.
  public let problems: [Problem.Kind]
  let handler: @Sendable (APICall) async throws -> WebResponse

  /// - Parameters:
  ///   - id: a verb and a noun, `listRounds`.
  ///   - pattern: of a `PagePath`, with one placeholder at most.
  public init(
    _ id: String, _ method: HTTPRequest.Method, _ pattern: String, needs permission: Permission,
    _ title: String, _ explanation: String = "", argument: APIParameter? = nil,
    query: [APIParameter] = [], key: Key = .none, body: Body = .nothing, answers: [APIAnswer],
    problems: [Problem.Kind] = [],
    _ handler: @escaping @Sendable (APICall) async throws -> WebResponse
  ) {
    self.id = id
    self.method = method
    self.pattern = pattern
    self.permission = permission
    self.title = title
    self.explanation = explanation
    self.argument = argument
    self.query = query
    self.key = key
    self.body = body
    self.answers = answers
    self.problems = problems
    self.handler = handler
  }

  /// Every problem that the operation can answer with.
  public var allProblems: [Problem.Kind] {
    var all: Set<Problem.Kind> = [
      .badRequest, .unauthorized, .forbidden, .tooManyRequests, .fault, .unavailable,
    ]
    all.formUnion(problems)
    if argument != nil { all.insert(.notFound) }
    // A parameter that the description does not have is refused everywhere.
    all.insert(.invalid)
    if case .nothing = body {} else { all.formUnion([.payloadTooLarge, .unsupportedMediaType]) }
    return Problem.Kind.allCases.filter(all.contains)
  }
}

/// A parameter in the query or the path.
public struct APIParameter: Sendable {
  public let name: String
  public let schema: JSONSchema
  public let isRequired: Bool
  public let explanation: String
  public let example: JSONValue?

  public init(
    _ name: String, _ schema: JSONSchema, required: Bool = false, _ explanation: String,
    example: JSONValue? = nil
  ) {
    self.name = name
    self.schema = schema
    isRequired = required
    self.explanation = explanation
    self.example = example
  }
}

/// One way in which an operation answers when all is well.
public struct APIAnswer: Sendable {
  public let status: HTTPResponse.Status
  public let explanation: String
  public let schema: JSONSchema
  public let example: JSONValue
  /// Headers besides those of every answer.
  public let headers: [String: String]

  /// 200.
  public init(_ explanation: String, _ schema: JSONSchema, example: JSONValue) {
    self.init(.ok, explanation, schema, example: example)
  }

  public init(
    _ status: HTTPResponse.Status, _ explanation: String, _ schema: JSONSchema,
    example: JSONValue, headers: [String: String] = [:]
  ) {
    self.status = status
    self.explanation = explanation
    self.schema = schema
    self.example = example
    self.headers = headers
  }
}

/// A request to an operation, checked by its description.
public struct APICall: Sendable {
  public let request: WebRequest
  public let credential: APICredential
  /// The parameters that were given.
  public let query: [String: JSONValue]
  /// `.null` where the operation takes none.
  public let body: JSONValue
  /// What the caller calls the request, so that it can be sent again.
  public let key: String?
  /// SHA-256 of method, address, query and body: the same request gives the same.
  public let fingerprint: [UInt8]
  /// The body of an operation that takes a file; gone when the handler returns.
  public let file: UploadedFile?
  let argument: String?

  public var principal: Principal { credential.principal }

  /// What stands in the path.
  ///
  /// - Throws: `WebError.notFound` when it cannot be one.
  public func argument<ID: LosslessStringConvertible>(as type: ID.Type = ID.self) throws -> ID {
    guard let argument, let id = ID(argument) else { throw WebError.notFound }
    return id
  }
}

extension WebResponse {
  /// JSON for another system.
  public static func json(
    _ value: JSONValue, status: HTTPResponse.Status = .ok
  ) -> WebResponse {
    .bytes(value.utf8, type: "application/json", status: status)
  }
}

extension RouteTable {
  /// An operation of the machine interface: its caller presents a bearer token, never a cookie.
  public mutating func api(_ operation: APIOperation) {
    add(operation.method, operation.pattern, .needs(operation.permission), .api(operation))
  }
}
