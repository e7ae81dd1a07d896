import Domain
import FoundationEssentials
import HTML
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// What all routes share.
final class WebServer: Sendable {
  let configuration: WebConfiguration
  let csrf: CSRF
  let flash: Flash
  let uploadFolder: UploadFolder
  let slowBodies = SlowBodies()
  let sealedQuery: SealedQuery
  private let headers: SecurityHeaders
  private let secureHeaders = SecurityHeaders(isSecure: true)

  init(_ configuration: WebConfiguration) {
    self.configuration = configuration
    csrf = CSRF(secret: configuration.secret)
    flash = Flash(secret: configuration.secret)
    sealedQuery = SealedQuery(secret: configuration.secret)
    uploadFolder = UploadFolder(configuration.uploadFolder)
    headers = SecurityHeaders(isSecure: configuration.isSecure)
  }

  /// The request before anything is known about who sends it.
  func request(_ request: Request, _ context: WebContext, pattern: String) -> WebRequest {
    let fields = request.headers
    let socket = ClientAddress(context.channel.remoteAddress)
    let isProxied = configuration.trustedProxies.contains(socket)
    return WebRequest(
      id: Self.reference(), pattern: pattern, path: request.uri.path, query: FormFields(),
      session: nil, credential: nil, now: configuration.now(),
      clientAddress: isProxied
        ? configuration.trustedProxies.client(
          socket: socket, forwardedFor: fields[values: .forwardedFor]) : socket,
      isSecure: configuration.isSecure || (isProxied && fields[.forwardedProto] == "https"),
      head: request.head, server: self, exchange: Exchange())
  }

  /// Eight letters and digits without those that are easily confused.
  private static func reference() -> String {
    let letters = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ".utf8)
    var random = UInt64.random(in: 0...UInt64.max)
    let text = (0..<8).map { _ in
      defer { random /= UInt64(letters.count) }
      return letters[Int(random % UInt64(letters.count))]
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The answer with all headers that every answer carries.
  func finished(_ response: WebResponse, _ request: WebRequest, _ access: Access) -> Response {
    var fields = response.headers
    var cookies = response.cookies
    if let message = response.flash { cookies.append(flash.cookie(message, now: request.now)) }
    for cookie in request.exchange.cookies
    where !cookies.contains(where: { $0.name == cookie.name }) {
      cookies.append(cookie)
    }
    if access != .public || request.session != nil || request.exchange.usesToken || !cookies.isEmpty
    {
      fields[.cacheControl] = "no-store"
    } else if !fields.contains(.cacheControl) {
      fields.append(HTTPField(name: .cacheControl, value: "no-cache"))
    }
    for cookie in cookies {
      fields.append(
        HTTPField(
          name: .setCookie,
          value: cookie.header(
            isSecure: request.isSecure, isHostOnly: configuration.isSecure)))
    }
    (request.isSecure ? secureHeaders : headers).add(to: &fields)
    return Response(status: response.status, headers: fields, body: response.body)
  }

  /// Looks the session up, when the browser says it has one.
  func session(of request: WebRequest) async throws -> Session? {
    guard let token = request.sessionToken else { return nil }
    return try await configuration.sessions.session(
      tokenHash: token.hash, address: request.clientAddress.text, now: request.now)
  }
}
