/// Personal data as lists and logs show it: enough to tell rows apart, too little to find a person.
public enum Masking {
  /// The first and the last character stay: `张*丰`, `欧**锋`; of two the first: `张*`; of one none.
  public static func maskedName(_ name: String) -> String {
    switch name.count {
    case 0: ""
    case 1: "*"
    case 2: String(name.prefix(1)) + "*"
    default:
      String(name.prefix(1)) + String(repeating: "*", count: name.count - 2)
        + String(name.suffix(1))
    }
  }

  /// `350423********1234`. Anything that has not 18 characters becomes stars alone.
  public static func maskedResidentID(_ text: String) -> String {
    guard text.count == 18 else { return String(repeating: "*", count: text.count) }
    return text.prefix(6) + "********" + text.suffix(4)
  }

  /// A text in which every ID number is masked, as in a reason that somebody typed; the rest stays as it is.
  /// Found are 18 characters with a day of birth in their place, whether their check character is right or not,
  /// and 15 digits of the old form, between others than letters and digits; full-width ones included.
  public static func withoutResidentIDs(_ text: String) -> String {
    // Hardly any text has fifteen digits: looked at before anything is copied.
    guard text.unicodeScalars.count(where: isDigitOrWide) >= 15 else { return text }
    var result = ""
    var word: [Unicode.Scalar] = []
    func flush() {
      let run = String(String.UnicodeScalarView(word))
      word.removeAll(keepingCapacity: true)
      result.append(maskedIfResidentID(run))
    }
    for scalar in text.unicodeScalars {
      if isDigitOrWide(scalar) || isX(scalar) || scalar.isASCII && scalar.properties.isAlphabetic {
        word.append(scalar)
      } else {
        flush()
        result.unicodeScalars.append(scalar)
      }
    }
    flush()
    return result
  }

  private static func maskedIfResidentID(_ run: String) -> String {
    let plain = halfWidth(run).uppercased()
    if let id = try? ResidentID(plain) { return id.masked }
    let bytes = Array(plain.utf8)
    guard bytes.count == 18, bytes[..<17].allSatisfy(isDigit), bytes[0] != UInt8(ascii: "0"),
      isDigit(bytes[17]) || bytes[17] == UInt8(ascii: "X"),
      let century = decimal(bytes[6..<8]), (19...20).contains(century),
      let month = decimal(bytes[10..<12]), (1...12).contains(month),
      let day = decimal(bytes[12..<14]), (1...31).contains(day)
    else { return run }
    return maskedResidentID(plain)
  }

  private static func isDigitOrWide(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || ("\u{FF10}"..."\u{FF19}").contains(scalar)
  }

  private static func isX(_ scalar: Unicode.Scalar) -> Bool {
    ["X", "x", "\u{FF38}", "\u{FF58}"].contains(scalar)
  }

  /// `138****5678` for a mobile, `0598*****00` for a landline with its area code; anything else
  /// becomes stars alone.
  public static func maskedPhone(_ text: String) -> String {
    let count = text.count
    if count == 11, text.hasPrefix("1") { return text.prefix(3) + "****" + text.suffix(4) }
    guard text.hasPrefix("0"), (10...12).contains(count) else {
      return String(repeating: "*", count: count)
    }
    let areaDigits = text.hasPrefix("01") || text.hasPrefix("02") ? 3 : 4
    return text.prefix(areaDigits) + String(repeating: "*", count: count - areaDigits - 2)
      + text.suffix(2)
  }
}
