import Foundation
import NIOCore
import NIOEmbedded
import Testing
import WebTesting

@testable import Web

/// Who holds the connections.
@Suite struct LinesTests {
  private let loop = EmbeddedEventLoop()

  private func channel() throws -> EmbeddedChannel {
    let channel = EmbeddedChannel(loop: loop)
    try channel.connect(to: SocketAddress(unixDomainSocketPath: "line"), promise: nil)
    return channel
  }

  private func networks(_ address: String) throws -> [[UInt8]] {
    try #require(ClientAddress(address)).networks
  }

  @Test func anAddressHasItsShareAndASiteFourTimesThat() throws {
    let lines = Lines(capacity: 100, perNetwork: 3)
    func admitted(_ address: String) throws -> Bool {
      lines.admit(try channel(), networks: try networks(address)) != nil
    }
    for _ in 0..<3 { #expect(try admitted("192.0.2.1")) }
    #expect(try !admitted("192.0.2.1"))
    #expect(try admitted("192.0.2.2"))
    var taken = 0
    // Every line of one /48.
    for line in 0..<40 where try admitted("2001:db8:1:\(String(line * 256, radix: 16))::1") {
      taken += 1
    }
    #expect(taken == 12)
    // Every line of one /56.
    taken = 0
    for line in 0..<40 where try admitted("2001:db8:2:\(String(line, radix: 16))::1") { taken += 1 }
    #expect(taken == 6)
    // Proxies, behind which everybody stands.
    for _ in 0..<50 { #expect(lines.admit(try channel(), networks: []) != nil) }
  }

  @Test func whereNoneIsFreeWhoHasMostGivesOneUp() throws {
    let lines = Lines(capacity: 10, perNetwork: 9)
    var held: [(line: Line, channel: EmbeddedChannel)] = []
    for _ in 0..<9 {
      let channel = try channel()
      held.append(
        (try #require(lines.admit(channel, networks: try networks("192.0.2.1"))), channel))
    }
    for (line, _) in held.dropFirst() { line.serve() }
    _ = lines.admit(try channel(), networks: try networks("192.0.2.9"))
    #expect(lines.count == 10)
    #expect(lines.admit(try channel(), networks: try networks("192.0.2.2")) != nil)
    #expect(lines.count == 10)
    // The one that waited for a request, none of those that were being answered.
    #expect(!held[0].channel.isActive && held.dropFirst().allSatisfy { $0.channel.isActive })
    // Nobody takes a place from those who have no more.
    #expect(lines.admit(try channel(), networks: try networks("192.0.2.3")) == nil)
  }

  @Test func whoLeavesMakesRoom() throws {
    let lines = Lines(capacity: 2, perNetwork: 1)
    let line = try #require(lines.admit(try channel(), networks: try networks("192.0.2.1")))
    #expect(lines.admit(try channel(), networks: try networks("192.0.2.1")) == nil)
    lines.leave(line)
    lines.leave(line)
    #expect(lines.count == 0)
    #expect(lines.admit(try channel(), networks: try networks("192.0.2.1")) != nil)
  }
}

/// The same over real connections.
@Suite(.serialized) struct SlowHeadTests {
  private static let page = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

  @Test func oneAddressFillsItsShareAndOthersAreServed() async throws {
    let site = TestSite()
    try await site.routes.build(site.configuration).served(
      connections: 60, perAddress: 40, logger: site.configuration.logger
    ) { port in
      var lines: [RawLine] = []
      for number in 0..<120 {
        // Two addresses, neither of which says a whole word.
        let line = try await RawLine(port: port, from: "127.0.0.\(2 + number % 2)")
        try? await line.send("GET / HTTP/1.1\r\nHo")
        lines.append(line)
      }
      for visitor in 10..<19 {
        let line = try await RawLine(port: port, from: "127.0.0.\(visitor)")
        try await line.send(Self.page)
        #expect(await line.answer().hasPrefix("HTTP/1.1 200 "))
        line.close()
      }
      #expect(lines.filter(\.isOpen).count <= 60)
      for line in lines { line.close() }
    }
  }

  @Test func aHeadHasItsTime() async throws {
    let site = TestSite()
    try await site.routes.build(site.configuration).served(logger: site.configuration.logger) {
      port in
      let began = ContinuousClock.now
      let (slow, silent, late) = try await (
        RawLine(port: port), RawLine(port: port), RawLine(port: port)
      )
      try await late.send(Self.page)
      _ = await late.answer()
      try await late.send("GET / HTTP")
      let kept = try await RawLine(port: port)
      try await kept.send(Self.page)
      _ = await kept.answer()
      // A byte now and then does not buy more time.
      try await slow.send("GET / HTTP/1.1\r\nX: ")
      for _ in 0..<12 {
        try? await slow.send("x")
        try await Task.sleep(for: .seconds(1))
        // On a busy machine the seconds are long.
        if began.duration(to: .now) < .seconds(9) {
          #expect(slow.isOpen && silent.isOpen && late.isOpen)
        }
      }
      for line in [slow, silent, late] { #expect(await line.isCut(within: .seconds(12))) }
      #expect(kept.isOpen)
      try await kept.send(Self.page)
      try await Task.sleep(for: .seconds(1))
      #expect(kept.text.components(separatedBy: "HTTP/1.1 200 ").count == 3)
      kept.close()
    }
  }
}
