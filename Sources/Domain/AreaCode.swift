/// The level of an area, from the length of its code.
public enum AreaLevel: String, CaseIterable, Codable, Hashable, Sendable {
  case province, city, county, township

  /// The digits in a code of this level.
  public var digits: Int {
    switch self {
    case .province: 2
    case .city: 4
    case .county: 6
    case .township: 9
    }
  }

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .province: "省"
    case .city: "市"
    case .county: "县"
    case .township: "乡镇"
    }
  }
}

/// An administrative area: `35` province, `3504` city, `350423` county, `350423100` township.
///
/// Source: GB/T 2260 for the first six digits, GB/T 10114 for the three of a township. The code is
/// written without the zeros that pad a higher level to six digits, so that "lies in" is "starts with".
public struct AreaCode: RawRepresentable, LosslessStringConvertible, Hashable, Comparable, Codable,
  Sendable
{
  /// 2, 4, 6 or 9 ASCII digits.
  public let rawValue: String

  /// Nil unless the text is 2, 4, 6 or 9 ASCII digits and no level's part is all zeros.
  public init?(rawValue: String) {
    var text = rawValue
    guard text.withUTF8(AreaCode.isCode) else { return nil }
    self.rawValue = rawValue
  }

  /// Looks at the bytes once: an import reads a code for every person.
  private static func isCode(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
    let count = digits.count
    guard count == 2 || count == 4 || count == 6 || count == 9, digits.allSatisfy(isDigit),
      digits[0] != UInt8(ascii: "0")
    else { return false }
    func hasPart(_ start: Int, _ end: Int) -> Bool {
      digits[start..<end].contains { $0 != UInt8(ascii: "0") }
    }
    return (count < 4 || hasPart(2, 4)) && (count < 6 || hasPart(4, 6))
      && (count < 9 || hasPart(6, 9))
  }

  public init?(_ description: String) { self.init(rawValue: description) }

  public var description: String { rawValue }

  public var level: AreaLevel {
    switch rawValue.utf8.count {
    case 2: .province
    case 4: .city
    case 6: .county
    default: .township
    }
  }

  /// Whether the other area is this one or lies in it.
  public func contains(_ other: AreaCode) -> Bool { other.rawValue.hasPrefix(rawValue) }

  /// The area one level up; nil for a province.
  public var parent: AreaCode? {
    switch level {
    case .province: nil
    case .city: prefix(2)
    case .county: prefix(4)
    case .township: prefix(6)
    }
  }

  /// The county that the area is or lies in; nil for a city or a province.
  public var county: AreaCode? { rawValue.utf8.count < 6 ? nil : prefix(6) }

  private func prefix(_ digits: Int) -> AreaCode? {
    AreaCode(rawValue: String(rawValue.prefix(digits)))
  }

  public static func < (left: AreaCode, right: AreaCode) -> Bool { left.rawValue < right.rawValue }
}
