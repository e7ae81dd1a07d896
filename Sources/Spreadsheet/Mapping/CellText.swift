import Domain

/// White space and marks that nobody sees: spaces of every width, tabs, line breaks, byte-order marks.
func isBlank(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0...0x20, 0x7F...0xA0, 0xAD, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F, 0x2060,
    0x3000,
    0xFEFF:
    true
  default: false
  }
}

/// Without the blanks at both ends.
func trimmed(_ text: String) -> String {
  let scalars = text.unicodeScalars
  guard let first = scalars.first, let last = scalars.last else { return text }
  guard isBlank(first) || isBlank(last) else { return text }
  guard let start = scalars.firstIndex(where: { !isBlank($0) }),
    let end = scalars.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(scalars[start...end])
}

extension Cell {
  /// Whether there is nothing to read in the cell.
  public var isBlank: Bool {
    switch self {
    case .empty: true
    case .text(let text): text.unicodeScalars.allSatisfy(Spreadsheet.isBlank)
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
    case .bool(let value): value ? "TRUE" : "FALSE"
    }
  }
}

/// `3` for 3.0, `2.5` for 2.5.
func plainNumber(_ number: Double) -> String {
  if let whole = Int(exactly: number), whole.magnitude < 1_000_000_000_000_000 {
    return String(whole)
  }
  return number.description
}
