import NIOCore
import NIOPosix
import Synchronization

/// A connection on which bytes go as they are written, whatever they are.
package final class RawLine: Sendable {
  private let channel: any Channel
  private let heard: Heard

  /// - Parameter source: the address from which it comes, one of the loopback interface.
  package init(port: Int, from source: String = "127.0.0.1") async throws {
    let heard = Heard()
    self.heard = heard
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: false)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Listening(heard))
        }
      }
      .bind(to: SocketAddress(ipAddress: source, port: 0))
      .connect(to: SocketAddress(ipAddress: "127.0.0.1", port: port)).get()
  }

  package func send(_ text: String) async throws {
    try await channel.writeAndFlush(ByteBuffer(string: text))
  }

  /// What has come so far.
  package var text: String { heard.text }
  package var isOpen: Bool { channel.isActive }

  package func close() { channel.close(promise: nil) }

  /// Waits until the other side hangs up, or the time is over.
  ///
  /// - Returns: whether it hung up.
  package func isCut(within time: Duration) async -> Bool {
    let end = ContinuousClock.now + time
    while channel.isActive, ContinuousClock.now < end {
      try? await Task.sleep(for: .milliseconds(20))
    }
    return !channel.isActive
  }

  /// Waits until a whole head has come, or the other side hung up, or ten seconds are over.
  package func answer() async -> String {
    let end = ContinuousClock.now + .seconds(10)
    while !text.contains("\r\n\r\n"), channel.isActive, ContinuousClock.now < end {
      try? await Task.sleep(for: .milliseconds(10))
    }
    return text
  }

  private final class Heard: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
    func add(_ buffer: ByteBuffer) {
      bytes.withLock { $0.append(contentsOf: buffer.readableBytesView) }
    }
  }

  private final class Listening: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let heard: Heard

    init(_ heard: Heard) { self.heard = heard }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      heard.add(unwrapInboundIn(data))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}
