/// What is wrong with a resident ID number. The text says what to do and never holds the number.
public enum ResidentIDError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Neither 18 nor 15 characters, but this many.
  case length(Int)
  /// Something other than a digit at this place (from 1); X is allowed at the 18th.
  case character(position: Int)
  /// The first six digits cannot be an area.
  case area
  /// The birth day inside it does not exist, or lies before 1900.
  case birth
  /// The last character does not fit the seventeen before it.
  case checkCharacter
  /// A made-up number was asked for with a part that does not fit.
  case parts

  public var description: String {
    switch self {
    case .length(let count): "身份证号应为18位（旧证15位），现在是\(count)位，请核对"
    case .character(let position): "身份证号第\(position)位不是数字，请核对（只有最后一位可以是X）"
    case .area: "身份证号前6位不是地区代码，请核对"
    case .birth: "身份证号第7至14位不是有效的出生日期，请核对"
    case .checkCharacter: "身份证号最后一位不对，请核对"
    case .parts: "编造身份证号需要6位地区代码、1900年至9999年的出生日期和0至999的顺序号"
    }
  }
}

/// A resident ID number (居民身份证号码): area, birth day, sequence, check character.
///
/// Source: GB 11643-1999. Old data holds the 15-digit form, lower-case or full-width x, spaces and
/// full-width digits; these are brought to the 18-character form rather than refused.
public struct ResidentID: Hashable, Sendable {
  /// 17 digits and a digit or `X`. Personal data: show ``masked`` instead.
  public let text: String

  /// Reads what somebody typed or a register holds.
  public init(_ typed: String) throws(ResidentIDError) {
    var plain = typed
    // Most numbers are written as they should be: looked at where they stand, and kept.
    if let found = plain.withUTF8(ResidentID.readCanonical) {
      self.init(text: plain, birthDay: try found.get())
      return
    }
    let scalars = Array(compacted(typed).uppercased().unicodeScalars)
    guard scalars.count == 18 || scalars.count == 15 else { throw .length(scalars.count) }
    var bytes: [UInt8] = []
    for scalar in scalars {
      let isFinalX = scalar == "X" && bytes.count == 17
      guard scalar.isASCII, isFinalX || isDigit(UInt8(scalar.value)) else {
        throw .character(position: bytes.count + 1)
      }
      bytes.append(UInt8(scalar.value))
    }
    if bytes.count == 15 {
      bytes.insert(contentsOf: "19".utf8, at: 6)
      bytes.append(ResidentID.checkCharacter(bytes))
    }
    try self.init(canonical: bytes)
  }

  /// A formally valid number of a person who does not exist, for the demo county and for tests.
  ///
  /// - Parameters:
  ///   - areaPrefix: six digits, the area of first registration
  ///   - sequence: 0...999; odd for men, even for women
  public static func madeUp(
    areaPrefix: String, birth: Day, sequence: Int
  ) throws(ResidentIDError) -> ResidentID {
    let area = Array(areaPrefix.utf8)
    let (year, month, day) = birth.components
    guard area.count == 6, area.allSatisfy(isDigit), (0...999).contains(sequence),
      (1900...9999).contains(year)
    else { throw .parts }
    let number = (year * 10_000 + month * 100 + day) * 1_000 + sequence
    var bytes = area
    var unit = 10_000_000_000
    while unit > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / unit % 10))
      unit /= 10
    }
    bytes.append(checkCharacter(bytes))
    return try ResidentID(canonical: bytes)
  }

  private init(canonical bytes: [UInt8]) throws(ResidentIDError) {
    let birth = try bytes.withUnsafeBufferPointer(ResidentID.check).get()
    self.init(text: String(decoding: bytes, as: UTF8.self), birthDay: birth)
  }

  private init(text: String, birthDay: Day) {
    self.text = text
    self.birthDay = birthDay
  }

  /// The day of birth that the number says.
  public let birthDay: Day

  /// The first six digits: the area where the number was given, which is not where the person lives.
  public var areaPrefix: String { String(text.prefix(6)) }

  /// `350423********1234`.
  public var masked: String { Masking.maskedResidentID(text) }

  /// Checks 17 digits and a digit or `X`; nil when the bytes are anything else.
  private static func readCanonical(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Result<Day, ResidentIDError>? {
    guard bytes.count == 18, bytes[..<17].allSatisfy(isDigit),
      isDigit(bytes[17]) || bytes[17] == UInt8(ascii: "X")
    else { return nil }
    return check(bytes)
  }

  /// The day of birth of 18 characters of the right kind, where they are a number.
  private static func check(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Result<Day, ResidentIDError> {
    guard bytes[0] != UInt8(ascii: "0") else { return .failure(.area) }
    guard let year = decimal(bytes[6..<10]), let month = decimal(bytes[10..<12]),
      let day = decimal(bytes[12..<14]), year >= 1900,
      let birth = Day(year: year, month: month, day: day)
    else { return .failure(.birth) }
    guard bytes[17] == checkCharacter(bytes[..<17]) else { return .failure(.checkCharacter) }
    return .success(birth)
  }

  /// ISO 7064 MOD 11-2 over 17 digits.
  private static func checkCharacter(_ digits: some Sequence<UInt8>) -> UInt8 {
    // Doubling the remainder at each digit gives the standard's weights 7 9 10 5 8 4 2 1 6 3 …
    let remainder = digits.reduce(0) { ($0 + Int($1 - UInt8(ascii: "0"))) * 2 % 11 }
    let check = (12 - remainder) % 11
    return check == 10 ? UInt8(ascii: "X") : UInt8(ascii: "0") + UInt8(check)
  }
}

extension ResidentID: CustomStringConvertible {
  /// The masked form, so that a log or an error never holds the number.
  public var description: String { masked }
}
