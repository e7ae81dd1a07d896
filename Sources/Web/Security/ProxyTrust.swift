import FoundationEssentials

/// Whether the limits by address mean people: a portal that only this machine reaches, but that people type another
/// address for, stands behind a proxy, and unless that proxy is believed everybody has its address.
public struct ProxyTrust: Sendable {
  private let publicURL: String?
  private let listenHost: String
  private let trustedProxies: String

  /// - Parameters:
  ///   - listenHost: where the portal listens; a path is a Unix socket.
  ///   - trustedProxies: as `TrustedProxies` reads them.
  public init(publicURL: String?, listenHost: String, trustedProxies: String) {
    self.publicURL = publicURL
    self.listenHost = listenHost
    self.trustedProxies = trustedProxies
  }

  /// What is wrong and what to do, in Chinese.
  public var warning: String? {
    guard let publicURL, !Self.isLocal(Self.host(of: publicURL)), Self.isLocal(listenHost),
      trustedProxies.allSatisfy({ $0 == "," || $0.isWhitespace })
    else { return nil }
    return "公开网址是 \(publicURL)，门户只在本机监听，前面应有代理，却没有设置 PORTAL_TRUSTED_PROXIES："
      + "所有群众会被当作同一个地址，合用一份限额。请设为代理的地址，例如 PORTAL_TRUSTED_PROXIES=127.0.0.1"
  }

  /// `https://host:port/path` → `host`.
  private static func host(of url: String) -> String {
    let rest = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
    let afterUser = rest.split(separator: "@").last ?? ""
    if afterUser.hasPrefix("[") { return String(afterUser.dropFirst().prefix { $0 != "]" }) }
    return String(afterUser.prefix { $0 != ":" })
  }

  private static func isLocal(_ host: String) -> Bool {
    host.hasPrefix("/") || host == "localhost" || ClientAddress(host).map { $0.isLoopback } ?? false
  }
}
