import Foundation

/// The key of one rendered form: 16 random bytes in its hidden field. A form that is sent twice, by
/// an impatient thumb or after a lost answer, brings the same key, and is stored once.
package struct Submission: Sendable, Equatable {
  static let field = "submission"

  let bytes: [UInt8]

  /// A new one, for a form that is being drawn.
  init() {
    var generator = SystemRandomNumberGenerator()
    bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  package init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// The one that a form brought; a new one when the field is missing or garbled, since a report
  /// is worth more than the promise to store it once.
  init(typed text: String?) {
    let bytes = text.flatMap { Base64URL.bytes($0) } ?? []
    self = Submission(bytes: bytes) ?? Submission()
  }

  package var text: String { Base64URL.text(bytes) }
}

/// Base64 for URLs and cookies, without padding (RFC 4648, section 5).
package enum Base64URL {
  static func text(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  static func bytes(_ text: String) -> [UInt8]? {
    guard text.utf8.count <= 4096 else { return nil }
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    let standard = text.replacing("-", with: "+").replacing("_", with: "/") + padding
    return Data(base64Encoded: standard).map { Array($0) }
  }
}
