/// Cells that are shown as one; rows and columns are counted from 1 and from 0.
struct MergedRange: Hashable {
  let top: Int
  let bottom: Int
  let left: Int
  let right: Int

  /// Reads `B3:C9`; nil when it is none or lies past the last column.
  init?(reference: UnsafePointer<CChar>, columns: Int) {
    var next = UnsafeRawPointer(reference).assumingMemoryBound(to: UInt8.self)
    guard let first = CellReference(&next), next.pointee == UInt8(ascii: ":") else { return nil }
    next += 1
    guard let second = CellReference(&next), next.pointee == 0 else { return nil }
    top = min(first.row, second.row)
    bottom = max(first.row, second.row)
    left = min(first.column, second.column)
    right = min(max(first.column, second.column), columns - 1)
    guard left <= right, top > 0 else { return nil }
  }
}

/// `B3`: column 1, row 3. The row is 0 when only the column is given.
struct CellReference {
  let column: Int
  let row: Int

  /// Reads up to the first byte that does not belong to it; nil when it does not begin with a letter.
  init?(_ next: inout UnsafePointer<UInt8>) {
    var column = 0
    var row = 0
    while case let letter = next.pointee & 0xDF, letter >= 0x41, letter <= 0x5A, column < 1 << 20 {
      column = column * 26 + Int(letter) - 0x40
      next += 1
    }
    guard column > 0 else { return nil }
    while next.pointee >= 0x30, next.pointee <= 0x39, row < 1 << 30 {
      row = row * 10 + Int(next.pointee) - 0x30
      next += 1
    }
    self.column = column - 1
    self.row = row
  }
}

/// Puts the value of merged cells into all of them, row by row.
///
/// One value a column is kept, so that ranges that overlap, which no program writes, cost no more.
struct MergeFill {
  private let ranges: [MergedRange]
  private var next = 0
  private var columns: [(bottom: Int, value: Cell)] = []
  private var lastRow = 0

  init(_ ranges: [MergedRange]) { self.ranges = ranges.sorted { $0.top < $1.top } }

  /// Whether no row further down is touched.
  var isOver: Bool { next == ranges.count && lastRow == 0 }

  /// Rows come in ascending order; those without cells need not come.
  mutating func fill(row: Int, _ cells: inout [Cell]) {
    while next < ranges.count, ranges[next].top <= row {
      start(ranges[next], cells, at: row)
      next += 1
    }
    guard lastRow > 0 else { return }
    for (column, entry) in columns.enumerated() where entry.bottom >= row {
      while cells.count <= column { cells.append(.empty) }
      if cells[column] == .empty { cells[column] = entry.value }
    }
    while cells.last == .empty { cells.removeLast() }
    if row >= lastRow {
      lastRow = 0
      columns = []
    }
  }

  private mutating func start(_ range: MergedRange, _ cells: [Cell], at row: Int) {
    guard range.top == row, range.left < cells.count, cells[range.left] != .empty else { return }
    while columns.count <= range.right { columns.append((0, .empty)) }
    for column in range.left...range.right {
      columns[column] = (range.bottom, cells[range.left])
    }
    lastRow = max(lastRow, range.bottom)
  }
}
