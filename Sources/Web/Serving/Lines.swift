import NIOCore
import Synchronization

/// Who holds connections to the portal, so that nobody holds them all: so many from one network, a time for
/// the head of a request, and where none is free, the one that has most gives one up that waits for nothing.
final class Lines: Sendable {
  /// The time in which the head of a request must be there, from its first byte or from the connection's
  /// beginning.
  static let headTime = TimeAmount.seconds(15)
  /// How long a connection is kept for a next request.
  static let idleTime = TimeAmount.seconds(60)
  /// How often those are looked for whose time is up.
  static let interval = TimeAmount.seconds(1)

  private struct State {
    var lines: [ObjectIdentifier: Line] = [:]
    var counts: [[UInt8]: Int] = [:]
    var isWatched = false
  }

  private let capacity: Int
  private let perNetwork: Int
  private let state = Mutex(State())

  /// - Parameters:
  ///   - capacity: connections in all.
  ///   - perNetwork: of one IPv4 address or one IPv6 line; twice as many of its /56, four times of its /48.
  init(capacity: Int, perNetwork: Int) {
    self.capacity = capacity
    self.perNetwork = perNetwork
  }

  /// How many there are.
  var count: Int { state.withLock { $0.lines.count } }

  /// Takes a connection in.
  ///
  /// - Parameter networks: as `ClientAddress.networks`; none for a proxy, behind which everybody stands.
  /// - Returns: nil when there is no room for it.
  func admit(_ channel: any Channel, networks: [[UInt8]]) -> Line? {
    let line = Line(channel, networks: networks)
    let (isAdmitted, leaving, mustArrange) = state.withLock { state in
      guard hasShare(networks, state.counts) else { return (false, Line?.none, false) }
      var leaving: Line?
      if state.lines.count >= capacity {
        leaving = Self.spare(for: line, state)
        guard let leaving else { return (false, nil, false) }
        Self.remove(leaving, &state)
      }
      state.lines[ObjectIdentifier(line)] = line
      for network in networks { state.counts[network, default: 0] += 1 }
      let mustArrange = !state.isWatched
      state.isWatched = true
      return (true, leaving, mustArrange)
    }
    leaving?.channel.close(promise: nil)
    if mustArrange { arrange(on: channel.eventLoop) }
    return isAdmitted ? line : nil
  }

  func leave(_ line: Line) { state.withLock { Self.remove(line, &$0) } }

  private static func remove(_ line: Line, _ state: inout State) {
    guard state.lines.removeValue(forKey: ObjectIdentifier(line)) != nil else { return }
    for network in line.networks {
      let left = state.counts[network, default: 0] - 1
      state.counts[network] = left > 0 ? left : nil
    }
  }

  private func hasShare(_ networks: [[UInt8]], _ counts: [[UInt8]: Int]) -> Bool {
    networks.enumerated().allSatisfy { width, network in
      counts[network, default: 0] < perNetwork << width
    }
  }

  /// A connection that is serving nobody, of the network that holds most; nil when that is the newcomer's own.
  private static func spare(for line: Line, _ state: State) -> Line? {
    let own = line.networks.last.map { state.counts[$0, default: 0] } ?? 0
    let idle = state.lines.values.filter { $0.isWaiting && !$0.networks.isEmpty }
    let held = idle.compactMap { line in
      line.networks.last.map { (line: line, held: state.counts[$0, default: 0]) }
    }
    guard let most = held.max(by: { $0.held < $1.held }), most.held > own + 1 else { return nil }
    return most.line
  }

  private func arrange(on eventLoop: any EventLoop) {
    eventLoop.scheduleTask(in: Self.interval) { [self] in look(eventLoop) }
  }

  private func look(_ eventLoop: any EventLoop) {
    let now = NIODeadline.now()
    let (overdue, isLeft) = state.withLock { state in
      state.isWatched = !state.lines.isEmpty
      return (state.lines.values.filter { $0.isOverdue(now) }, state.isWatched)
    }
    for line in overdue { line.channel.close(promise: nil) }
    if isLeft { arrange(on: eventLoop) }
  }
}

/// One connection.
final class Line: Sendable {
  let channel: any Channel
  let networks: [[UInt8]]
  /// Nanoseconds of the clock of `NIODeadline`; the last of all while a request is served.
  private let deadline: Atomic<UInt64>

  init(_ channel: any Channel, networks: [[UInt8]]) {
    self.channel = channel
    self.networks = networks
    deadline = Atomic((NIODeadline.now() + Lines.headTime).uptimeNanoseconds)
  }

  /// Whether it serves no request.
  var isWaiting: Bool { deadline.load(ordering: .relaxed) != .max }

  func isOverdue(_ now: NIODeadline) -> Bool {
    deadline.load(ordering: .relaxed) <= now.uptimeNanoseconds
  }

  func expectHead() { set(NIODeadline.now() + Lines.headTime) }
  func expectNothing() { set(NIODeadline.now() + Lines.idleTime + .seconds(1)) }
  func serve() { deadline.store(.max, ordering: .relaxed) }

  private func set(_ time: NIODeadline) {
    deadline.store(time.uptimeNanoseconds, ordering: .relaxed)
  }
}
