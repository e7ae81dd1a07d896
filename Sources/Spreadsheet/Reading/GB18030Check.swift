/// Whether bytes have the shape of GB18030 characters: of one, two or four bytes.
struct GB18030Check {
  private(set) var isValid = true
  private var position = 0

  init(file: FileBytes, from start: Int) throws(WorkbookError) {
    try file.seek(to: start)
    try file.forEachPiece { piece in
      for byte in piece where isValid { take(byte) }
      return isValid
    }
    if position != 0 { isValid = false }
  }

  private mutating func take(_ byte: UInt8) {
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
