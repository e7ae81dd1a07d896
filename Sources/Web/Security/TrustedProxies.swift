/// The proxies in front of the portal whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
public struct TrustedProxies: Sendable, Equatable {
  private struct Range: Equatable {
    let bytes: [UInt8]
    let bits: Int

    func contains(_ address: ClientAddress) -> Bool {
      guard address.bytes.count == bytes.count else { return false }
      let whole = bits / 8
      guard address.bytes.prefix(whole) == bytes.prefix(whole) else { return false }
      let rest = bits % 8
      return rest == 0 || (address.bytes[whole] ^ bytes[whole]) >> (8 - rest) == 0
    }
  }

  private var ranges: [Range] = []
  private var trustsUnixSocket = false

  /// Nobody is believed.
  public static let none = TrustedProxies()

  private init() {}

  /// - Parameter list: addresses and networks (`10.0.0.0/8`), and `unix` for a Unix socket, with
  ///   commas or spaces between.
  /// - Returns: nil when one of them cannot be read.
  public init?(_ list: String) {
    for item in list.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
      if item == "unix" {
        trustsUnixSocket = true
        continue
      }
      let parts = item.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count <= 2, let address = ClientAddress(parts[0]) else { return nil }
      let most = address.bytes.count * 8
      guard let bits = parts.count == 2 ? Int(parts[1]) : most, (0...most).contains(bits) else {
        return nil
      }
      ranges.append(Range(bytes: address.bytes, bits: bits))
    }
  }

  func contains(_ address: ClientAddress) -> Bool {
    address.bytes.isEmpty ? trustsUnixSocket : ranges.contains { $0.contains(address) }
  }

  /// The client behind the proxies: from the right, the first address that is no trusted proxy.
  func client(socket: ClientAddress, forwardedFor: [String]) -> ClientAddress {
    var client = socket
    for text in forwardedFor.flatMap({ $0.split(separator: ",") }).reversed() {
      guard contains(client), let next = ClientAddress(text) else { break }
      client = next
    }
    return client
  }
}
