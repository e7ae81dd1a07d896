/// An address within the portal (or one written in the source), ready for an `href`.
public struct Link: Sendable, Hashable {
  /// The address, percent-encoded, not yet escaped for HTML.
  public let url: String

  init(encoded url: String) {
    self.url = url
  }

  /// An address written in the source, also of another site.
  public init(verbatim url: StaticString) {
    self.url = url.description
  }

  /// An address within the portal that came from outside, such as the page to go back to after
  /// sign-in. `nil` unless it is an absolute path: an address of another site, `//host`, a
  /// backslash or anything but printable ASCII is refused.
  public init?(local url: String) {
    let bytes = Array(url.utf8)
    guard bytes.first == UInt8(ascii: "/") else { return nil }
    guard bytes.count < 2 || bytes[1] != UInt8(ascii: "/") else { return nil }
    let isPlain = bytes.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
    guard isPlain else { return nil }
    self.url = url
  }

  /// The same address with one more query item; unchanged when the value is `nil`.
  ///
  /// Name and value are percent-encoded as UTF-8, a space as `%20`.
  public func query(_ name: String, _ value: String?) -> Link {
    guard let value else { return self }
    let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let base = parts.first.map { String($0) } ?? ""
    let mark = base.contains("?") ? "&" : "?"
    let item = percentEncoded(name) + "=" + percentEncoded(value)
    return Link(encoded: base + mark + item + (parts.count > 1 ? "#" + parts[1] : ""))
  }

  /// The same address, pointing at the element with this id.
  public func fragment(_ id: String) -> Link {
    let base = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
    return Link(encoded: base + "#" + percentEncoded(id))
  }
}

/// Percent-encodes everything but RFC 3986's unreserved characters (letters, digits, `-._~`).
func percentEncoded(_ text: String) -> String {
  let hex = Array("0123456789ABCDEF".utf8)
  var encoded: [UInt8] = []
  encoded.reserveCapacity(text.utf8.count)
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      encoded.append(byte)
    default:
      encoded.append(UInt8(ascii: "%"))
      encoded.append(hex[Int(byte >> 4)])
      encoded.append(hex[Int(byte & 15)])
    }
  }
  return String(decoding: encoded, as: UTF8.self)
}
