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
    let digits = Array(rawValue.utf8)
    guard AreaLevel.allCases.contains(where: { $0.digits == digits.count }),
      digits.allSatisfy(isDigit), digits.first != UInt8(ascii: "0")
    else { return nil }
    var start = 0
    for level in AreaLevel.allCases where level.digits <= digits.count {
      let part = digits[start..<level.digits]
      guard part.contains(where: { $0 != UInt8(ascii: "0") }) else { return nil }
      start = level.digits
    }
    self.rawValue = rawValue
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
