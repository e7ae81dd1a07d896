import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection to a server on this machine, kept open from request to request.
struct LiveConnection: Sendable {
  /// How long an answer is waited for, so that a test without one ends.
  private static let patience = TimeAmount.seconds(60)

  private let channel: any Channel

  static func open(port: Int) async throws -> LiveConnection {
    let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(Exchanges())
        }
      }
      .connect(to: address).get()
    return LiveConnection(channel: channel)
  }

  func close() { channel.close(promise: nil) }

  func send(
    _ method: HTTPRequest.Method, _ link: String, _ headers: HTTPFields, _ body: ByteBuffer?
  ) async throws -> TestResponse {
    var fields = HTTPHeaders(headers.map { ($0.name.rawName, $0.value) })
    fields.replaceOrAdd(name: "Host", value: "localhost")
    fields.replaceOrAdd(name: "Connection", value: "keep-alive")
    if let body { fields.replaceOrAdd(name: "Content-Length", value: String(body.readableBytes)) }
    let answer = channel.eventLoop.makePromise(of: TestResponse.self)
    let exchange = Exchange(
      head: HTTPRequestHead(
        version: .http1_1, method: HTTPMethod(rawValue: method.rawValue), uri: link,
        headers: fields),
      body: body, answer: answer)
    let limit = channel.eventLoop.scheduleTask(in: Self.patience) { [channel] in
      channel.close(promise: nil)
    }
    defer { limit.cancel() }
    // When the connection has gone, nobody else is left to say so.
    channel.writeAndFlush(exchange).whenFailure { answer.fail($0) }
    return try await answer.futureResult.get()
  }
}

/// A request, and where its answer goes.
private struct Exchange: Sendable {
  let head: HTTPRequestHead
  let body: ByteBuffer?
  let answer: EventLoopPromise<TestResponse>
}

/// Writes requests, and puts their answers together, which come in the same order.
private final class Exchanges: ChannelDuplexHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundIn = Exchange
  typealias OutboundOut = HTTPClientRequestPart

  private var waiting: [EventLoopPromise<TestResponse>] = []
  private var head: HTTPResponseHead?
  private var body = ByteBuffer()

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let exchange = unwrapOutboundIn(data)
    waiting.append(exchange.answer)
    context.write(wrapOutboundOut(.head(exchange.head)), promise: nil)
    if let body = exchange.body {
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    context.write(wrapOutboundOut(.end(nil)), promise: promise)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = ByteBuffer()
    case .body(let part):
      body.writeImmutableBuffer(part)
    case .end:
      guard let head, !waiting.isEmpty else { return }
      waiting.removeFirst().succeed(TestResponse(head, body))
      self.head = nil
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    failAll(ConnectionClosed())
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    failAll(error)
    context.close(promise: nil)
  }

  private func failAll(_ error: any Error) {
    let waiting = waiting
    self.waiting = []
    for answer in waiting { answer.fail(error) }
  }
}

/// The other side hung up, or did not answer in time.
private struct ConnectionClosed: Error {}

extension TestResponse {
  fileprivate init(_ head: HTTPResponseHead, _ body: ByteBuffer) {
    var headers = HTTPFields()
    for (name, value) in head.headers {
      if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
    }
    self.init(
      status: HTTPResponse.Status(code: Int(head.status.code)), headers: headers, body: body)
  }
}
