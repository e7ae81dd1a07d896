import Glibc

/// Finds the merged cells of a worksheet. They stand behind the rows they belong to (ECMA-376 part 1,
/// 18.3.1.99), so the sheet is looked through before its rows are read: as bytes, which is several
/// times as fast, up to `<mergeCells`, and as XML from there to the element's end.
final class MergeSearch {
  private let reader: XMLReader<MergeList>
  private var state = State.before

  private enum State { case before, inside, behind }

  /// Kept of what has been looked at, as the element may begin there.
  private static let kept = 64
  private static let name = Array("mergeCells".utf8)

  init(sheet: String, limits: ReadLimits) {
    reader = XMLReader(MergeList(sheet: sheet, limits: limits))
  }

  /// Looks through a part to its end, where its checksum is compared.
  func ranges(of part: ZipPart) throws -> [MergedRange] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var filled = 0
    while true {
      let count = try part.read(into: .init(rebasing: buffer[filled...]))
      if count == 0 { return reader.handler.ranges }
      let fresh = UnsafeRawBufferPointer(rebasing: buffer[filled..<(filled + count)])
      let window = UnsafeRawBufferPointer(rebasing: buffer[..<(filled + count)])
      switch state {
      case .before: try look(at: window, isFirst: filled == 0)
      case .inside: try take(fresh)
      case .behind: break
      }
      let tail = window.suffix(Self.kept)
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: tail))
      filled = tail.count
    }
  }

  private func look(at window: UnsafeRawBufferPointer, isFirst: Bool) throws {
    // In UTF-16 the name has other bytes; then everything is read as XML.
    let isWide = isFirst && window.prefix(2).contains { $0 == 0 || $0 >= 0xFE }
    guard let start = isWide ? 0 : elementStart(in: window) else { return }
    state = .inside
    try take(UnsafeRawBufferPointer(rebasing: window[start...]))
  }

  /// Where the `<` of the element stands, whatever the name's prefix.
  private func elementStart(in window: UnsafeRawBufferPointer) -> Int? {
    // The letter of the name that the XML of rows has least of.
    let letter = 3
    var from = letter
    while from < window.count,
      let found = memchr(window.baseAddress! + from, Int32(Self.name[letter]), window.count - from)
    {
      from = window.baseAddress!.distance(to: UnsafeRawPointer(found)) + 1
      let name = from - 1 - letter
      guard window[name...].starts(with: Self.name) else { continue }
      var start = name - 1
      while start >= 0, isNameByte(window[start]) { start -= 1 }
      if start >= 0, window[start] == UInt8(ascii: "<") { return start }
    }
    return nil
  }

  private func take(_ bytes: UnsafeRawBufferPointer) throws {
    do {
      try reader.feed(bytes)
    } catch is MergeList.Ended {
      state = .behind
    }
  }
}

/// Takes one element and what is in it.
private struct MergeList: XMLHandler {
  /// Thrown at the element's end: what follows is not to be read.
  struct Ended: Error {}

  let sheet: String
  let limits: ReadLimits
  private(set) var ranges: [MergedRange] = []
  private var cells = 0
  private var depth = 0

  init(sheet: String, limits: ReadLimits) {
    self.sheet = sheet
    self.limits = limits
  }

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
    depth += 1
    guard name == "mergeCell", let reference = attributes["ref"],
      let range = MergedRange(reference: reference, columns: limits.columns)
    else { return }
    ranges.append(range)
    cells += (range.bottom - range.top + 1) * (range.right - range.left + 1)
    guard ranges.count <= limits.merges, cells <= limits.mergedCells else {
      throw WorkbookError.tooManyMerges(sheet: sheet)
    }
  }

  mutating func end(_ name: XMLName) throws {
    depth -= 1
    if depth == 0 { throw Ended() }
  }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "_"): true
  default: byte >= 0x80
  }
}
