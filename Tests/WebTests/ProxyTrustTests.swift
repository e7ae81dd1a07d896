import Testing

@testable import Web

/// Whether the limits by address mean people.
@Suite struct ProxyTrustTests {
  private func warning(_ url: String?, _ listen: String, _ proxies: String = "") -> String? {
    ProxyTrust(publicURL: url, listenHost: listen, trustedProxies: proxies).warning
  }

  @Test(arguments: ["127.0.0.1", "::1", "localhost", "/run/portal.sock"])
  func aPublicAddressBeforeALocalListenerNeedsATrustedProxy(_ listen: String) throws {
    for url in [
      "https://gzf.example.gov.cn", "http://gzf.example.gov.cn:8080/", "https://[2001:db8::1]/",
    ] {
      let text = try #require(warning(url, listen))
      #expect(text.contains("PORTAL_TRUSTED_PROXIES") && text.contains("同一个地址"))
      #expect(warning(url, listen, " , ") != nil)
      #expect(warning(url, listen, "127.0.0.1") == nil)
    }
  }

  @Test func otherwiseNothingIsWrong() {
    #expect(warning(nil, "127.0.0.1") == nil)
    #expect(warning("http://127.0.0.1:8080", "127.0.0.1") == nil)
    #expect(warning("http://localhost:8080", "::1") == nil)
    #expect(warning("http://[::1]:8080", "127.0.0.1") == nil)
    #expect(warning("https://gzf.example.gov.cn", "0.0.0.0") == nil)
    #expect(warning("https://gzf.example.gov.cn", "10.1.2.3") == nil)
  }
}
