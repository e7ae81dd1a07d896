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
