package import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
package import NIOCore
import NIOEmbedded
import Synchronization
package import Web

/// A site without a network: requests go straight to what answers them, from any address.
package struct DirectSite: Sendable {
  private let responder: WebResponder
  private let logger: Logger

  package init(responder: WebResponder, logger: Logger) {
    self.responder = responder
    self.logger = logger
  }

  /// How a body arrives, piece by piece.
  private static let chunk = 24 << 10

  /// - Parameters:
  ///   - body: goes with its length; nil sends none.
  ///   - address: where the request comes from; nil leaves that unknown.
  package func answer(
    _ method: HTTPRequest.Method, _ link: String, _ headers: HTTPFields, _ body: ByteBuffer?,
    from address: String? = nil
  ) async throws -> TestResponse {
    var headers = headers
    if let body { headers[.contentLength] = String(body.readableBytes) }
    let channel = NIOAsyncTestingChannel()
    if let address {
      channel.remoteAddress = try SocketAddress(ipAddress: address, port: 40_000)
    }
    let request = Request(
      head: HTTPRequest(
        method: method, scheme: "http", authority: "localhost", path: link, headerFields: headers),
      body: RequestBody(asyncSequence: Self.stream(body)))
    let context = WebContext(
      source: ApplicationRequestContextSource(channel: channel, logger: logger))
    let response = try await responder.respond(to: request, context: context)
    let collector = BodyCollector()
    try await response.body.write(collector)
    return TestResponse(
      status: response.status, headers: response.headers, body: collector.bytes)
  }

  private static func stream(_ body: ByteBuffer?) -> AsyncStream<ByteBuffer> {
    AsyncStream { continuation in
      var rest = body ?? ByteBuffer()
      while rest.readableBytes > 0 {
        let length = min(chunk, rest.readableBytes)
        if let piece = rest.readSlice(length: length) { continuation.yield(piece) }
      }
      continuation.finish()
    }
  }
}

private final class BodyCollector: ResponseBodyWriter, Sendable {
  private let collected = Mutex(ByteBuffer())

  var bytes: ByteBuffer { collected.withLock { $0 } }

  func write(_ buffer: ByteBuffer) async throws {
    collected.withLock { _ = $0.writeImmutableBuffer(buffer) }
  }

  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
