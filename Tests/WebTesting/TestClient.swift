package import HTTPTypes
package import NIOCore

/// An answer as it came.
package struct TestResponse: Sendable {
  package let status: HTTPResponse.Status
  package let headers: HTTPFields
  package let body: ByteBuffer
}

/// Sends requests to a site.
package struct TestClient: Sendable {
  typealias Send =
    @Sendable (HTTPRequest.Method, String, HTTPFields, ByteBuffer?) async throws -> TestResponse

  private let send: Send

  init(_ send: @escaping Send) { self.send = send }

  /// - Parameter body: goes with its length; nil sends none.
  @discardableResult
  package func execute(
    uri: String, method: HTTPRequest.Method, headers: HTTPFields = [:], body: ByteBuffer? = nil
  ) async throws -> TestResponse {
    try await send(method, uri, headers, body)
  }

  /// The same, and hands the answer on.
  @discardableResult
  package func execute<Value>(
    uri: String, method: HTTPRequest.Method, headers: HTTPFields = [:], body: ByteBuffer? = nil,
    then look: (TestResponse) async throws -> Value
  ) async throws -> Value {
    let response = try await send(method, uri, headers, body)
    return try await look(response)
  }
}
