/// Hiding of small counts in a table whose sums are shown (cell suppression).
///
/// A count of 1..<n could point at a household, so it is shown as "<n" (primary suppression). That is
/// not enough: 10 − 8 gives away a hidden 2. So further cells are withheld until no sum has exactly
/// one hidden member (secondary suppression). A patient reader may still narrow a hidden count down
/// by several sums at once: hiding against that as well left a county of 1,200 households without a
/// single figure to publish, and a count of homes names nobody.
/// Source: the portal's promise of disclosure without persons; method as in Willenborg and de Waal,
/// "Elements of Statistical Disclosure Control", ch. 5.
public enum SmallCounts {
  /// A sum that the reader knows: the cell `total` is the sum of the cells `parts`.
  public struct Sum: Hashable, Sendable {
    /// Index of the cell that holds the sum.
    public let total: Int
    /// Indices of the cells that make it up.
    public let parts: [Int]

    public init(total: Int, parts: [Int]) {
      self.total = total
      self.parts = parts
    }

    var members: [Int] { [total] + parts }
  }

  /// Decides for each cell how it is shown.
  ///
  /// - Parameters:
  ///   - cells: counts, at least 0; the sums must hold
  ///   - sums: every relation between cells that the reader knows
  ///   - limit: counts of 1..<limit are hidden; 0 or 1 hides nothing
  ///   - keep: cells that are withheld only when no other can be, such as the county's totals
  /// - Returns: one published count for each cell, in the same order; the same cells always give the
  ///   same answer.
  public static func suppress(
    _ cells: [Int], sums: [Sum], below limit: Int, keep: Set<Int> = []
  ) -> [PublishedCount] {
    var table = SuppressionTable(cells: cells, sums: sums, limit: limit, keep: keep)
    table.closeSums()
    return cells.indices.map { index in
      guard table.isHidden[index] else { return .exact(cells[index]) }
      return table.isSmall(index) ? .below(limit) : .withheld
    }
  }
}

/// The state of one suppression: which cells are hidden so far.
struct SuppressionTable {
  let cells: [Int]
  let sums: [SmallCounts.Sum]
  let limit: Int
  let keep: Set<Int>
  var isHidden: [Bool]

  init(cells: [Int], sums: [SmallCounts.Sum], limit: Int, keep: Set<Int>) {
    self.cells = cells
    self.sums = sums
    self.limit = limit
    self.keep = keep
    isHidden = cells.map { $0 > 0 && $0 < limit }
  }

  /// Whether the cell itself may not be known.
  func isSmall(_ index: Int) -> Bool { cells[index] > 0 && cells[index] < limit }

  /// Withholds cells until no sum has exactly one hidden member.
  mutating func closeSums() {
    var changed = true
    while changed {
      changed = false
      for sum in sums where sum.members.count(where: { isHidden[$0] }) == 1 {
        guard let victim = cheapest(in: [sum]) else { continue }
        isHidden[victim] = true
        changed = true
      }
    }
  }

  /// The smallest cell that is still shown and not zero. One to keep, or one that would drag such a
  /// cell along, is taken only if there is no other.
  private func cheapest(in sums: [SmallCounts.Sum]) -> Int? {
    let shown = sums.flatMap(\.members).filter { !isHidden[$0] && cells[$0] > 0 }
    let keys = shown.map { (keep.contains($0) ? 2 : dragsKept($0) ? 1 : 0, cells[$0], $0) }
    return keys.min { $0 < $1 }?.2
  }

  /// Whether hiding the cell would leave it alone in a sum that has only cells to keep beside it.
  private func dragsKept(_ index: Int) -> Bool {
    sums.contains { sum in
      let others = sum.members.filter { $0 != index && cells[$0] > 0 }
      return sum.members.contains(index) && others.allSatisfy { !isHidden[$0] && keep.contains($0) }
    }
  }
}
