/// The number of a row, with a type of its own for each table so that no two kinds can be mixed up.
///
/// As text (in addresses) only the canonical positive decimal is accepted: no sign, no leading zero,
/// no spaces, at most `Int64.max`. JSON holds the bare number.
public protocol RecordID: RawRepresentable, LosslessStringConvertible, Hashable, Codable,
  Comparable, Sendable
where RawValue == Int64 {
  init(rawValue: Int64)
}

extension RecordID {
  /// Reads `"123"`; nil for anything that is not a canonical positive decimal.
  public init?(_ description: String) {
    let digits = description.utf8
    guard let first = digits.first, (1...19).contains(digits.count), first != UInt8(ascii: "0"),
      digits.allSatisfy(isDigit), let value = Int64(description)
    else { return nil }
    self.init(rawValue: value)
  }

  public var description: String { String(rawValue) }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Whether a byte is an ASCII digit.
func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
