import NIOCore
import Synchronization

/// Cuts the lines of bodies that take too long. All of them are looked at together every few seconds: a
/// timer for each would cost more than reading most of them.
final class SlowBodies: Sendable {
  static let interval = TimeAmount.seconds(5)

  private struct Line: Sendable {
    let channel: any Channel
    let deadline: NIODeadline
  }

  private struct State: Sendable {
    var lines: [UInt64: Line] = [:]
    var next: UInt64 = 0
    /// Whether the next look is arranged for.
    var isWatched = false
  }

  private let state = Mutex(State())

  /// - Returns: a number with which the line is let go again.
  func watch(_ channel: any Channel, for time: TimeAmount) -> UInt64 {
    let (number, mustArrange) = state.withLock { state in
      state.next += 1
      state.lines[state.next] = Line(channel: channel, deadline: .now() + time)
      let mustArrange = !state.isWatched
      state.isWatched = true
      return (state.next, mustArrange)
    }
    if mustArrange { arrange(on: channel.eventLoop) }
    return number
  }

  func letGo(_ number: UInt64) {
    state.withLock { state in _ = state.lines.removeValue(forKey: number) }
  }

  private func arrange(on eventLoop: any EventLoop) {
    eventLoop.scheduleTask(in: Self.interval) { [self] in look(eventLoop) }
  }

  private func look(_ eventLoop: any EventLoop) {
    let now = NIODeadline.now()
    let (overdue, isLeft) = state.withLock { state in
      let overdue = state.lines.filter { $0.value.deadline <= now }
      for number in overdue.keys { state.lines[number] = nil }
      state.isWatched = !state.lines.isEmpty
      return (overdue.values.map(\.channel), state.isWatched)
    }
    for channel in overdue { channel.close(promise: nil) }
    if isLeft { arrange(on: eventLoop) }
  }
}
