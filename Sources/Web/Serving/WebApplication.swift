public import Hummingbird
public import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOCore
import NIOSSL
public import ServiceLifecycle

/// Makes the application that serves the routes.
public enum WebApplication {
  /// - Parameters:
  ///   - address: where to listen: a host and port, or a Unix socket.
  ///   - tls: certificate and key, for a server that speaks TLS itself.
  ///   - services: what runs beside the server and ends with it.
  ///   - maximumConnections: more wait until one of them is closed.
  ///   - onServerRunning: called with the port once people can connect.
  public static func make(
    _ responder: WebResponder, address: BindAddress, tls: TLSFiles? = nil,
    services: [any Service] = [],
    maximumConnections: Int = 4096, logger: Logger,
    onServerRunning: @escaping @Sendable (Int?) async -> Void = { _ in }
  ) throws -> Application<WebResponder> {
    var limits = HTTP1Channel.Configuration.DecoderConfiguration()
    limits.maxHeaderFieldSize = 16 << 10
    limits.maxHeaderListSize = 32 << 10
    limits.maxHeaderFieldCount = 100
    let plain = HTTPServerBuilder.http1(
      configuration: .init(idleTimeout: .seconds(60), httpDecoderConfiguration: limits))
    return Application(
      responder: responder,
      server: try tls.map { try .tls(plain, tlsConfiguration: $0.configuration()) } ?? plain,
      configuration: ApplicationConfiguration(
        address: address, reuseAddress: true,
        availableConnectionsDelegate: .maximum(maximumConnections, logger: logger)),
      services: services,
      onServerRunning: { await onServerRunning($0.localAddress?.port) },
      logger: logger)
  }
}
