/// An address within the portal (or one written in the source), ready for an `href`.
public struct Link: Sendable, Hashable {
  /// The address without what it keeps secret.
  private let open: String
  /// Query items that stand in no address as they are.
  private var secrets: [Secret] = []

  private struct Secret: Hashable {
    let name: String
    let value: String
  }

  init(encoded url: String) {
    open = url
  }

  /// How the request that is being answered seals; outside of one, secret items are left out.
  @TaskLocal public static var seal = Seal.none

  /// Makes of a query string what may stand in an address.
  ///
  /// A type of its own: an optimised program that binds a task's value of function type reads a description of
  /// that type that is not there (Swift 6.3.1), and ends at its first request.
  public struct Seal: Sendable {
    fileprivate let sealed: (@Sendable (String) -> String)?

    static let none = Seal(sealed: nil)

    private init(sealed: (@Sendable (String) -> String)?) { self.sealed = sealed }

    public init(_ sealed: @escaping @Sendable (String) -> String) { self.init(sealed: sealed) }
  }

  /// The query item in which the secret ones are sealed.
  public static let sealedItem = "sought"

  /// The address, percent-encoded, not yet escaped for HTML.
  public var url: String {
    guard !secrets.isEmpty, let seal = Self.seal.sealed else { return open }
    let query = secrets.map { percentEncoded($0.name) + "=" + percentEncoded($0.value) }
      .joined(separator: "&")
    return Link(encoded: open).query(Self.sealedItem, seal(query)).open
  }

  /// An address written in the source, also of another site.
  public init(verbatim url: StaticString) {
    open = url.description
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
    open = url
  }

  /// The same address with one more query item; unchanged when the value is `nil`.
  ///
  /// Name and value are percent-encoded as UTF-8, a space as `%20`.
  public func query(_ name: String, _ value: String?) -> Link {
    guard let value else { return self }
    let parts = open.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let base = parts.first.map { String($0) } ?? ""
    let mark = base.contains("?") ? "&" : "?"
    let item = percentEncoded(name) + "=" + percentEncoded(value)
    return with(base + mark + item + (parts.count > 1 ? "#" + parts[1] : ""))
  }

  /// The same address with one more query item that may say who somebody is: a name, an address, whatever was typed
  /// to be looked for. Addresses stand in the browser's history and in the logs of proxies: there it stands sealed.
  public func query(secret name: String, _ value: String?) -> Link {
    guard let value else { return self }
    var link = self
    link.secrets.append(Secret(name: name, value: value))
    return link
  }

  private func with(_ url: String) -> Link {
    var link = Link(encoded: url)
    link.secrets = secrets
    return link
  }

  /// The same address, pointing at the element with this id.
  public func fragment(_ id: String) -> Link {
    let base =
      open.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
    return with(base + "#" + percentEncoded(id))
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
