import CICU

/// The one form in which the names of people and places, and what people number rooms, buildings and contracts by, are
/// stored, searched and compared: whatever keyboard, PDF or old system a character came from, it is the same character.
///
/// Unicode's NFKC (UAX #15), which makes ⾦ 金, 樂 樂 and （ (, and beyond it: the simplified radicals that NFKC knows
/// nothing of (⻢ 马, UCD's EquivalentUnifiedIdeograph), the dots of long names as one dot (阿卜杜拉·买买提, GB/T 36344
/// and the household registers have U+00B7), no variation selectors and other marks that nobody sees, no blanks between
/// Han characters, one between others. The function `normal_name` of the database is the same; a test holds them
/// together.
public enum NormalForm {
  /// A person's or a place's name, or a number that somebody gave.
  public static func name(_ typed: String) -> String {
    var typed = typed
    // Nearly every name is nothing but characters that no rule changes.
    if typed.withUTF8(isPlain) { return typed }
    var scalars: [Unicode.Scalar] = []
    for scalar in compatible(typed).unicodeScalars
    where !isInvisible(scalar) {
      scalars.append(unified[scalar] ?? scalar)
    }
    return String(String.UnicodeScalarView(spaced(dotted(scalars))))
  }

  /// Text that is more than a name, such as an address: its characters, but its punctuation as it is.
  public static func words(_ typed: String) -> String {
    var typed = typed
    if typed.withUTF8(isPlain) { return typed }
    let scalars = typed.unicodeScalars
    guard scalars.contains(where: { isInvisible($0) || isCompatibilityHan($0) }) else {
      return typed
    }
    var result = String.UnicodeScalarView()
    for scalar in scalars where !isInvisible(scalar) {
      if isCompatibilityHan(scalar) {
        let plain = compatible(String(scalar)).unicodeScalars
        result.append(contentsOf: plain.map { unified[$0] ?? $0 })
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Han characters between which there are no blanks. Part of the rule, so not whatever Unicode adds one day.
  public static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFD: true
    default: false
    }
  }

  /// NFKC.
  private static func compatible(_ text: String) -> String {
    let units = Array(text.utf16)
    // No character becomes more than eighteen (UAX #15, section 14.4).
    var result = [UInt16](repeating: 0, count: units.count * 18)
    let count = icu_nfkc(units, Int32(units.count), &result, Int32(result.count))
    // ICU without its data: then the text stays as it is.
    return count < 0 ? text : String(decoding: result.prefix(Int(count)), as: UTF16.self)
  }

  /// Only digits, Latin letters, hyphens, and Han characters from U+4000 to U+9FFF.
  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var place = 0
    while place < bytes.count {
      switch bytes[place] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: place += 1
      case 0xE4...0xE9: place += 3
      default: return false
      }
    }
    return place == bytes.count
  }

  /// Variation selectors, joiners, marks of direction, byte-order marks, soft hyphens.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x180B...0x180D, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFE00...0xFE0F,
      0xFEFF, 0xE0100...0xE01EF:
      true
    default: false
    }
  }

  private static func isCompatibilityHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2E80...0x2FDF, 0xF900...0xFAFF, 0x2F800...0x2FA1F: true
    default: false
    }
  }

  /// Characters that stand for one other and that NFKC leaves as they are: dots and radicals.
  static let changed = (
    from: "•‧∙⋅・ᐧ⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
    to: "······民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙"
  )

  private static let unified = Dictionary(
    uniqueKeysWithValues: zip(changed.from.unicodeScalars, changed.to.unicodeScalars))

  private static let dot: Unicode.Scalar = "·"

  /// A full stop between Han characters is the dot of a name.
  private static func dotted(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result = scalars
    for place in scalars.indices.dropFirst().dropLast()
    where scalars[place] == "." && isHan(scalars[place - 1]) && isHan(scalars[place + 1]) {
      result[place] = dot
    }
    return result
  }

  /// No blanks at the ends, beside a dot or between Han characters; one for several elsewhere.
  private static func spaced(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var isAfterBlank = false
    for scalar in scalars {
      if scalar.properties.isWhitespace {
        isAfterBlank = true
        continue
      }
      if isAfterBlank, let last = result.last, last != dot, scalar != dot,
        !(isHan(last) && isHan(scalar))
      {
        result.append(" ")
      }
      isAfterBlank = false
      result.append(scalar)
    }
    return result
  }
}
