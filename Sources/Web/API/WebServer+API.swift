import Domain
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

extension WebRequest {
  /// Whether the address belongs to the machine interface: its errors are problems, not pages.
  var isForSystems: Bool { path.hasPrefix("/api/") }
}

extension WebServer {
  /// Serves one operation from beginning to end; never throws. Cookies are neither read nor set.
  func serve(
    _ operation: APIOperation, _ raw: Request, _ context: WebContext
  ) async -> Response {
    let started = ContinuousClock.now
    var request = request(raw, context, pattern: operation.pattern)
    let body = BodyReader(raw, context, slowBodies)
    var allowance: RateLimiter.Allowance?
    var response: WebResponse
    do {
      let credential = try await credential(of: request)
      request.credential = credential
      let found = configuration.apiCalls.take(credential.token.description, now: request.now)
      allowance = found
      if let seconds = found.wait { throw WebError.tooManyRequests(retryAfterSeconds: seconds) }
      guard credential.principal.may(operation.permission) else {
        throw Self.insufficientScope(operation.permission)
      }
      request.query = try Self.query(of: raw)
      let reader = APIReader(
        operation: operation, request: request, credential: credential,
        argument: Self.argument(context))
      response = try await run(reader, body)
    } catch {
      response = answer(to: error, request, isPublic: false)
    }
    if let allowance { response.headers.append(contentsOf: allowance.headers) }
    if body.leavesMuch { hangUpLater(&response, context) }
    log(request, response, started)
    return finished(response, request, .needs(operation.permission))
  }

  /// Who presents the token in `Authorization` (RFC 6750, section 2.1).
  private func credential(of request: WebRequest) async throws -> APICredential {
    guard let header = request.headers[.authorization] else { throw WebError.signInNeeded }
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw WebError.signInNeeded }
    let found = try await configuration.tokens.credential(
      bearer: String(parts[1]), now: request.now)
    guard let found else {
      throw Problem.unauthorized("令牌无效、已到期或已撤销，请向系统管理员申请新的令牌。", error: "invalid_token")
    }
    return found
  }

  private static func insufficientScope(_ permission: Permission) -> Problem {
    Problem(.forbidden, "这个令牌没有“\(permission.rawValue)”权限；如工作需要，请联系系统管理员。")
      .with(
        .wwwAuthenticate,
        "Bearer realm=\"portal\", error=\"insufficient_scope\", scope=\"\(permission.rawValue)\"")
  }

  private func run(_ reader: APIReader, _ body: BodyReader) async throws -> WebResponse {
    switch reader.operation.body {
    case .nothing: return try await reader.operation.handler(reader.call())
    case .json(_, _, let limit):
      try Self.require("application/json", reader.request)
      let content = try await body.collect(upTo: limit)
      return try await reader.operation.handler(reader.call(content: content))
    case .file(let type, let limit):
      try Self.require(type, reader.request)
      try reader.checkHead()
      return try await withFile(of: reader, body, type: type, limit: limit) { file in
        try await reader.operation.handler(reader.call(file: file))
      }
    }
  }

  private static func require(_ type: String, _ request: WebRequest) throws {
    let problem = Problem(.unsupportedMediaType, "请用 Content-Type: \(type) 发送，不要压缩。")
    guard let text = request.headers[.contentType],
      text == type || HeaderParameters(text)?.value == type,
      request.headers[.contentEncoding] ?? "identity" == "identity"
    else { throw problem }
  }

  /// Puts the body into a file, which is gone when this returns.
  private func withFile(
    of reader: APIReader, _ body: BodyReader, type: String, limit: Int,
    _ handle: (UploadedFile) async throws -> WebResponse
  ) async throws -> WebResponse {
    let address = reader.request.clientAddress
    let networks = address.isLoopback ? [] : address.networks
    let file = try uploadFolder.makeFile()
    var reserved = 0
    defer {
      uploadFolder.remove(file.path)
      uploadFolder.budget.give(back: reserved, networks: networks)
    }
    try await body.save(into: file, upTo: limit) { count in
      guard uploadFolder.budget.take(count, networks: networks) else { return false }
      reserved += count
      return true
    }
    let digest = try await file.finish()
    return try await handle(
      UploadedFile(
        field: "", declaredName: "", declaredType: type, path: file.path, size: file.size,
        sha256: digest, firstBytes: file.firstBytes))
  }
}

extension RateLimiter.Allowance {
  /// As in draft-ietf-httpapi-ratelimit-headers-06, which most clients know.
  fileprivate var headers: HTTPFields {
    [.rateLimit: String(limit), .rateRemaining: String(remaining), .rateReset: String(reset)]
  }
}

extension HTTPField.Name {
  fileprivate static let rateLimit = HTTPField.Name("RateLimit-Limit") ?? .via
  fileprivate static let rateRemaining = HTTPField.Name("RateLimit-Remaining") ?? .via
  fileprivate static let rateReset = HTTPField.Name("RateLimit-Reset") ?? .via
}
