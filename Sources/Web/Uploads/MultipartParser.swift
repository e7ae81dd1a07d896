/// A streaming parser of `multipart/form-data` (RFC 7578, RFC 2046 section 5.1.1): a state machine
/// that is fed bytes in pieces of any size and gives out events. However the bytes are cut, the
/// events, joined, are the same.
struct MultipartParser {
  enum Event: Equatable {
    case partBegan(MultipartPartHead)
    /// Some bytes of the part; a part may have none or many of these.
    case data(ArraySlice<UInt8>)
    case partEnded
  }

  enum Failure: Error, Equatable {
    case malformed, truncated
    case preambleTooLong, headersTooLong, tooManyParts, bodyTooLong
  }

  private enum State {
    case preamble, afterDelimiter, headers, data, epilogue
  }

  /// What may stand between a boundary and its line end: spaces and tabs, rarely any.
  private static let paddingLimit = 64

  private let limits: UploadLimits
  /// `CRLF -- boundary`. The body is read as if a line end stood before it.
  private let delimiter: [UInt8]
  private var state = State.preamble
  private var pending: [UInt8] = [13, 10]
  private var received = 0
  private var parts = 0
  private var preambleSeen = 0
  /// How many bytes of the part's unfinished head are known to hold no blank line.
  private var searched = 0

  init(boundary: String, limits: UploadLimits) {
    self.limits = limits
    delimiter = Array("\r\n--\(boundary)".utf8)
  }

  /// Takes the next bytes: the events up to the first failure, and the failure, after which the
  /// parser is of no further use.
  mutating func feed(_ bytes: some Collection<UInt8>) -> (events: [Event], failure: Failure?) {
    let room = limits.totalBytes - received
    let isTooLong = bytes.count > room
    received += min(bytes.count, room)
    var events: [Event] = []
    if state != .epilogue { pending.append(contentsOf: bytes.prefix(room)) }
    do {
      var position = 0
      while try step(&position, &events) {}
      pending.removeFirst(position)
    } catch {
      return (events, error)
    }
    return (events, isTooLong ? .bodyTooLong : nil)
  }

  /// Says that no more bytes come.
  func finish() throws(Failure) {
    guard state == .epilogue else { throw .truncated }
  }

  /// Goes one state further; false when more bytes are needed.
  private mutating func step(_ position: inout Int, _ events: inout [Event]) throws(Failure) -> Bool
  {
    switch state {
    case .preamble: return try skipPreamble(&position)
    case .afterDelimiter: return try readDelimiterEnd(&position)
    case .headers: return try readHeaders(&position, &events)
    case .data: return readData(&position, &events)
    case .epilogue:
      position = pending.count
      return false
    }
  }

  private mutating func skipPreamble(_ position: inout Int) throws(Failure) -> Bool {
    let (found, safe) = findDelimiter(from: position)
    preambleSeen += (found ?? safe) - position
    guard preambleSeen <= limits.preambleBytes + 2 else { throw .preambleTooLong }
    guard let found else {
      position = safe
      return false
    }
    position = found + delimiter.count
    state = .afterDelimiter
    return true
  }

  private mutating func readDelimiterEnd(_ position: inout Int) throws(Failure) -> Bool {
    let rest = pending[position...]
    if rest.first == UInt8(ascii: "-") {
      guard rest.count >= 2 else { return false }
      guard rest[position + 1] == UInt8(ascii: "-") else { throw .malformed }
      state = .epilogue
      return true
    }
    let padding = rest.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
    guard padding <= Self.paddingLimit else { throw .malformed }
    let end = rest.dropFirst(padding)
    if let first = end.first, first != 13 { throw .malformed }
    guard end.count >= 2 else { return false }
    guard end[end.startIndex + 1] == 10 else { throw .malformed }
    // The line end stays: it may be the first half of the blank line that ends empty headers.
    position += padding
    state = .headers
    return true
  }

  private mutating func readHeaders(
    _ position: inout Int, _ events: inout [Event]
  ) throws(Failure) -> Bool {
    let window = pending[position...].prefix(limits.headerBytes + 4)
    guard let end = firstBlankLine(in: window.dropFirst(searched)) else {
      if window.count == limits.headerBytes + 4 { throw .headersTooLong }
      // Bytes may come one by one: each is looked at once, not once for each that follows.
      searched = max(0, window.count - 3)
      return false
    }
    searched = 0
    guard let head = MultipartPartHead(lines: pending[position..<end]) else { throw .malformed }
    parts += 1
    guard parts <= limits.parts else { throw .tooManyParts }
    events.append(.partBegan(head))
    position = end + 4
    state = .data
    return true
  }

  private mutating func readData(_ position: inout Int, _ events: inout [Event]) -> Bool {
    let (found, safe) = findDelimiter(from: position)
    let end = found ?? safe
    if end > position { events.append(.data(pending[position..<end])) }
    guard let found else {
      position = safe
      return false
    }
    events.append(.partEnded)
    position = found + delimiter.count
    state = .afterDelimiter
    return true
  }

  /// Where the next delimiter begins; if there is none, up to where there can be none.
  private func findDelimiter(from start: Int) -> (found: Int?, safe: Int) {
    pending.withUnsafeBufferPointer { bytes in
      var index = start
      while index < bytes.count {
        guard bytes[index] == 13 else {
          index += 1
          continue
        }
        let length = min(delimiter.count, bytes.count - index)
        var matched = 1
        while matched < length, bytes[index + matched] == delimiter[matched] { matched += 1 }
        if matched == delimiter.count { return (index, index) }
        if matched == bytes.count - index { return (nil, index) }
        index += 1
      }
      return (nil, bytes.count)
    }
  }

  /// Where `CRLF CRLF` begins.
  private func firstBlankLine(in bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return (bytes.startIndex...(bytes.endIndex - 4)).first {
      bytes[$0] == 13 && bytes[$0 + 1] == 10 && bytes[$0 + 2] == 13 && bytes[$0 + 3] == 10
    }
  }
}
