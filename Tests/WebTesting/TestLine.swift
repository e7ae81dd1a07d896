package import Logging
package import Web

/// How requests reach a site.
package enum TestLine: Sendable {
  /// Straight to what answers them.
  case direct
  /// Over one connection to a server on the loopback interface.
  case live
}

extension WebResponder {
  /// Runs a test with a client of the site, which is there until the test ends.
  package func test<Value>(
    _ line: TestLine, logger: Logger, _ body: @Sendable (TestClient) async throws -> Value
  ) async throws -> Value {
    switch line {
    case .direct:
      let site = DirectSite(responder: self, logger: logger)
      return try await body(TestClient { try await site.answer($0, $1, $2, $3) })
    case .live:
      return try await LiveSite(responder: self, logger: logger).run(body)
    }
  }

  /// Runs a test against a server on the loopback interface, whose port it is given.
  package func served<Value>(
    connections: Int = 4096, perAddress: Int = 1_000, logger: Logger,
    _ body: @Sendable (Int) async throws -> Value
  ) async throws -> Value {
    try await LiveSite(
      responder: self, logger: logger, connections: connections, connectionsPerAddress: perAddress
    ).serve(body)
  }
}
