import Crypto
import Ground
import Postgres
import Web

/// In which of some queues somebody's photos wait, so that one sender does not hold up the others: the job goes from
/// queue to queue. It is a hash under a key that this program alone has and forgets with its end, of few bits: it
/// leads to nobody, and whoever shares it with a sender of thousands is one in 64.
struct PhotoQueue: Sendable, Equatable {
  static let count = 64

  /// So many photos may wait in one queue, and in all of them.
  static let most = 300
  static let mostEverywhere = 3_000

  static let isFull = "现在等待处理的照片太多，请先不带照片提交，过一会儿凭查询码补交照片"

  let rawValue: Int16

  init(rawValue: Int16) { self.rawValue = rawValue }

  init(of address: ClientAddress) {
    let code = HMAC<SHA256>.authenticationCode(for: address.widestNetwork, using: Self.key)
    rawValue = Int16(Array(code)[0]) % Int16(Self.count)
  }

  private static let key = SymmetricKey(size: .bits256)
}

extension Transaction {
  /// Whether so many more photos may wait.
  func hasRoom(for count: Int, in queue: PhotoQueue) throws -> Bool {
    guard count > 0 else { return true }
    let waiting = try one(
      Query<(everywhere: Int, here: Int)>(
        "SELECT everywhere, here FROM photos_waiting(\(Int(queue.rawValue))::integer)"
      ) { (try $0("everywhere"), try $0("here")) })
    return waiting.here + count <= PhotoQueue.most
      && waiting.everywhere + count <= PhotoQueue.mostEverywhere
  }
}
