/// What the bytes of a whole text file say about its encoding and its length.
struct TextSurvey {
  private(set) var hasZero = false
  /// Line feeds outside of quotes: the records but for the last, in a file that keeps to RFC 4180.
  private(set) var records = 0
  private var isQuoted = false
  private var utf8 = UTF8Check()
  private var gb18030 = GB18030Check()
  private var lines = 0
  private(set) var firstBadLine = 0

  init(file: FileBytes, from start: Int) throws(WorkbookError) {
    try file.seek(to: start)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try file.read(into: buffer)
      if count == 0 { break }
      take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      if hasZero { return }
    }
    if !utf8.isComplete { noteBadLine() }
  }

  var isUTF8: Bool { utf8.isValid && utf8.isComplete }
  /// Text in another encoding does not hold so many well-formed characters before it fails.
  var looksLikeUTF8: Bool { utf8.longCharacters >= 8 }
  var isGB18030: Bool { gb18030.isValid && gb18030.isComplete }

  private mutating func take(_ bytes: UnsafeRawBufferPointer) {
    var position = 0
    while position < bytes.count {
      // Eight characters at a time that are plain: no zero, no quote, and none above 0x7F.
      if utf8.isBetweenCharacters, gb18030.isBetweenCharacters, position + 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        let special = places(of: 0, in: word) | places(of: 0x2222_2222_2222_2222, in: word)
        if word & 0x8080_8080_8080_8080 | special == 0 {
          note(lineFeeds: places(of: 0x0A0A_0A0A_0A0A_0A0A, in: word).nonzeroBitCount)
          position += 8
          continue
        }
      }
      take(bytes[position])
      position += 1
    }
  }

  private mutating func take(_ byte: UInt8) {
    switch byte {
    case 0: hasZero = true
    case UInt8(ascii: "\n"): note(lineFeeds: 1)
    case UInt8(ascii: "\""): isQuoted.toggle()
    default: break
    }
    if utf8.isValid {
      utf8.take(byte)
      if !utf8.isValid { noteBadLine() }
    }
    gb18030.take(byte)
  }

  private mutating func note(lineFeeds: Int) {
    if utf8.isValid { lines += lineFeeds }
    if !isQuoted { records += lineFeeds }
  }

  private mutating func noteBadLine() {
    if firstBadLine == 0 { firstBadLine = lines + 1 }
  }
}

/// The highest bit of each of eight bytes that are equal. A byte one above an equal one may be marked
/// too when both stand together, which a line feed before a vertical tab hardly ever does.
private func places(of pattern: UInt64, in word: UInt64) -> UInt64 {
  let difference = word ^ pattern
  return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
}

/// Checks bytes for being UTF-8 (RFC 3629, section 4).
private struct UTF8Check {
  private(set) var isValid = true
  /// Well-formed characters of more than one byte.
  private(set) var longCharacters = 0
  private var missing = 0
  private var lower: UInt8 = 0x80
  private var upper: UInt8 = 0xBF

  var isBetweenCharacters: Bool { missing == 0 || !isValid }
  var isComplete: Bool { missing == 0 }

  mutating func take(_ byte: UInt8) {
    guard missing > 0 else { return begin(byte) }
    guard byte >= lower, byte <= upper else {
      isValid = false
      return
    }
    (lower, upper) = (0x80, 0xBF)
    missing -= 1
    if missing == 0 { longCharacters += 1 }
  }

  private mutating func begin(_ byte: UInt8) {
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
    default: isValid = false
    }
  }
}

/// Checks bytes for having the shape of GB18030 characters: of one, two or four bytes.
private struct GB18030Check {
  private(set) var isValid = true
  private var position = 0

  var isBetweenCharacters: Bool { position == 0 || !isValid }
  var isComplete: Bool { position == 0 }

  mutating func take(_ byte: UInt8) {
    guard isValid else { return }
    switch (position, byte) {
    case (0, 0..<0x80): break
    case (0, 0x81...0xFE): position = 1
    case (1, 0x30...0x39): position = 2
    case (1, 0x40...0x7E), (1, 0x80...0xFE): position = 0
    case (2, 0x81...0xFE): position = 3
    case (3, 0x30...0x39): position = 0
    default: isValid = false
    }
  }
}
