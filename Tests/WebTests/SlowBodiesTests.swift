import NIOCore
import NIOEmbedded
import Testing

@testable import Web

/// Bodies that take too long lose their line.
@Suite struct SlowBodiesTests {
  private let loop = EmbeddedEventLoop()
  private let bodies = SlowBodies()

  private func line() throws -> EmbeddedChannel {
    let channel = EmbeddedChannel(loop: loop)
    try channel.connect(to: SocketAddress(unixDomainSocketPath: "line"), promise: nil)
    return channel
  }

  @Test func whatIsOverdueIsCutAndWhatIsNotOrWasReadGoesOn() throws {
    let (overdue, slow, read) = (try line(), try line(), try line())
    _ = bodies.watch(overdue, for: .zero)
    _ = bodies.watch(slow, for: .hours(1))
    bodies.letGo(bodies.watch(read, for: .zero))
    #expect(overdue.isActive && slow.isActive && read.isActive)
    loop.advanceTime(by: SlowBodies.interval)
    #expect(!overdue.isActive && slow.isActive && read.isActive)
    // It goes on looking as long as something is left, and begins again afterwards.
    let next = try line()
    _ = bodies.watch(next, for: .zero)
    loop.advanceTime(by: SlowBodies.interval)
    #expect(!next.isActive && slow.isActive)
  }

  @Test func whoComesAfterAllHaveGoneIsWatchedToo() throws {
    bodies.letGo(bodies.watch(try line(), for: .zero))
    loop.advanceTime(by: SlowBodies.interval)
    let late = try line()
    _ = bodies.watch(late, for: .zero)
    loop.advanceTime(by: SlowBodies.interval)
    #expect(!late.isActive)
  }
}
