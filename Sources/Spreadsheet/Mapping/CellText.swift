import Domain

/// White space and marks that nobody sees: spaces of every width, tabs, line breaks, byte-order marks.
func isBlank(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 9...13, 0x20, 0x85, 0xA0, 0xAD, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F, 0x2060,
    0x3000,
    0xFEFF:
    true
  default: false
  }
}

/// Without the blanks at both ends.
func trimmed(_ text: String) -> String {
  if TextFeatures(text).contains(.endsPlainly) { return text }
  let scalars = text.unicodeScalars
  guard let start = scalars.firstIndex(where: { !isBlank($0) }),
    let end = scalars.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(scalars[start...end])
}

/// What one look at the bytes of a text says, so that the many plain ones are not worked on.
struct TextFeatures: OptionSet {
  let rawValue: UInt8
  /// Begins and ends with a character that is surely no blank.
  static let endsPlainly = TextFeatures(rawValue: 1)
  /// Has ASCII control characters.
  static let controls = TextFeatures(rawValue: 2)
  /// May have full-width signs or ideographic spaces.
  static let fullWidth = TextFeatures(rawValue: 4)
  /// May have blanks.
  static let blanks = TextFeatures(rawValue: 8)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ text: String) {
    var text = text
    self = text.withUTF8 { TextFeatures($0) }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var features: TextFeatures = []
    for byte in bytes {
      if byte <= 0x20 || byte == 0x7F {
        features.formUnion(byte == 0x20 ? .blanks : [.blanks, .controls])
      } else if byte >= 0xC2 {
        // Every blank beyond ASCII begins with one of these bytes.
        if byte == 0xE3 || byte == 0xEF { features.formUnion([.fullWidth, .blanks]) }
        if byte == 0xC2 || byte == 0xE1 || byte == 0xE2 { features.formUnion(.blanks) }
      }
    }
    if !bytes.isEmpty, TextFeatures.isPlain(first: bytes[0]), TextFeatures.isPlain(lastOf: bytes) {
      features.formUnion(.endsPlainly)
    }
    self = features
  }

  private static func isPlain(first byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F || byte > 0xE3 && byte != 0xEF
  }

  /// ASCII, or a character of three bytes from U+4000 up, where the Han characters are.
  private static func isPlain(lastOf bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let last = bytes[bytes.count - 1]
    if last < 0x80 { return last > 0x20 && last != 0x7F }
    guard bytes.count >= 3 else { return false }
    return (0xE4...0xE9).contains(bytes[bytes.count - 3])
  }
}

extension Cell {
  /// Whether there is nothing to read in the cell.
  public var isBlank: Bool {
    switch self {
    case .empty: true
    case .text(let text): isBlankText(text)
    default: false
    }
  }

  /// The cell as text, as somebody reads it in the sheet: trimmed, whole numbers without a point.
  public var plainText: String {
    switch self {
    case .empty: ""
    case .text(let text): trimmed(text)
    case .number(let number): plainNumber(number)
    case .longNumber(let text), .failure(let text): text
    case .day(let day): day.iso
    case .partialDay(let day, let hidden): partialText(day, hidden)
    case .moment(let day, let seconds): "\(day.iso) \(timeText(seconds))"
    case .formatted(let number, let shown): shown ?? plainNumber(number)
    case .bool(let value): value ? "TRUE" : "FALSE"
    }
  }
}

private func partialText(_ day: Day, _ hidden: HiddenPart) -> String {
  let (year, month, date) = day.components
  return switch hidden {
  case .day: "\(year)年\(month)月"
  case .year: "\(month)月\(date)日"
  case .all: day.iso
  }
}

private func timeText(_ seconds: Int) -> String {
  [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
}

private func isBlankText(_ text: String) -> Bool {
  for scalar in text.unicodeScalars where !isBlank(scalar) { return false }
  return true
}

/// `3` for 3.0, `2.5` for 2.5.
func plainNumber(_ number: Double) -> String {
  if let whole = Int(exactly: number), whole.magnitude < 1_000_000_000_000_000 {
    return String(whole)
  }
  return number.description
}
