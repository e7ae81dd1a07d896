import Foundation
import Testing

@testable import Web

@Suite struct AddressTests {
  private func address(_ text: String) throws -> ClientAddress { try #require(ClientAddress(text)) }

  @Test func addressesAreReadWithBracketsAndPorts() throws {
    #expect(try address("10.1.2.3").bytes == [10, 1, 2, 3])
    #expect(try address(" 10.1.2.3:8080").bytes == [10, 1, 2, 3])
    #expect(try address("[2001:db8::1]:443") == address("2001:db8::1"))
    #expect(try address("::ffff:10.1.2.3") == address("10.1.2.3"))
    #expect(ClientAddress("unknown") == nil)
    #expect(try address("2001:db8::1").text == "2001:db8:0:0:0:0:0:1")
    #expect(try address("127.0.0.1").isLoopback)
    #expect(try !address("10.0.0.1").isLoopback)
  }

  @Test func onlyTrustedProxiesAreBelieved() throws {
    let proxies = try #require(TrustedProxies("10.0.0.0/8, 127.0.0.1 2001:db8::/33 unix"))
    let citizen = try address("203.0.113.9")
    let proxy = try address("10.9.9.9")
    #expect(proxies.client(socket: citizen, forwardedFor: ["1.1.1.1"]) == citizen)
    #expect(proxies.client(socket: proxy, forwardedFor: ["1.1.1.1, 203.0.113.9"]) == citizen)
    #expect(
      proxies.client(socket: proxy, forwardedFor: ["1.1.1.1, 203.0.113.9", "10.0.0.7"]) == citizen)
    #expect(proxies.client(socket: proxy, forwardedFor: ["rubbish"]) == proxy)
    #expect(proxies.client(socket: proxy, forwardedFor: []) == proxy)
    #expect(proxies.client(socket: .unknown, forwardedFor: ["203.0.113.9"]) == citizen)
    #expect(TrustedProxies.none.client(socket: proxy, forwardedFor: ["1.1.1.1"]) == proxy)
    #expect(try proxies.contains(address("2001:db8:7fff::1")))
    #expect(try !proxies.contains(address("2001:db8:8000::1")))
    for bad in ["10.0.0.0/33", "x", "10.0.0.0/-1", "10.0.0.0/8/8"] {
      #expect(TrustedProxies(bad) == nil)
    }
  }
}

@Suite struct RateLimiterTests {
  private let start = Date(timeIntervalSince1970: 1_000_000)

  private func waiting(_ limiter: RateLimiter, _ text: String, after seconds: Double) -> Int? {
    do {
      try limiter.check(text, now: start.addingTimeInterval(seconds))
    } catch WebError.tooManyRequests(let wait) {
      return wait
    } catch {
      return -1
    }
    return nil
  }

  @Test func aBurstIsAllowedAndThenARate() {
    let limiter = RateLimiter(burst: 3, perMinute: 6)
    for _ in 0..<3 { #expect(waiting(limiter, "a", after: 0) == nil) }
    #expect(waiting(limiter, "a", after: 0) == 10)
    #expect(waiting(limiter, "b", after: 0) == nil)
    #expect(waiting(limiter, "a", after: 4) == 6)
    #expect(waiting(limiter, "a", after: 10.1) == nil)
    #expect(waiting(limiter, "a", after: 10.1) != nil)
  }

  @Test func oneIPv6LineIsOneAddress() throws {
    let limiter = RateLimiter(burst: 1, perMinute: 1)
    try limiter.check(try #require(ClientAddress("2001:db8:1:2::1")), now: start)
    #expect(throws: WebError.self) {
      try limiter.check(try #require(ClientAddress("2001:db8:1:2:ffff::9")), now: start)
    }
    try limiter.check(try #require(ClientAddress("2001:db8:1:3::1")), now: start)
  }

  @Test func memoryIsBoundedAndTheActiveStayLimited() {
    let limiter = RateLimiter(burst: 2, perMinute: 1, capacity: 100)
    #expect(waiting(limiter, "flood", after: 0) == nil)
    #expect(waiting(limiter, "flood", after: 0) == nil)
    for number in 0..<1000 { _ = waiting(limiter, "\(number)", after: 0) }
    #expect(limiter.count <= 100)
    #expect(waiting(limiter, "flood", after: 0) != nil)
  }
}
