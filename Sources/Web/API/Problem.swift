import HTTPTypes

/// What another system is told when its request is not done (RFC 9457). Words are Chinese; nothing that
/// was sent stands in them.
public struct Problem: Error, Sendable, Equatable {
  /// What can go wrong, each described once in the served OpenAPI document under this name.
  public enum Kind: String, CaseIterable, Sendable {
    case badRequest = "BadRequest"
    case unauthorized = "Unauthorized"
    case forbidden = "Forbidden"
    case notFound = "NotFound"
    case methodNotAllowed = "MethodNotAllowed"
    case conflict = "Conflict"
    case payloadTooLarge = "PayloadTooLarge"
    case unsupportedMediaType = "UnsupportedMediaType"
    case invalid = "Invalid"
    case tooManyRequests = "TooManyRequests"
    case fault = "Fault"
    case unavailable = "Unavailable"

    public var status: Int {
      switch self {
      case .badRequest: 400
      case .unauthorized: 401
      case .forbidden: 403
      case .notFound: 404
      case .methodNotAllowed: 405
      case .conflict: 409
      case .payloadTooLarge: 413
      case .unsupportedMediaType: 415
      case .invalid: 422
      case .tooManyRequests: 429
      case .fault: 500
      case .unavailable: 503
      }
    }

    /// The same for every problem of the kind.
    public var title: String {
      switch self {
      case .badRequest: "请求无法读取"
      case .unauthorized: "没有有效的令牌"
      case .forbidden: "令牌没有这项权限"
      case .notFound: "没有找到"
      case .methodNotAllowed: "这个地址不支持这种方法"
      case .conflict: "与现在的状态冲突"
      case .payloadTooLarge: "请求内容太大"
      case .unsupportedMediaType: "内容类型不对"
      case .invalid: "内容有误"
      case .tooManyRequests: "请求太频繁"
      case .fault: "系统出了问题"
      case .unavailable: "系统暂时无法使用"
      }
    }
  }

  /// One thing that is wrong in what was sent.
  public struct Item: Sendable, Equatable {
    /// Where in the body: a JSON Pointer (RFC 6901) as a fragment, `#/answers/3/result`.
    public let pointer: String?
    /// Which parameter or header.
    public let parameter: String?
    public let detail: String

    public init(pointer: String, _ detail: String) {
      self.pointer = pointer
      parameter = nil
      self.detail = detail
    }

    public init(parameter: String, _ detail: String) {
      pointer = nil
      self.parameter = parameter
      self.detail = detail
    }
  }

  public let kind: Kind
  /// What happened this time and what to do.
  public let detail: String
  public let items: [Item]
  var headers: HTTPFields = [:]

  public init(_ kind: Kind, _ detail: String, items: [Item] = []) {
    self.kind = kind
    self.detail = detail
    self.items = items
  }

  /// 500: a fault that nobody foresaw.
  static let fault = Problem(.fault, "这次请求没有完成，请稍后重试；如仍不行，请把 instance 中的编号告诉我们。")

  /// 422 with all that is wrong.
  public static func invalid(_ items: [Item]) -> Problem {
    Problem(.invalid, "请求中有 \(items.count) 处需要改正，见 errors；没有写入任何数据。", items: items)
  }
}

extension Problem {
  static let contentType = "application/problem+json"

  /// - Parameters:
  ///   - reference: the request's number, by which the log tells more.
  ///   - types: the address of the document's descriptions; the kind's name is put behind it.
  func response(reference: String, types: String) -> WebResponse {
    var members: [JSONValue.Member] = [
      .init("type", .string(types + kind.rawValue)), .init("title", .string(kind.title)),
      .init("status", .integer(kind.status)), .init("detail", .string(detail)),
      .init("instance", .string(reference)),
    ]
    if !items.isEmpty { members.append(.init("errors", .array(items.map(\.json)))) }
    var response = WebResponse.bytes(
      JSONValue.object(members).utf8, type: Self.contentType,
      status: HTTPResponse.Status(code: kind.status))
    response.headers.append(contentsOf: headers)
    return response
  }
}

extension Problem.Item {
  var json: JSONValue {
    var members: [JSONValue.Member] = []
    if let pointer { members.append(.init("pointer", .string(pointer))) }
    if let parameter { members.append(.init("parameter", .string(parameter))) }
    return .object(members + [.init("detail", .string(detail))])
  }
}

extension WebError {
  /// What the error means to another system; nil for a fault.
  var problem: Problem {
    switch self {
    case .badRequest: Problem(.badRequest, "请求的地址、参数或内容编码有误，请检查后重新发送。")
    case .signInNeeded, .passwordNeeded:
      .unauthorized("请在 Authorization 中给出 Bearer 令牌。", error: nil)
    case .forbidden: Problem(.forbidden, "这个令牌不能这样做；如工作需要，请联系系统管理员。")
    case .refused(let message): Problem(.forbidden, message)
    case .notFound: Problem(.notFound, "没有这个地址，或令牌的范围内没有这一项。")
    case .methodNotAllowed(let methods):
      Problem(.methodNotAllowed, "可用的方法见 Allow。").with(
        .allow, methods.joined(separator: ", "))
    case .conflict: Problem(.conflict, "别人刚刚改了这一项，请重新读取后再试。")
    case .payloadTooLarge: Problem(.payloadTooLarge, "请求内容超过上限，请分批发送。")
    case .unsupportedMediaType: Problem(.unsupportedMediaType, "请按接口说明的类型发送内容。")
    case .tooManyRequests(let seconds):
      Problem(.tooManyRequests, "请等待 \(seconds) 秒后再试。").with(.retryAfter, String(seconds))
    case .unavailable:
      Problem(.unavailable, "数据库正忙或正在维护，请稍后重试；带 Idempotency-Key 的请求可以原样重发。")
        .with(.retryAfter, "10")
    }
  }
}

extension Problem {
  /// 401. Source: RFC 6750, section 3.
  static func unauthorized(_ detail: String, error: String?) -> Problem {
    Problem(.unauthorized, detail).with(
      .wwwAuthenticate, "Bearer realm=\"portal\"" + (error.map { ", error=\"\($0)\"" } ?? ""))
  }

  func with(_ name: HTTPField.Name, _ value: String) -> Problem {
    var problem = self
    problem.headers[name] = value
    return problem
  }
}
