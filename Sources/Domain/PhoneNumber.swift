/// What is wrong with a phone number. The text says what to do and never holds the number.
public enum PhoneNumberError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Something other than digits and signs between them.
  case character
  /// Begins like a mobile number but does not have 11 digits, but this many.
  case mobileLength(Int)
  /// A landline without its area code (区号), or no number of this country.
  case areaCode
  /// A landline with too few or too many digits.
  case landlineLength

  public var description: String {
    switch self {
    case .character: "电话号码只能填数字，请核对"
    case .mobileLength(let count): "手机号应为11位，现在是\(count)位，请核对"
    case .areaCode: "请填11位手机号，或者带区号的座机号，如0598-5322000"
    case .landlineLength: "座机号位数不对，请核对区号和号码"
    }
  }
}

/// A phone number of mainland China: a mobile (11 digits from 13 to 19) or a landline with its area
/// code. Source: 《电信网编号计划》. Full-width digits, spaces, hyphens, brackets and +86 are taken off.
public struct PhoneNumber: Hashable, Sendable {
  /// Digits alone. Personal data: show ``masked`` instead.
  public let text: String

  /// Reads what somebody typed or a register holds.
  public init(_ typed: String) throws(PhoneNumberError) {
    var plain = typed
    if plain.withUTF8(PhoneNumber.isPlainMobile) {
      text = plain
      return
    }
    var digits = compacted(typed).filter { $0 != "(" && $0 != ")" }
    for prefix in ["+86", "0086"] where digits.hasPrefix(prefix) {
      digits.removeFirst(prefix.count)
    }
    if digits.utf8.count == 13, digits.hasPrefix("861") { digits.removeFirst(2) }
    let bytes = Array(digits.utf8)
    guard !bytes.isEmpty, bytes.allSatisfy(isDigit) else { throw .character }
    switch (bytes[0], bytes.count > 1 ? bytes[1] : 0) {
    case (UInt8(ascii: "1"), UInt8(ascii: "3")...UInt8(ascii: "9")):
      guard bytes.count == 11 else { throw .mobileLength(bytes.count) }
    case (UInt8(ascii: "0"), UInt8(ascii: "1")...UInt8(ascii: "9")):
      guard (10...12).contains(bytes.count) else { throw .landlineLength }
    default:
      throw .areaCode
    }
    text = digits
  }

  /// Whether the bytes are a mobile number without anything else, as most are.
  private static func isPlainMobile(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count == 11 && bytes[0] == UInt8(ascii: "1") && bytes[1] >= UInt8(ascii: "3")
      && bytes.allSatisfy(isDigit)
  }

  public var isMobile: Bool { text.hasPrefix("1") }

  /// `138****5678`; a landline keeps its area code and the last two digits.
  public var masked: String { Masking.maskedPhone(text) }
}

extension PhoneNumber: CustomStringConvertible {
  /// The masked form, so that a log or an error never holds the number.
  public var description: String { masked }
}
