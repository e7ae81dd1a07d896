import Domain
import FoundationEssentials
import HTML
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

extension WebServer {
  /// Serves one matched route from beginning to end; never throws.
  func serve(_ route: RouteEntry, _ raw: Request, _ context: WebContext) async -> Response {
    if let operation = route.operation { return await serve(operation, raw, context) }
    let started = ContinuousClock.now
    var request = request(raw, context, pattern: route.pattern)
    let body = BodyReader(raw, context, slowBodies)
    var response: WebResponse
    do {
      request.query = try opened(try Self.query(of: raw))
      request.session = try await session(of: request)
      response = try await Link.$seal.withValue(Link.Seal(sealedQuery.seal)) { [request] in
        try await run(route, request, body, Self.argument(context))
      }
    } catch {
      response = answer(to: error, request, isPublic: route.access == .public)
    }
    if body.leavesMuch { hangUpLater(&response, context) }
    if route.access != .public { log(request, response, started) }
    return finished(response, request, route.access)
  }

  /// Serves what no route matches.
  func serveUnmatched(_ raw: Request, _ context: WebContext, known methods: [String]) -> Response {
    let request = request(raw, context, pattern: "")
    var response = answer(
      to: methods.isEmpty ? WebError.notFound : WebError.methodNotAllowed(methods), request,
      isPublic: true)
    if BodyReader(raw, context, slowBodies).leavesMuch { hangUpLater(&response, context) }
    let whole = finished(response, request, .public)
    return raw.method == .head ? whole.createHeadResponse() : whole
  }

  /// Answers a request that is not looked at any further.
  func serveUnreadable(_ raw: Request, _ context: WebContext) -> Response {
    let request = request(raw, context, pattern: "")
    var response =
      request.isForSystems
      ? answer(to: WebError.badRequest(""), request, isPublic: true)
      : .text("请求无法读取。\n", status: .badRequest)
    response.headers[.connection] = "close"
    return finished(response, request, .public)
  }

  private func run(
    _ route: RouteEntry, _ request: WebRequest, _ body: BodyReader, _ argument: String?
  ) async throws -> WebResponse {
    switch route.action {
    case .fixed(let provider):
      return WebResponse(try provider(request.fixed))
    case .page(let handler):
      try admit(request, route)
      if let diversion = passwordDiversion(request, route) { return diversion }
      return try await handler(request, argument)
    case .form(let limit, let handler):
      return try await form(request, route) {
        (try FormFields(urlEncoded: await body.collect(upTo: limit)), [])
      } then: { fields in
        try await handler(request, argument, fields)
      }
    case .upload(let limits, let handler):
      return try await upload(request, route, body, limits) { upload in
        try await handler(request, argument, upload)
      }
    case .api: throw WebError.notFound
    }
  }

  /// Whether this person may use the route.
  func admit(_ request: WebRequest, _ route: RouteEntry) throws {
    switch route.access {
    case .public: break
    case .signedIn: _ = try request.principal
    case .needs(let permission): try request.demand(permission)
    }
  }

  /// An account that must have a new password goes nowhere else.
  func passwordDiversion(_ request: WebRequest, _ route: RouteEntry) -> WebResponse? {
    guard let session = request.session, session.mustChangePassword, route.access != .public,
      let change = configuration.passwordChange, route.pattern != change.pattern,
      !configuration.openBeforePasswordChange.contains(route.pattern)
    else { return nil }
    return .redirect(to: change.link)
  }

  /// The query with what stands sealed in it.
  private func opened(_ query: FormFields) throws -> FormFields {
    guard let sealed = query[Link.sealedItem] else { return query }
    guard let secret = try sealedQuery.open(sealed) else {
      throw WebError.badRequest("网址里的查找内容已经失效，请回到清单重新查找。")
    }
    return secret.fields.reduce(query) { $0.adding($1.name, $1.value) }
  }

  static func query(of request: Request) throws -> FormFields {
    guard let query = request.uri.query, !query.isEmpty else { return FormFields() }
    return try FormFields(urlEncoded: Array(query.utf8))
  }

  /// What stands in the path in the place of the placeholder.
  static func argument(_ context: WebContext) -> String? {
    guard let text = context.coreContext.parameters.first?.value else { return nil }
    return String(validating: percentDecoded(Array(text.utf8)), as: UTF8.self)
  }

  /// The other side is still sending what nobody wants: it gets its answer and some time to read
  /// it, and then the line is cut.
  func hangUpLater(_ response: inout WebResponse, _ context: WebContext) {
    response.headers[.connection] = "close"
    let channel = context.channel
    channel.eventLoop.scheduleTask(in: .seconds(30)) { channel.close(promise: nil) }
  }

  /// One line for a request of staff: route, status, time, reference. Public pages log none.
  func log(
    _ request: WebRequest, _ response: WebResponse, _ started: ContinuousClock.Instant
  ) {
    let took = (ContinuousClock.now - started).components
    let milliseconds = took.seconds * 1000 + took.attoseconds / 1_000_000_000_000_000
    configuration.logger.info(
      "request",
      metadata: [
        "method": .string(request.method.rawValue), "route": .string(request.pattern),
        "status": .stringConvertible(response.status.code),
        "milliseconds": .stringConvertible(milliseconds), "reference": .string(request.id),
      ])
  }
}
