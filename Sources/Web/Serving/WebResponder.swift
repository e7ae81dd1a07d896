import HTTPTypes
public import Hummingbird
public import HummingbirdCore
import NIOCore

/// The context of a request: the channel it came over.
public struct WebContext: RequestContext {
  public var coreContext: CoreRequestContextStorage
  let channel: any Channel

  public init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}

/// Answers every request: the fast lane first, then Hummingbird's router.
public struct WebResponder: HTTPResponder {
  let server: WebServer
  let fixed: [String: @Sendable (FixedRequest) throws -> FixedResponse]
  let router: RouterResponder<WebContext>

  public func respond(to request: Request, context: WebContext) async throws -> Response {
    guard Self.namesOneHost(request.head), !request.headers.contains(where: Self.isHarmful) else {
      return server.serveUnreadable(request, context)
    }
    if request.method == .get || request.method == .head,
      let provider = fixed[request.uri.path],
      let response = try? provider(
        FixedRequest(
          head: request.head, isSecure: server.configuration.isSecure))
    {
      return response.answer(to: request.head, isSecure: server.configuration.isSecure)
    }
    return try await router.respond(to: request, context: context)
  }

  /// Whether it says once for whom it is (RFC 9112, section 3.2): of two a proxy in front may have taken the other.
  private static func namesOneHost(_ head: HTTPRequest) -> Bool {
    guard let host = head.authority, !host.isEmpty, !head.headerFields.contains(.host) else {
      return false
    }
    return host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !Self.notInHosts.contains($0) }
  }

  private static let notInHosts = Set(#"/\\?#@,<>""#.utf8)

  /// Long headers that are not ASCII come from no browser; comparing them can be made slow.
  private static func isHarmful(_ field: HTTPField) -> Bool {
    let bytes = field.value.utf8
    return bytes.count > 256 && field.name != .cookie && !bytes.allSatisfy { $0 < 0x80 }
  }
}

extension RouteTable {
  /// Mounts the routes.
  ///
  /// - Throws: when the upload folder cannot be made.
  public func build(_ configuration: WebConfiguration) throws -> WebResponder {
    let server = WebServer(configuration)
    try server.uploadFolder.prepare()
    let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
    var fixed: [String: @Sendable (FixedRequest) throws -> FixedResponse] = [:]
    for (path, file) in configuration.staticFiles.files {
      fixed[path] = { file.response(to: $0) }
    }
    for route in entries {
      router.on(RouterPath(route.pattern), method: route.method) { request, context in
        await server.serve(route, request, context)
      }
      if case .fixed(let provider) = route.action { fixed[route.pattern] = provider }
    }
    // Middleware reaches only what is added after it: this one, only what no route matches.
    router.add(middleware: Unmatched(server: server, routes: entries))
    return WebResponder(server: server, fixed: fixed, router: router.buildResponder())
  }
}

/// Answers for addresses that no route has, and for methods that a route does not have.
private struct Unmatched: RouterMiddleware {
  let server: WebServer
  let routes: [RouteEntry]

  func handle(
    _ request: Request, context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    let path = request.uri.path
    var methods = Set(routes.filter { $0.matches(path) }.map(\.method.rawValue))
    if server.configuration.staticFiles.files[path] != nil { methods.insert("GET") }
    if methods.contains("GET") { methods.insert("HEAD") }
    return server.serveUnmatched(request, context, known: methods.sorted())
  }
}
