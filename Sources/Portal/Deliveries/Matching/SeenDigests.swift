/// Digests that have come, by their first eight bytes, to see whether one may come twice.
struct SeenDigests: Sendable {
  private var seen: Set<UInt64> = []
  /// Whether one may have come twice; who needs to be sure looks again.
  private(set) var hasRepeats = false

  mutating func insert(_ digest: UInt64) {
    if !seen.insert(digest).inserted { hasRepeats = true }
  }
}
