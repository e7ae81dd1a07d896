extension SuppressionTable {
  /// A small count that a reader could work out from what is shown; nil when there is none.
  func exposedCell() -> Int? {
    solvedCells().first(where: isSmall) ?? pinnedCell()
  }

  /// Hidden cells whose value follows from the sums as equations.
  ///
  /// Gaussian elimination over the hidden cells, modulo a large prime: a cell is solved when a reduced
  /// row has it alone.
  func solvedCells() -> [Int] {
    let hidden = isHidden.indices.filter { isHidden[$0] }
    let column = Dictionary(uniqueKeysWithValues: zip(hidden, 0...))
    var rows: [[Int: Int]] = []
    for sum in sums {
      var row: [Int: Int] = [:]
      for member in sum.members {
        guard let index = column[member] else { continue }
        row[index, default: 0] += member == sum.total ? Field.prime - 1 : 1
      }
      Field.reduceRow(&row, by: rows)
      guard let pivot = row.keys.min() else { continue }
      Field.scale(&row, pivot: pivot)
      for other in rows.indices where rows[other][pivot] != nil {
        Field.eliminate(pivot, from: &rows[other], with: row)
      }
      rows.append(row)
    }
    return rows.filter { $0.count == 1 }.compactMap(\.keys.first).map { hidden[$0] }
  }

  /// A small count whose bounds meet: a reader knows that "<n" is 1..<n, that what is withheld is not
  /// small, and narrows both by the sums until nothing moves.
  private func pinnedCell() -> Int? {
    let ceiling = cells.reduce(1) { max($0, $1) } * max(1, cells.count)
    var low = cells.indices.map { index in
      isHidden[index] ? (isSmall(index) ? 1 : limit) : cells[index]
    }
    var high = cells.indices.map { index in
      isHidden[index] ? (isSmall(index) ? limit - 1 : ceiling) : cells[index]
    }
    var changed = true
    while changed {
      changed = false
      for sum in sums where sum.members.contains(where: { isHidden[$0] }) {
        let lowest = sum.parts.reduce(0) { $0 + low[$1] }
        let highest = sum.parts.reduce(0) { $0 + high[$1] }
        var bounds = [(sum.total, lowest, highest)]
        for part in sum.parts {
          let others = (lowest - low[part], highest - high[part])
          bounds.append((part, low[sum.total] - others.1, high[sum.total] - others.0))
        }
        for (cell, least, most) in bounds where isHidden[cell] {
          if least > low[cell] { (low[cell], changed) = (least, true) }
          if most < high[cell] { (high[cell], changed) = (most, true) }
        }
      }
    }
    return cells.indices.first { isHidden[$0] && isSmall($0) && low[$0] == high[$0] }
  }
}

/// Sparse rows over the integers modulo 2³¹ − 1: column to coefficient, zeros left out.
private enum Field {
  static let prime = 2_147_483_647

  /// Takes off what earlier rows, each with 1 at its pivot, account for.
  static func reduceRow(_ row: inout [Int: Int], by rows: [[Int: Int]]) {
    row = row.mapValues { $0 % prime }.filter { $0.value != 0 }
    for other in rows {
      guard let pivot = other.keys.min(), row[pivot] != nil else { continue }
      eliminate(pivot, from: &row, with: other)
    }
  }

  /// Makes the coefficient at the pivot 1.
  static func scale(_ row: inout [Int: Int], pivot: Int) {
    guard let coefficient = row[pivot] else { return }
    let inverse = power(coefficient, prime - 2)
    row = row.mapValues { $0 * inverse % prime }
  }

  /// Subtracts a multiple of a row with 1 at the pivot, so that the pivot disappears.
  static func eliminate(_ pivot: Int, from row: inout [Int: Int], with other: [Int: Int]) {
    guard let factor = row[pivot] else { return }
    for (column, coefficient) in other {
      let value = (row[column, default: 0] + (prime - factor) * coefficient) % prime
      row[column] = value == 0 ? nil : value
    }
  }

  private static func power(_ base: Int, _ exponent: Int) -> Int {
    var (result, base, exponent) = (1, base, exponent)
    while exponent > 0 {
      if exponent & 1 == 1 { result = result * base % prime }
      base = base * base % prime
      exponent >>= 1
    }
    return result
  }
}
