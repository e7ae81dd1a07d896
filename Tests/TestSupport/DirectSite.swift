import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOEmbedded
import Synchronization
import Web

/// An answer as it came.
struct DirectAnswer: Sendable {
  let status: Int
  let headers: HTTPFields
  let body: [UInt8]
}

/// The portal without a network: requests go straight to what answers them, from any address.
struct DirectSite: Sendable {
  let responder: WebResponder
  let logger: Logger

  /// How a body arrives, piece by piece.
  private static let chunk = 24 << 10

  func answer(
    _ method: HTTPRequest.Method, _ link: String, _ headers: HTTPFields, _ body: [UInt8],
    from address: String
  ) async throws -> DirectAnswer {
    var headers = headers
    if method == .post { headers[.contentLength] = String(body.count) }
    let channel = NIOAsyncTestingChannel()
    channel.remoteAddress = try SocketAddress(ipAddress: address, port: 40_000)
    let request = Request(
      head: HTTPRequest(
        method: method, scheme: "http", authority: "localhost", path: link, headerFields: headers),
      body: RequestBody(asyncSequence: Self.stream(body)))
    let context = WebContext(
      source: ApplicationRequestContextSource(channel: channel, logger: logger))
    let response = try await responder.respond(to: request, context: context)
    let collector = BodyCollector()
    try await response.body.write(collector)
    return DirectAnswer(
      status: response.status.code, headers: response.headers, body: collector.bytes)
  }

  private static func stream(_ body: [UInt8]) -> AsyncStream<ByteBuffer> {
    AsyncStream { continuation in
      for start in stride(from: 0, to: body.count, by: chunk) {
        continuation.yield(ByteBuffer(bytes: body[start..<min(start + chunk, body.count)]))
      }
      continuation.finish()
    }
  }
}

private final class BodyCollector: ResponseBodyWriter, Sendable {
  private let collected = Mutex<[UInt8]>([])

  var bytes: [UInt8] { collected.withLock { $0 } }

  func write(_ buffer: ByteBuffer) async throws {
    collected.withLock { $0 += Array(buffer.readableBytesView) }
  }

  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
