import Domain
import Foundation
import Ground
import HTTPTypes
import Pages
import Postgres
import Web

/// What a request with an idempotency key is answered, so that it can be answered again.
struct KeptAnswer: Sendable {
  let status: Int
  var location: String?
  let body: [UInt8]

  /// - Parameter isRepeated: whether nothing was done for it this time.
  func response(isRepeated: Bool) -> WebResponse {
    var response = WebResponse.bytes(
      body, type: "application/json", status: HTTPResponse.Status(code: status))
    response.headers[.location] = location
    if isRepeated, let name = HTTPField.Name("Idempotent-Replayed") {
      response.headers[name] = "true"
    }
    return response
  }
}

extension Services {
  /// Does what a request asks for in one transaction, and only once for each of its keys; a key that comes
  /// again gets the same answer.
  ///
  /// - Throws: `Problem` (422) where the key comes with another request.
  func once(
    _ call: APICall, isLong: Bool = false,
    _ body: @escaping @Sendable (Transaction) throws -> KeptAnswer
  ) async throws -> WebResponse {
    let (principal, keys) = (call.principal, keys)
    return try await databases.transaction(as: principal, isLong: isLong) { tx in
      guard let key = call.key else { return try body(tx).response(isRepeated: false) }
      if let earlier = try tx.earlierAnswer(to: call, key, keys: keys) {
        return earlier.response(isRepeated: true)
      }
      let answer = try body(tx)
      try tx.keep(answer, for: call, key, keys: keys)
      return answer.response(isRepeated: false)
    }
  }
}

extension Services {
  /// What the same request was answered before; nil when it comes for the first time, or without a key.
  func earlierAnswer(to call: APICall) async throws -> WebResponse? {
    guard let key = call.key else { return nil }
    let keys = keys
    return try await databases.transaction(as: call.principal) { tx in
      try tx.earlierAnswer(to: call, key, keys: keys)?.response(isRepeated: true)
    }
  }
}

extension Problem {
  /// The same key with another request.
  static let keyReused = Problem.invalid([
    Problem.Item(parameter: "Idempotency-Key", "这个值已经用于另一个请求，每个新请求要用新的值")
  ])
}

extension Transaction {
  /// What the same request was answered before. Two that come at once come one after the other.
  fileprivate func earlierAnswer(
    to call: APICall, _ key: String, keys: KeyRing
  ) throws -> KeptAnswer? {
    let token = call.credential.token
    try execute(
      "SELECT pg_advisory_xact_lock(7432, hashtext(\("\(token.description):\(key)")))")
    let stored = try first(
      Query(
        """
        SELECT request_hash, status, body_sealed FROM api_requests
        WHERE token_id = \(token) AND key = \(key)
        """
      ) { row in
        (
          hash: try row("request_hash", as: [UInt8].self), status: try row("status", as: Int.self),
          body: try row("body_sealed", as: [UInt8].self)
        )
      })
    guard let stored else { return nil }
    guard stored.hash == call.fingerprint else { throw Problem.keyReused }
    return try KeptAnswer(status: stored.status, sealed: stored.body, keys: keys)
  }

  /// Keeps the answer, and forgets those whose time is over: an answer may name people.
  fileprivate func keep(
    _ answer: KeptAnswer, for call: APICall, _ key: String, keys: KeyRing
  ) throws {
    let oldest = call.request.now.addingTimeInterval(-Double(APIOperation.Key.days) * 86_400)
    try execute(
      "DELETE FROM api_requests WHERE token_id = \(call.credential.token) AND at < \(oldest)")
    try execute(
      """
      INSERT INTO api_requests (token_id, key, area, request_hash, status, body_sealed, at)
      VALUES (\(call.credential.token), \(key), \(call.principal.area), \(call.fingerprint),
        \(answer.status), \(try answer.sealed(keys)), \(call.request.now))
      """)
  }
}

extension KeptAnswer {
  /// The address, a line end, the body.
  fileprivate func sealed(_ keys: KeyRing) throws -> [UInt8] {
    try keys.seal(Array((location ?? "").utf8) + [UInt8(ascii: "\n")] + body, for: .apiAnswer)
  }

  fileprivate init(status: Int, sealed: [UInt8], keys: KeyRing) throws {
    let plain = try keys.open(sealed, for: .apiAnswer)
    let cut = plain.firstIndex(of: UInt8(ascii: "\n")) ?? plain.startIndex
    let location = String(decoding: plain[..<cut], as: UTF8.self)
    self.init(
      status: status, location: location.isEmpty ? nil : location, body: Array(plain[(cut + 1)...]))
  }
}
