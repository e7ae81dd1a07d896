import Crypto
import Ground
package import Postgres
package import Web

/// In which of some queues somebody's files wait, so that one sender does not hold up the others: the job goes from
/// queue to queue. It is a hash under a key that this program alone has and forgets with its end, of few bits: it
/// leads to nobody, and whoever shares it with a sender of thousands is one in 64.
package struct FileQueue: Sendable, Equatable {
  static let count = 64

  /// So many files may wait in one queue, and in all of them.
  package static let most = 300
  static let mostEverywhere = 3_000

  package let rawValue: Int16

  package init(rawValue: Int16) { self.rawValue = rawValue }

  package init(of address: ClientAddress) {
    let code = HMAC<SHA256>.authenticationCode(for: address.widestNetwork, using: Self.key)
    rawValue = Int16(Array(code)[0]) % Int16(Self.count)
  }

  private static let key = SymmetricKey(size: .bits256)
}

extension Transaction {
  /// Whether so many more files may wait.
  package func hasRoom(for count: Int, in queue: FileQueue) throws -> Bool {
    guard count > 0 else { return true }
    let waiting = try one(
      Query<(everywhere: Int, here: Int)>(
        "SELECT everywhere, here FROM files_waiting(\(Int(queue.rawValue))::integer)"
      ) { (try $0("everywhere"), try $0("here")) })
    return waiting.here + count <= FileQueue.most
      && waiting.everywhere + count <= FileQueue.mostEverywhere
  }
}
