import FoundationEssentials
public import HTML
public import HTTPTypes
public import HummingbirdCore
import NIOCore

/// What a handler answers. Security headers, cookies of the session kind and `Cache-Control` are
/// added to it afterwards.
public struct WebResponse: Sendable {
  public var status: HTTPResponse.Status
  public var headers: HTTPFields
  public internal(set) var cookies: [Cookie] = []
  var flash: String?
  let body: ResponseBody

  public init(
    status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], body: ResponseBody = .init()
  ) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  private init(status: HTTPResponse.Status, type: String, bytes: [UInt8]) {
    self.init(
      status: status, headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  init(_ fixed: FixedResponse) {
    self.init(
      headers: [.contentType: fixed.type, .eTag: fixed.etag],
      body: ResponseBody(byteBuffer: fixed.body))
  }

  /// A page; `.unprocessableContent` (422) for a form that comes back with errors.
  public static func page(_ html: HTML, status: HTTPResponse.Status = .ok) -> WebResponse {
    WebResponse(status: status, type: "text/html; charset=utf-8", bytes: html.utf8)
  }

  /// To another page by GET (303), with a message for that page.
  public static func redirect(to link: Link, flash: String? = nil) -> WebResponse {
    var response = WebResponse(status: .seeOther, headers: [.location: link.url])
    response.flash = flash
    return response
  }

  /// JSON with sorted keys and ISO 8601 times.
  public static func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok
  ) throws -> WebResponse {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return WebResponse(
      status: status, type: "application/json; charset=utf-8",
      bytes: Array(try encoder.encode(value)))
  }

  /// Plain text.
  public static func text(_ text: String, status: HTTPResponse.Status = .ok) -> WebResponse {
    WebResponse(status: status, type: "text/plain; charset=utf-8", bytes: Array(text.utf8))
  }

  /// Any bytes. With a file name the browser saves them under it.
  public static func bytes(
    _ bytes: [UInt8], type: String, filename: String? = nil,
    status: HTTPResponse.Status = .ok
  ) -> WebResponse {
    var response = WebResponse(status: status, type: type, bytes: bytes)
    if let filename { response.headers[.contentDisposition] = attachment(filename) }
    return response
  }

  /// A body that is written piece by piece, with flat memory: the closure is given a function that
  /// sends some bytes and waits while the other side is slow.
  public static func stream(
    type: String, filename: String? = nil, length: Int? = nil,
    _ write: @escaping @Sendable (_ send: (([UInt8]) async throws -> Void)) async throws -> Void
  ) -> WebResponse {
    let body = ResponseBody(contentLength: length) { writer in
      var inner = writer
      try await write { bytes in try await inner.write(ByteBuffer(bytes: bytes)) }
      try await inner.finish(nil)
    }
    var response = WebResponse(headers: [.contentType: type], body: body)
    if let filename { response.headers[.contentDisposition] = attachment(filename) }
    return response
  }

  /// Sets a cookie; of two with the same name the last counts.
  public mutating func setCookie(_ cookie: Cookie) {
    cookies.removeAll { $0.name == cookie.name }
    cookies.append(cookie)
  }

  /// The same answer with a cookie.
  public func settingCookie(_ cookie: Cookie) -> WebResponse {
    var response = self
    response.setCookie(cookie)
    return response
  }

  /// The file name for browsers that know RFC 8187 (all of today) and an ASCII one for the rest.
  static func attachment(_ filename: String) -> String {
    let plain = String(
      filename.unicodeScalars.map { scalar -> Character in
        let isPlain = scalar.isASCII && scalar.value >= 32 && scalar != "\"" && scalar != "\\"
        return isPlain && scalar.value != 127 && scalar != "/" && scalar != "%"
          ? Character(scalar) : "_"
      })
    let item = Link(verbatim: "").query("filename", filename).url
    let encoded = item.dropFirst("?filename=".count)
    return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
  }
}
