import Crypto
import Domain
public import HTML
public import HTTPTypes
import HummingbirdCore
import NIOCore

/// An answer that is ready in memory: body, `ETag` and every header, security headers included,
/// made once. Make a new one when the content changes.
public final class FixedResponse: Sendable {
  /// How the body of something that comes packed or not is packed.
  enum Packing {
    case none, gzip
  }

  public let etag: String
  let type: String
  let body: ByteBuffer
  private let plain: HTTPFields
  private let plainUnchanged: HTTPFields
  private let secure: HTTPFields
  private let secureUnchanged: HTTPFields

  /// - Parameters:
  ///   - cacheControl: by default browsers ask each time whether it has changed (304).
  ///   - variesByCookie: whether another cookie would get another answer.
  public convenience init(
    _ bytes: [UInt8], type: String, cacheControl: String = "no-cache", variesByCookie: Bool = false
  ) {
    self.init(
      bytes, type: type, cacheControl: cacheControl, variesByCookie: variesByCookie, packing: nil)
  }

  /// - Parameter packing: nil for what never comes packed.
  init(
    _ bytes: [UInt8], type: String, cacheControl: String = "no-cache", variesByCookie: Bool = false,
    packing: Packing?
  ) {
    self.type = type
    body = ByteBuffer(bytes: bytes)
    etag = "\"\(hexadecimal(SHA256.hash(data: bytes).prefix(16)))\""
    var kept: [HTTPField] = [
      HTTPField(name: .eTag, value: etag), HTTPField(name: .cacheControl, value: cacheControl),
    ]
    if variesByCookie { kept.append(HTTPField(name: .vary, value: "Cookie")) }
    if packing != nil { kept.append(HTTPField(name: .vary, value: "Accept-Encoding")) }
    // A 304 tells the length that a 200 would have (RFC 9110, section 8.6).
    kept.append(HTTPField(name: .contentLength, value: String(bytes.count)))
    var whole = [HTTPField(name: .contentType, value: type)] + kept
    if packing == .gzip { whole.append(HTTPField(name: .contentEncoding, value: "gzip")) }
    plain = HTTPFields(whole + SecurityHeaders.fields(isSecure: false))
    secure = HTTPFields(whole + SecurityHeaders.fields(isSecure: true))
    plainUnchanged = HTTPFields(kept + SecurityHeaders.fields(isSecure: false))
    secureUnchanged = HTTPFields(kept + SecurityHeaders.fields(isSecure: true))
  }

  /// A page.
  public convenience init(_ html: HTML, variesByCookie: Bool = false) {
    self.init(html.utf8, type: "text/html; charset=utf-8", variesByCookie: variesByCookie)
  }

  func answer(to head: HTTPRequest, isSecure: Bool) -> Response {
    if let known = head.headerFields[.ifNoneMatch], isKnown(known) {
      return Response(status: .notModified, headers: isSecure ? secureUnchanged : plainUnchanged)
    }
    return Response(
      status: .ok, headers: isSecure ? secure : plain,
      body: head.method == .head ? ResponseBody() : ResponseBody(byteBuffer: body))
  }

  private func isKnown(_ header: String) -> Bool {
    if header == etag || header == "*" { return true }
    return header.split(separator: ",").contains { item in
      let tag = item.drop { $0 == " " }
      return (tag.hasPrefix("W/") ? tag.dropFirst(2) : tag).prefix { $0 != " " } == etag
    }
  }
}

/// What a fast-lane route may look at.
public struct FixedRequest: Sendable {
  let head: HTTPRequest
  /// Whether the portal's address is https.
  let isSecure: Bool

  public var headers: HTTPFields { head.headerFields }

  public func cookie(_ name: String) -> String? {
    Cookies(lines: headers[values: .cookie], isHostOnly: isSecure)[name]
  }

  /// Whether what comes packed is understood; one that excludes it by a weight of zero is not asked for more.
  var takesGzip: Bool {
    (headers[.acceptEncoding] ?? "").split(separator: ",").contains { item in
      let parts = item.split(separator: ";").map { $0.filter { $0 != " " } }
      return parts.first == "gzip" && !parts.dropFirst().contains { $0 == "q=0" }
    }
  }

  /// The query string as it was sent.
  public var query: Substring? {
    guard let path = head.path, let mark = path.firstIndex(of: "?") else { return nil }
    return path[path.index(after: mark)...]
  }
}
