/// The texts that cells of all sheets share (ECMA-376 part 1, 18.4), kept as one run of bytes: at
/// most as large as their part, however many there are.
struct SharedStrings: XMLHandler {
  private let limits: ReadLimits
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []
  private var collector = TextCollector()

  /// - Parameter size: of the part, for which room is put aside: growing would copy all there is.
  init(limits: ReadLimits, size: Int) {
    self.limits = limits
    bytes.reserveCapacity(size)
  }

  /// Nil when there is no such text.
  subscript(index: Int) -> Cell? {
    guard ends.indices.contains(index) else { return nil }
    let start = index == 0 ? 0 : Int(ends[index - 1])
    let end = Int(ends[index])
    if start == end { return .empty }
    return bytes.withUnsafeBufferPointer {
      .text(String(decoding: UnsafeBufferPointer(rebasing: $0[start..<end]), as: UTF8.self))
    }
  }

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) { collector.start(name) }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) throws {
    guard collector.isCollecting else { return }
    bytes.append(contentsOf: text)
    guard bytes.count - Int(ends.last ?? 0) <= limits.cellBytes else {
      throw WorkbookError.textTooLong(limit: limits.cellCharacters)
    }
  }

  mutating func end(_ name: XMLName) throws {
    collector.end(name)
    guard name == "si" else { return }
    let start = Int(ends.last ?? 0)
    decodeEscapes(&bytes, from: start)
    guard isShortEnough(bytes[start...], limits.cellCharacters) else {
      throw WorkbookError.textTooLong(limit: limits.cellCharacters)
    }
    ends.append(UInt32(bytes.count))
  }
}

/// Knows when text belongs to a cell: that of `t`, not of phonetic runs (18.4.6).
struct TextCollector {
  private(set) var isCollecting = false
  private var phonetic = 0

  mutating func start(_ name: XMLName) {
    if name == "t" {
      isCollecting = phonetic == 0
    } else if name == "rPh" {
      phonetic += 1
    }
  }

  mutating func end(_ name: XMLName) {
    if name == "t" {
      isCollecting = false
    } else if name == "rPh" {
      phonetic -= 1
    }
  }
}

func isShortEnough(_ bytes: some Collection<UInt8>, _ characters: Int) -> Bool {
  bytes.count <= characters || String(decoding: bytes, as: UTF8.self).utf16.count <= characters
}

/// Puts the characters back that XML cannot hold: `_x000D_` (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
func decodeEscapes(_ bytes: inout [UInt8], from start: Int) {
  guard bytes.count - start >= 7, bytes[start...].contains(0x5F) else { return }
  var read = start
  var write = start
  while read < bytes.count {
    if let scalar = escapedScalar(bytes, at: read) {
      for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        bytes[write] = unit
        write += 1
      }
      read += 7
    } else {
      bytes[write] = bytes[read]
      write += 1
      read += 1
    }
  }
  bytes.removeLast(bytes.count - write)
}

private func escapedScalar(_ bytes: [UInt8], at start: Int) -> Unicode.Scalar? {
  guard bytes[start] == 0x5F, start + 6 < bytes.count, bytes[start + 1] == 0x78,
    bytes[start + 6] == 0x5F
  else { return nil }
  var value: UInt32 = 0
  for byte in bytes[(start + 2)..<(start + 6)] {
    guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
    value = value << 4 | UInt32(digit)
  }
  // Halves of surrogate pairs stay as they are written, and so does what ends a C string.
  return value == 0 ? nil : Unicode.Scalar(value)
}
