/// What the bytes of a whole text file say about its encoding and its length.
struct TextSurvey {
  private(set) var hasZero = false
  /// Line feeds outside of quotes: the records but for the last, in a file that keeps to RFC 4180.
  private(set) var records = 0
  private(set) var isUTF8 = true
  /// Where UTF-8 ends to be valid.
  private(set) var firstBadLine = 0
  private var lines = 0
  private var isQuoted = false
  private var utf8 = UTF8Check()

  init(file: FileBytes, from start: Int) throws(WorkbookError) {
    try file.seek(to: start)
    try file.forEachPiece {
      take($0)
      return !hasZero
    }
    if isUTF8, !utf8.isBetweenCharacters { noteBadLine() }
  }

  /// Text in another encoding does not hold so many well-formed characters before it fails.
  var looksLikeUTF8: Bool { utf8.longCharacters >= 8 }

  private mutating func take(_ bytes: UnsafeRawBufferPointer) {
    var position = 0
    while position < bytes.count {
      if utf8.isBetweenCharacters || !isUTF8 {
        let skipped = plainWords(bytes, from: position)
        if skipped > 0 {
          position += skipped
          continue
        }
        if isUTF8, utf8.takeThree(bytes, at: position) {
          position += 3
          continue
        }
      }
      take(bytes[position])
      position += 1
    }
  }

  /// Takes characters eight at a time as long as they are plain: no zero, no quote, and none above
  /// 0x7F. How many those are.
  @inline(__always)
  private mutating func plainWords(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var position = start
    while position + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let special = places(of: 0, in: word) | places(of: 0x2222_2222_2222_2222, in: word)
      guard word & 0x8080_8080_8080_8080 | special == 0 else { break }
      note(lineFeeds: places(of: 0x0A0A_0A0A_0A0A_0A0A, in: word).nonzeroBitCount)
      position += 8
    }
    return position - start
  }

  private mutating func take(_ byte: UInt8) {
    switch byte {
    case 0: hasZero = true
    case UInt8(ascii: "\n"): note(lineFeeds: 1)
    case UInt8(ascii: "\""): isQuoted.toggle()
    default: break
    }
    if isUTF8, !utf8.take(byte) { noteBadLine() }
  }

  private mutating func note(lineFeeds: Int) {
    if isUTF8 { lines += lineFeeds }
    if !isQuoted { records += lineFeeds }
  }

  private mutating func noteBadLine() {
    isUTF8 = false
    firstBadLine = lines + 1
  }
}

/// The highest bit of each of eight bytes that are equal. A byte one above an equal one may be marked
/// too when both stand together, which a line feed before a vertical tab hardly ever does.
@inline(__always)
private func places(of pattern: UInt64, in word: UInt64) -> UInt64 {
  let difference = word ^ pattern
  return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
}

/// Checks bytes for being UTF-8 (RFC 3629, section 4).
private struct UTF8Check {
  /// Well-formed characters of more than one byte.
  private(set) var longCharacters = 0
  private var missing = 0
  private var lower: UInt8 = 0x80
  private var upper: UInt8 = 0xBF

  var isBetweenCharacters: Bool { missing == 0 }

  /// Takes a whole character of three bytes, as most Chinese ones are; false when none begins here.
  @inline(__always)
  mutating func takeThree(_ bytes: UnsafeRawBufferPointer, at position: Int) -> Bool {
    guard position + 3 <= bytes.count, case 0xE1...0xEC = bytes[position],
      bytes[position + 1] & 0xC0 == 0x80, bytes[position + 2] & 0xC0 == 0x80
    else { return false }
    longCharacters += 1
    return true
  }

  /// False for a byte that cannot stand here.
  mutating func take(_ byte: UInt8) -> Bool {
    guard missing > 0 else { return begin(byte) }
    guard byte >= lower, byte <= upper else { return false }
    (lower, upper) = (0x80, 0xBF)
    missing -= 1
    if missing == 0 { longCharacters += 1 }
    return true
  }

  private mutating func begin(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x80: break
    case 0xC2...0xDF: missing = 1
    case 0xE0...0xEF:
      missing = 2
      if byte == 0xE0 { lower = 0xA0 }
      if byte == 0xED { upper = 0x9F }
    case 0xF0...0xF4:
      missing = 3
      if byte == 0xF0 { lower = 0x90 }
      if byte == 0xF4 { upper = 0x8F }
    default: return false
    }
    return true
  }
}
