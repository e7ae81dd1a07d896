import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// At the requests and answers of one connection: counts it, says what it is waited for, and sees that every
/// answer carries the security headers, those too that are given before there is a request.
final class LineHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let lines: Lines
  private let proxies: TrustedProxies
  private let headers: SecurityHeaders
  private var line: Line?
  private var isRead = true
  private var isAnswered = true

  init(_ lines: Lines, proxies: TrustedProxies, headers: SecurityHeaders) {
    self.lines = lines
    self.proxies = proxies
    self.headers = headers
  }

  func handlerAdded(context: ChannelHandlerContext) {
    // Before the decoder, which hands on nothing until a head is whole.
    try? context.pipeline.syncOperations.addHandler(BytesHandler(self), position: .first)
  }

  func channelActive(context: ChannelHandlerContext) {
    let address = ClientAddress(context.channel.remoteAddress)
    let isShared = address.bytes.isEmpty || proxies.contains(address)
    line = lines.admit(context.channel, networks: isShared ? [] : address.networks)
    if let line {
      context.channel.closeFuture.whenComplete { [lines] _ in lines.leave(line) }
    } else {
      context.close(promise: nil)
    }
    context.fireChannelActive()
  }

  /// Bytes have come, of whatever.
  func bytesCame() {
    guard isRead, isAnswered, let line else { return }
    isRead = false
    line.expectHead()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      (isRead, isAnswered) = (false, false)
      line?.serve()
    case .body: break
    case .end:
      isRead = true
      rest()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      guard !head.headerFields.contains(.contentSecurityPolicy) else { break }
      headers.add(to: &head.headerFields)
      return context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body: break
    case .end:
      isAnswered = true
      rest()
    }
    context.write(data, promise: promise)
  }

  private func rest() {
    if isRead, isAnswered { line?.expectNothing() }
  }
}

/// At the bytes of one connection.
private final class BytesHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let handler: LineHandler

  init(_ handler: LineHandler) { self.handler = handler }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    handler.bytesCame()
    context.fireChannelRead(data)
  }
}
