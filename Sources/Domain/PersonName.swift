/// What cannot be a person's name, whatever form or sheet it comes from.
public enum PersonName {
  /// What is wrong, with what to do; nil where it may be a name. A name has letters, and more of them than digits: what
  /// has none is a number from the column beside it.
  ///
  /// - Parameter name: in its normal form, see ``NormalForm/name(_:)``.
  public static func problem(_ name: String) -> String? {
    var (letters, digits) = (0, 0)
    for scalar in name.unicodeScalars {
      if ("0"..."9").contains(scalar) {
        digits += 1
      } else if scalar.properties.isAlphabetic {
        letters += 1
      }
    }
    guard letters > 0 else { return "姓名里没有文字，像是填错了列，请核对" }
    return digits < letters ? nil : "姓名里大半是数字，像是填错了列，请核对"
  }
}
