import Glibc

/// The text of a file as UTF-8, in pieces, whatever it is written in.
final class TextBytes {
  private let file: FileBytes
  private let converter: iconv_t?
  private let raw: UnsafeMutableRawBufferPointer
  private var pending = 0
  private var isAtEnd = false

  init(file: FileBytes, format: TextFormat) throws(WorkbookError) {
    self.file = file
    try file.seek(to: format.start)
    if format.encoding == .utf8 {
      converter = nil
      raw = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    } else {
      let opened = iconv_open("UTF-8", format.encoding.iconvName)
      // iconv_open says (iconv_t)-1 when the C library lacks its tables.
      guard opened != iconv_t(bitPattern: -1) else { throw .unreadable }
      converter = opened
      raw = .allocate(byteCount: 1 << 16, alignment: 16)
    }
  }

  deinit {
    if let converter { iconv_close(converter) }
    raw.deallocate()
  }

  /// The next bytes; 0 only at the end. Pieces may end within a character.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(WorkbookError) -> Int {
    guard let converter else { return try file.read(into: buffer) }
    var filled = 0
    while filled == 0, !(isAtEnd && pending == 0) {
      if !isAtEnd {
        let room = UnsafeMutableRawBufferPointer(rebasing: raw[pending...])
        let count = try file.read(into: room)
        isAtEnd = count < room.count
        pending += count
      }
      filled = try convert(converter, into: buffer)
    }
    return filled
  }

  private func convert(
    _ converter: iconv_t, into buffer: UnsafeMutableRawBufferPointer
  ) throws(WorkbookError) -> Int {
    var input = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
    var output = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
    var inputLeft = pending
    var outputLeft = buffer.count
    if iconv(converter, &input, &inputLeft, &output, &outputLeft) == -1 {
      let isCut = errno == EINVAL && !isAtEnd
      guard errno == E2BIG || isCut else { throw .unknownEncoding }
    }
    // What did not fit, or lacks its last bytes, comes first next time.
    if inputLeft > 0, let input { raw.baseAddress!.copyMemory(from: input, byteCount: inputLeft) }
    pending = inputLeft
    return buffer.count - outputLeft
  }
}
