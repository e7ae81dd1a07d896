/// A cookie to be set. All of the portal's cookies but those for scripts are `HttpOnly`, `SameSite=Lax` and `Path=/`,
/// and `Secure` when the page came over TLS. Where the portal's address is https, browsers know each under a name
/// that begins with `__Host-`: such a one is set by no neighbouring site, nor over a line without TLS, and one of the
/// plain name is not looked at.
public struct Cookie: Sendable, Equatable {
  public static let sessionName = "portal_session"
  static let visitorName = "portal_visitor"
  static let flashName = "portal_flash"

  public let name: String
  public let value: String
  /// Seconds until the browser forgets it; nil for the end of the browser session.
  public let maxAge: Int?
  /// Whether scripts of ours may read it. Then other sites never cause it to be sent (`SameSite=Strict`).
  public let isForScripts: Bool

  /// - Parameter value: any text; what a cookie may not hold is percent-encoded.
  public init(name: String, value: String, maxAge: Int? = nil, isForScripts: Bool = false) {
    self.name = name
    self.value = value
    self.maxAge = maxAge
    self.isForScripts = isForScripts
  }

  /// The cookie that signs a browser in.
  public static func session(_ token: SessionToken) -> Cookie {
    Cookie(name: sessionName, value: token.text)
  }

  /// A cookie that makes the browser forget the one of that name.
  public static func expired(_ name: String) -> Cookie {
    Cookie(name: name, value: "", maxAge: 0)
  }

  /// The name that browsers know.
  ///
  /// - Parameter isHostOnly: whether the portal's address is https.
  static func name(_ name: String, isHostOnly: Bool) -> String {
    isHostOnly ? "__Host-\(name)" : name
  }

  func header(isSecure: Bool, isHostOnly: Bool = false) -> String {
    let name = Self.name(name, isHostOnly: isHostOnly)
    var text = "\(name)=\(Self.encoded(value)); Path=/"
    text += isForScripts ? "; SameSite=Strict" : "; HttpOnly; SameSite=Lax"
    if let maxAge { text += "; Max-Age=\(maxAge)" }
    if isSecure { text += "; Secure" }
    return text
  }

  private static func encoded(_ value: String) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        bytes.append(byte)
      default:
        bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The value of the cookie of that name in the `Cookie` header lines.
  static func value(_ name: String, in lines: some Sequence<String>) -> String? {
    for line in lines {
      for item in line.utf8.split(separator: UInt8(ascii: ";")) {
        let item = item.drop { $0 == UInt8(ascii: " ") }
        guard item.starts(with: name.utf8) else { continue }
        let rest = item.dropFirst(name.utf8.count)
        guard rest.first == UInt8(ascii: "=") else { continue }
        return String(validating: percentDecoded(rest.dropFirst()), as: UTF8.self)
      }
    }
    return nil
  }
}
