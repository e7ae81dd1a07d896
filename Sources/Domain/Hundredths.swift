/// A quantity kept to two decimals: money in 0.01 yuan, areas in 0.01 m².
///
/// Counted in whole hundredths, so that sums are exact. As text it is `12.34`, always with two
/// decimals.
public struct Hundredths: Hashable, Comparable, Sendable {
  /// How many hundredths: 1,234 for 12.34.
  public let count: Int

  public init(count: Int) { self.count = count }

  public static let zero = Hundredths(count: 0)

  /// Reads ASCII `12`, `12.3`, `12.34`, `-0.50`: at most 15 digits before the point and 2 after it.
  /// Zeros after the second decimal say nothing and are let pass; nil for anything else.
  public init?(_ text: String) {
    var bytes = text.utf8[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { bytes.removeFirst() }
    let point = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.endIndex
    guard bytes.distance(from: bytes.startIndex, to: point) <= 15,
      let whole = decimal(bytes[..<point]),
      let part = Hundredths.decimals(bytes[point...].dropFirst(), isThere: point < bytes.endIndex)
    else { return nil }
    count = (isNegative ? -1 : 1) * (whole * 100 + part)
  }

  private static func decimals(_ digits: Substring.UTF8View, isThere: Bool) -> Int? {
    guard isThere else { return 0 }
    guard !digits.isEmpty, digits.allSatisfy(isDigit),
      digits.dropFirst(2).allSatisfy({ $0 == UInt8(ascii: "0") }),
      let value = decimal(digits.prefix(2))
    else { return nil }
    return digits.count == 1 ? value * 10 : value
  }

  /// The quantity as a binary number, for cells and charts; not for sums.
  public var approximate: Double { Double(count) / 100 }

  public static func < (left: Hundredths, right: Hundredths) -> Bool { left.count < right.count }
  public static func + (left: Hundredths, right: Hundredths) -> Hundredths {
    Hundredths(count: left.count + right.count)
  }
  public static func - (left: Hundredths, right: Hundredths) -> Hundredths {
    Hundredths(count: left.count - right.count)
  }
}

extension Hundredths: LosslessStringConvertible {
  /// `12.34`.
  public var text: String {
    let (whole, part) = count.magnitude.quotientAndRemainder(dividingBy: 100)
    return "\(count < 0 ? "-" : "")\(whole).\(padded(Int(part), 2))"
  }

  public var description: String { text }
}

extension Hundredths {
  /// `2,310.00`.
  public var grouped: String {
    let parts = text.split(separator: ".", maxSplits: 1)
    var digits = String(parts[0].drop { $0 == "-" })
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    groups.insert(digits, at: 0)
    return (count < 0 ? "-" : "") + groups.joined(separator: ",") + "." + parts[1]
  }
}
