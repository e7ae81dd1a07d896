/// What is wrong with a follow-up code as typed.
public enum FollowUpCodeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Not 20 digits, but this many.
  case length(Int)
  /// Something that is neither a digit nor a sign between groups.
  case character
  /// 20 digits, but at least one of them is mistyped.
  case typo

  public var description: String {
    switch self {
    case .length(let count): "查询码应为20位数字，现在是\(count)位，请对照回执核对"
    case .character: "查询码只有数字，请对照回执核对"
    case .typo: "查询码有一位输错了，请对照回执逐组核对"
    }
  }
}

/// The code with which a citizen follows a complaint: 19 random digits and a check digit, shown once.
///
/// 10¹⁹ codes (63 bits) cannot be guessed through a rate-limited form. The check digit is Luhn's
/// (ISO/IEC 7812-1, annex B): it catches every mistyped digit and nearly every swap of neighbours.
public struct FollowUpCode: Hashable, Sendable {
  /// 20 digits. Secret: only a hash of it is kept.
  public let digits: String

  /// Nil unless there are at least 16 bytes, which must be uniformly random; the first 16 count.
  public init?(entropy: [UInt8]) {
    guard entropy.count >= 16 else { return nil }
    let number = entropy.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    let payload = padded(String(UInt64(number % 10_000_000_000_000_000_000)), to: 19)
    digits = payload + String(FollowUpCode.checkDigit(payload.utf8))
  }

  /// Reads a code as typed: spaces, hyphens and full-width digits do not matter.
  public init(typed: String) throws(FollowUpCodeError) {
    let text = compacted(typed)
    guard text.utf8.allSatisfy(isDigit) else { throw .character }
    guard text.utf8.count == 20 else { throw .length(text.utf8.count) }
    let check = FollowUpCode.checkDigit(text.utf8.dropLast())
    guard text.utf8.last == UInt8(ascii: "0") + UInt8(check) else { throw .typo }
    digits = text
  }

  /// `1234 5678 9012 3456 7890`.
  public var grouped: String {
    let all = Array(digits)
    return stride(from: 0, to: all.count, by: 4).map { String(all[$0..<min($0 + 4, all.count)]) }
      .joined(separator: " ")
  }

  /// Luhn: every second digit from the right counts double, its digits added.
  private static func checkDigit(_ payload: some BidirectionalCollection<UInt8>) -> Int {
    var sum = 0
    for (place, byte) in payload.reversed().enumerated() {
      let digit = Int(byte - UInt8(ascii: "0"))
      sum += place % 2 == 0 ? digit * 2 % 10 + digit * 2 / 10 : digit
    }
    return (10 - sum % 10) % 10
  }
}
