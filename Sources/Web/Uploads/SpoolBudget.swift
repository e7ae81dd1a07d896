import Synchronization

/// How many bytes may lie in the upload folder at one time, over all requests: a crowd of slow
/// senders must not fill the disk that the database may stand on, nor one of them keep all others
/// out. Counts exist only while somebody is sending.
final class SpoolBudget: Sendable {
  private struct State {
    var total = 0
    var byNetwork: [[UInt8]: Int] = [:]
  }

  private let total: Int
  private let perNetwork: Int
  private let state = Mutex(State())

  init(total: Int = 2 << 30, perNetwork: Int = 512 << 20) {
    self.total = total
    self.perNetwork = perNetwork
  }

  /// - Parameter networks: as `ClientAddress.networks`, of which the wider have twice the room of one; none for this
  ///   machine, which only the total limits.
  /// - Returns: false when there is no room.
  func take(_ bytes: Int, networks: [[UInt8]]) -> Bool {
    state.withLock { state in
      let isIn = networks.enumerated().allSatisfy { width, network in
        state.byNetwork[network, default: 0] + bytes <= (width == 0 ? perNetwork : 2 * perNetwork)
      }
      guard isIn, state.total + bytes <= total else { return false }
      state.total += bytes
      for network in networks { state.byNetwork[network, default: 0] += bytes }
      return true
    }
  }

  func give(back bytes: Int, networks: [[UInt8]]) {
    state.withLock { state in
      state.total -= bytes
      for network in networks {
        guard let own = state.byNetwork[network] else { continue }
        state.byNetwork[network] = own > bytes ? own - bytes : nil
      }
    }
  }
}
