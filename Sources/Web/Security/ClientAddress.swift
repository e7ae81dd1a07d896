import NIOCore

/// The network address of the other side. It is used to limit floods and, for staff, in the audit;
/// it is never logged, and for anonymous citizens never stored.
public struct ClientAddress: Sendable, Hashable {
  /// 4 bytes (IPv4), 16 bytes (IPv6), or none when there is no network address (a Unix socket).
  public let bytes: [UInt8]

  public static let unknown = ClientAddress(bytes: [])

  init(bytes: [UInt8]) {
    // An IPv4 address that an IPv6 socket shows as ::ffff:a.b.c.d is the IPv4 address.
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    self.bytes = bytes.count == 16 && bytes.starts(with: mapped) ? Array(bytes[12...]) : bytes
  }

  /// An address in text, with or without brackets and port.
  public init?(_ text: some StringProtocol) {
    let text = String(text).split(separator: " ").joined()
    if let address = Self.parsed(text) {
      self = address
    } else if text.hasPrefix("["), let end = text.firstIndex(of: "]"),
      let address = Self.parsed(String(text[text.index(after: text.startIndex)..<end]))
    {
      self = address
    } else if let colon = text.lastIndex(of: ":"), let address = Self.parsed(String(text[..<colon]))
    {
      self = address
    } else {
      return nil
    }
  }

  private static func parsed(_ text: String) -> ClientAddress? {
    (try? SocketAddress(ipAddress: text, port: 0)).map { ClientAddress($0) }
  }

  init(_ address: SocketAddress?) {
    switch address {
    // By their places in sockaddr_in and sockaddr_in6: which module declares the members' names
    // depends on what else was compiled before.
    case .v4(let address):
      self.init(bytes: withUnsafeBytes(of: address.address) { Array($0[4..<8]) })
    case .v6(let address):
      self.init(bytes: withUnsafeBytes(of: address.address) { Array($0[8..<24]) })
    case .unixDomainSocket, nil:
      self.init(bytes: [])
    }
  }

  /// The address in text, for the audit of what staff do.
  public var text: String {
    switch bytes.count {
    case 4: return bytes.map { String($0) }.joined(separator: ".")
    case 16:
      let groups = stride(from: 0, to: 16, by: 2).map {
        String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
      }
      return groups.joined(separator: ":")
    default: return ""
    }
  }

  /// Whether it is this machine (also when it came through a Unix socket).
  public var isLoopback: Bool {
    switch bytes.count {
    case 4: bytes[0] == 127
    case 16: bytes == [UInt8](repeating: 0, count: 15) + [1]
    default: true
    }
  }

  /// The networks that somebody may have to himself, the narrowest first: an IPv4 address; of IPv6 the /64 of
  /// one line, the /56 that homes are given and the /48 that sites are given (RFC 6177).
  public var networks: [[UInt8]] {
    bytes.count == 16 ? [8, 7, 6].map { Array(bytes.prefix($0)) } : [bytes]
  }

  /// The widest of them.
  public var widestNetwork: [UInt8] { bytes.count == 16 ? Array(bytes.prefix(6)) : bytes }

  /// What floods are counted by: an IPv4 address, or the /64 network that one IPv6 line has.
  public var network: [UInt8] {
    bytes.count == 16 ? Array(bytes.prefix(8)) : bytes
  }
}
