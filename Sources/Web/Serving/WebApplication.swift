public import Hummingbird
public import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

/// Makes the application that serves the routes, in plain HTTP: a proxy in front ends TLS.
public enum WebApplication {
  /// - Parameters:
  ///   - address: where to listen: a host and port, or a Unix socket.
  ///   - services: what runs beside the server and ends with it.
  ///   - maximumConnections: in all; one that comes then takes the place of somebody's who has more.
  ///   - connectionsPerAddress: of one IPv4 address or one IPv6 line, but for the trusted proxies'.
  ///   - onServerRunning: called with the port once people can connect.
  public static func make(
    _ responder: WebResponder, address: BindAddress, services: [any Service] = [],
    maximumConnections: Int = 4096, connectionsPerAddress: Int = 1_000, logger: Logger,
    onServerRunning: @escaping @Sendable (Int?) async -> Void = { _ in }
  ) -> Application<WebResponder> {
    var limits = HTTP1Channel.Configuration.DecoderConfiguration()
    limits.maxHeaderFieldSize = 16 << 10
    limits.maxHeaderListSize = 32 << 10
    limits.maxHeaderFieldCount = 100
    let capacity = min(maximumConnections, OpenFiles.allowed() - OpenFiles.reserved)
    let lines = Lines(capacity: capacity, perNetwork: min(connectionsPerAddress, capacity))
    let (proxies, headers) = (
      responder.server.configuration.trustedProxies,
      SecurityHeaders(isSecure: responder.server.configuration.isSecure)
    )
    return Application(
      responder: responder,
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [LineHandler(lines, proxies: proxies, headers: headers)],
          idleTimeout: Lines.idleTime, httpDecoderConfiguration: limits)),
      configuration: ApplicationConfiguration(
        address: address, backlog: 1024, reuseAddress: true,
        // Beyond those that are kept, some may stand at the door, to be let in or turned away.
        availableConnectionsDelegate: .maximum(capacity + OpenFiles.reserved / 4, logger: logger)),
      services: services,
      onServerRunning: { await onServerRunning($0.localAddress?.port) },
      logger: logger)
  }
}
