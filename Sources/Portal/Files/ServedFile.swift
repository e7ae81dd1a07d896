package import Ground
import HTTPTypes
package import Web

extension WebResponse {
  /// A picture of the store, or its thumbnail: drawn by our own encoder, and a JPEG whatever was sent.
  package static func picture(_ jpeg: [UInt8]) -> WebResponse {
    var response = WebResponse.bytes(jpeg, type: PhotoType.jpeg.rawValue)
    response.headers[.contentDisposition] = "inline"
    return response.alone
  }

  /// A file of the store: a picture is shown, anything else is handed out to be kept.
  ///
  /// - Parameter name: without its ending.
  package static func file(_ bytes: [UInt8], _ type: FileType, name: String) -> WebResponse {
    switch type {
    case .picture: .picture(bytes)
    case .pdf: WebResponse.bytes(bytes, type: type.mediaType, filename: name + ".pdf").alone
    }
  }

  /// No cache keeps it, and whatever a browser takes it for, it has no page, no cookie and no script here.
  private var alone: WebResponse {
    var response = self
    response.headers[.cacheControl] = "no-store"
    response.headers[.contentSecurityPolicy] =
      "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
    return response
  }
}
