public import HTML
public import HTTPTypes

/// The routes of the portal as data: listed first, looked over by sweeps, then served.
///
/// Every route says who may use it. Forms are decoded and their CSRF token is checked before their
/// handler runs, so that neither can be forgotten.
public struct RouteTable: Sendable {
  public private(set) var entries: [RouteEntry] = []

  public init() {}

  /// A page.
  public mutating func get(
    _ path: PagePath, _ access: Access,
    _ handler: @escaping @Sendable (WebRequest) async throws -> WebResponse
  ) {
    add(.get, path.pattern, access, .page { request, _ in try await handler(request) })
  }

  /// A page about one thing; an id that does not parse is not found.
  public mutating func get<ID: LosslessStringConvertible & SendableMetatype>(
    _ path: PagePathOf<ID>, _ access: Access,
    _ handler: @escaping @Sendable (WebRequest, ID) async throws -> WebResponse
  ) {
    add(
      .get, path.pattern, access,
      .page { request, text in try await handler(request, try parsed(text)) })
  }

  /// A form without files.
  ///
  /// - Parameter bodyLimit: the most bytes that it may send; more is answered with 413.
  public mutating func post(
    _ path: PagePath, _ access: Access, bodyLimit: Int = 64 << 10,
    _ handler: @escaping @Sendable (WebRequest, FormFields) async throws -> WebResponse
  ) {
    add(
      .post, path.pattern, access,
      .form(bodyLimit: bodyLimit) { request, _, fields in try await handler(request, fields) })
  }

  /// A form without files about one thing.
  public mutating func post<ID: LosslessStringConvertible & SendableMetatype>(
    _ path: PagePathOf<ID>, _ access: Access, bodyLimit: Int = 64 << 10,
    _ handler: @escaping @Sendable (WebRequest, ID, FormFields) async throws -> WebResponse
  ) {
    add(
      .post, path.pattern, access,
      .form(bodyLimit: bodyLimit) { request, text, fields in
        try await handler(request, try parsed(text), fields)
      })
  }

  /// A form with files; it may also come without any, URL-encoded.
  public mutating func upload(
    _ path: PagePath, _ access: Access, limits: UploadLimits = UploadLimits(),
    _ handler: @escaping @Sendable (WebRequest, Upload) async throws -> WebResponse
  ) {
    add(
      .post, path.pattern, access,
      .upload(limits) { request, _, upload in try await handler(request, upload) })
  }

  /// A form with files about one thing.
  public mutating func upload<ID: LosslessStringConvertible & SendableMetatype>(
    _ path: PagePathOf<ID>, _ access: Access, limits: UploadLimits = UploadLimits(),
    _ handler: @escaping @Sendable (WebRequest, ID, Upload) async throws -> WebResponse
  ) {
    add(
      .post, path.pattern, access,
      .upload(limits) { request, text, upload in
        try await handler(request, try parsed(text), upload)
      })
  }

  /// The fast lane for what is ready in memory: no cookie is set and no session looked up, unless
  /// the access asks for one (it is then an ordinary page).
  public mutating func fixed(
    _ path: PagePath, _ access: Access = .public,
    _ provider: @escaping @Sendable (FixedRequest) throws -> FixedResponse
  ) {
    guard access != .public else { return add(.get, path.pattern, access, .fixed(provider)) }
    add(
      .get, path.pattern, access,
      .page { request, _ in WebResponse(try provider(request.fixed)) })
  }

  mutating func add(
    _ method: HTTPRequest.Method, _ pattern: String, _ access: Access, _ action: RouteAction
  ) {
    entries.append(RouteEntry(method: method, pattern: pattern, access: access, action: action))
  }
}

/// One route.
public struct RouteEntry: Sendable {
  public enum Kind: Sendable {
    case page, form, upload, fixed, api
  }

  public let method: HTTPRequest.Method
  /// The path, placeholders written `:name`.
  public let pattern: String
  public let access: Access
  let action: RouteAction

  public var kind: Kind {
    switch action {
    case .page: .page
    case .form: .form
    case .upload: .upload
    case .fixed: .fixed
    case .api: .api
    }
  }

  /// The operation that the route was registered from, where it is one of the machine interface.
  public var operation: APIOperation? {
    if case .api(let operation) = action { operation } else { nil }
  }

  /// Whether the path has a placeholder.
  public var hasArgument: Bool { pattern.contains("/:") }

  /// Whether a path has this route's form.
  func matches(_ path: String) -> Bool {
    let wanted = pattern.split(separator: "/")
    let given = path.split(separator: "/")
    return wanted.count == given.count
      && zip(wanted, given).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
  }
}

/// What a route does; the text is what stands in the place of the pattern's placeholder.
enum RouteAction: Sendable {
  case page(@Sendable (WebRequest, String?) async throws -> WebResponse)
  case form(
    bodyLimit: Int, @Sendable (WebRequest, String?, FormFields) async throws -> WebResponse)
  case upload(UploadLimits, @Sendable (WebRequest, String?, Upload) async throws -> WebResponse)
  case fixed(@Sendable (FixedRequest) throws -> FixedResponse)
  case api(APIOperation)
}

private func parsed<ID: LosslessStringConvertible>(_ text: String?) throws -> ID {
  guard let text, let id = ID(text) else { throw WebError.notFound }
  return id
}
