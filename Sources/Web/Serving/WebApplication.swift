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
  ///   - maximumConnections: more wait until one of them is closed.
  ///   - onServerRunning: called with the port once people can connect.
  public static func make(
    _ responder: WebResponder, address: BindAddress, services: [any Service] = [],
    maximumConnections: Int = 4096, logger: Logger,
    onServerRunning: @escaping @Sendable (Int?) async -> Void = { _ in }
  ) -> Application<WebResponder> {
    var limits = HTTP1Channel.Configuration.DecoderConfiguration()
    limits.maxHeaderFieldSize = 16 << 10
    limits.maxHeaderListSize = 32 << 10
    limits.maxHeaderFieldCount = 100
    return Application(
      responder: responder,
      server: .http1(
        configuration: .init(idleTimeout: .seconds(60), httpDecoderConfiguration: limits)),
      configuration: ApplicationConfiguration(
        address: address, reuseAddress: true,
        availableConnectionsDelegate: .maximum(maximumConnections, logger: logger)),
      services: services,
      onServerRunning: { await onServerRunning($0.localAddress?.port) },
      logger: logger)
  }
}
