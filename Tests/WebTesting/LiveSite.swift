import Hummingbird
import HummingbirdCore
import Logging
import ServiceLifecycle
import Web

/// A site behind a real server, on a port of the loopback interface that was free.
struct LiveSite {
  let responder: WebResponder
  let logger: Logger
  var connections = 4096
  var connectionsPerAddress = 1_000

  /// Runs a test over one connection.
  func run<Value>(_ body: @Sendable (TestClient) async throws -> Value) async throws -> Value {
    try await serve { try await Self.visit($0, body) }
  }

  /// Runs a test, given the port, while people can connect; the server is gone afterwards.
  func serve<Value>(_ body: @Sendable (Int) async throws -> Value) async throws -> Value {
    let (ports, running) = AsyncStream.makeStream(of: Int.self)
    let application = WebApplication.make(
      responder, address: .hostname("127.0.0.1", port: 0), maximumConnections: connections,
      connectionsPerAddress: connectionsPerAddress, logger: logger,
      onServerRunning: { port in if let port { running.yield(port) } })
    let server = ServiceGroup(configuration: .init(services: [application], logger: logger))
    return try await withThrowingTaskGroup(of: Void.self, returning: Value.self) { group in
      group.addTask {
        defer { running.finish() }
        try await server.run()
      }
      guard let port = await ports.first(where: { _ in true }) else {
        // It ended before anybody could connect, and says why.
        try await group.waitForAll()
        throw NotRunning()
      }
      do {
        let value = try await body(port)
        await server.triggerGracefulShutdown()
        return value
      } catch {
        await server.triggerGracefulShutdown()
        throw error
      }
    }
  }

  private static func visit<Value>(
    _ port: Int, _ body: @Sendable (TestClient) async throws -> Value
  ) async throws -> Value {
    let connection = try await LiveConnection.open(port: port)
    defer { connection.close() }
    return try await body(TestClient { try await connection.send($0, $1, $2, $3) })
  }

  private struct NotRunning: Error {}
}
