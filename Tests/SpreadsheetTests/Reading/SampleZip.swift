/// Makes ZIP files byte by byte (APPNOTE 4.3), so that tests can make bad ones.
struct SampleZip {
  struct Part {
    var name: String
    var content: [UInt8]
    /// What the directory says instead of the truth.
    var statedSize: Int?
    var flags: UInt16 = 0
  }

  var parts: [Part] = []
  /// What the directory's end says instead of the truth.
  var statedCount: Int?
  /// What the larger form of the directory's end says, where there is one.
  var largeCount: Int?

  subscript(name: String) -> [UInt8]? {
    get { parts.first { $0.name == name }?.content }
    set {
      parts.removeAll { $0.name == name }
      if let newValue { parts.append(Part(name: name, content: newValue)) }
    }
  }

  /// The file, its parts stored without packing.
  var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let offset = file.count
      let fields = shared(part)
      file += little(0x0403_4B50, 4) + fields + Array(part.name.utf8) + part.content
      directory += little(0x0201_4B50, 4) + little(20, 2) + fields + little(0, 10)
      directory += little(offset, 4) + Array(part.name.utf8)
    }
    let size = directory.count
    if let largeCount { directoryEnd(largeCount, at: file.count, &directory) }
    let count = little(statedCount ?? parts.count, 2)
    return file + directory + little(0x0605_4B50, 4) + little(0, 4) + count + count
      + little(size, 4) + little(file.count, 4) + little(0, 2)
  }

  /// The larger form, and where it stands (4.3.14 and 4.3.15).
  private func directoryEnd(_ count: Int, at offset: Int, _ directory: inout [UInt8]) {
    let size = directory.count
    let counts = little(count, 8) + little(count, 8) + little(size, 8) + little(offset, 8)
    directory += little(0x0606_4B50, 4) + little(44, 8) + little(45, 2) + little(45, 2)
    directory += little(0, 8) + counts
    directory += little(0x0706_4B50, 4) + little(0, 4) + little(offset + size, 8) + little(1, 4)
  }

  /// From the version needed to the length of the extra field: the same in both places.
  private func shared(_ part: Part) -> [UInt8] {
    little(20, 2) + little(Int(part.flags), 2) + little(0, 2) + little(0, 4)
      + little(Int(checksum(part.content)), 4) + little(part.content.count, 4)
      + little(part.statedSize ?? part.content.count, 4) + little(part.name.utf8.count, 2)
      + little(0, 2)
  }
}

private func little(_ value: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> ($0 * 8)) : 0 }
}

/// CRC-32 as ZIP has it.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(UInt32.max) { sum, byte in
    (sum >> 8) ^ checksumTable[Int((sum ^ UInt32(byte)) & 0xFF)]
  }
}

private let checksumTable: [UInt32] = (0..<256).map { (index: UInt32) in
  (0..<8).reduce(index) { value, _ in value & 1 == 0 ? value >> 1 : (value >> 1) ^ 0xEDB8_8320 }
}
