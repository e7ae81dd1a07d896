import Foundation
import HTTPTypes
import NIOCore
import WebTesting

extension TestClient {
  func get(_ uri: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
    try await execute(uri: uri, method: .get, headers: headers) { $0 }
  }

  func post(
    _ uri: String, _ body: String, _ headers: HTTPFields = [:],
    type: String? = "application/x-www-form-urlencoded"
  ) async throws -> TestResponse {
    try await post(uri, bytes: Array(body.utf8), headers, type: type)
  }

  func post(
    _ uri: String, bytes: [UInt8], _ headers: HTTPFields = [:], type: String?
  ) async throws -> TestResponse {
    var headers = headers
    headers[.contentType] = type
    return try await execute(
      uri: uri, method: .post, headers: headers, body: ByteBuffer(bytes: bytes)
    ) { $0 }
  }

  /// The visitor cookie and the token of `/form`, as a browser would have them.
  func visit() async throws -> (headers: HTTPFields, token: String) {
    let page = try await get("/form")
    return ([.cookie: page.cookies.joined(separator: "; ")], page.token)
  }
}

extension TestResponse {
  var text: String { String(buffer: body) }

  /// The token in the first form.
  var token: String {
    guard let start = text.range(of: "name=\"csrf\" value=\"") else { return "" }
    return String(text[start.upperBound...].prefix { $0 != "\"" })
  }

  /// `name=value` of the cookies that are set.
  var cookies: [String] {
    headers[values: .setCookie].map { String($0.prefix { $0 != ";" }) }
  }
}

/// A multipart body from its parts: header lines and content.
func multipart(_ parts: [(head: String, content: [UInt8])], boundary: String = "AaB03x") -> [UInt8]
{
  var body: [UInt8] = []
  for part in parts {
    body += Array("--\(boundary)\r\n\(part.head)\r\n\r\n".utf8) + part.content + [13, 10]
  }
  return body + Array("--\(boundary)--\r\n".utf8)
}

func field(_ name: String, _ value: String) -> (head: String, content: [UInt8]) {
  ("Content-Disposition: form-data; name=\"\(name)\"", Array(value.utf8))
}

func file(_ name: String, _ fileName: String, _ content: [UInt8]) -> (
  head: String, content: [UInt8]
) {
  (
    "Content-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\n"
      + "Content-Type: image/jpeg", content
  )
}

let multipartType = "multipart/form-data; boundary=AaB03x"

/// Random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
