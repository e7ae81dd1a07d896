/// What a number format shows besides the number's own digits: zeros in front, words around it.
struct NumberShape: Hashable, Sendable {
  private var prefix = ""
  private var suffix = ""
  /// How many digits are shown at least.
  private var digits = 0
  /// Whether it shows a percentage, thousands of the number, an exponent, or signs between the digits: what that comes
  /// to is not reckoned here.
  private(set) var isComplex = false
  private var hasDigits = false
  private var hasPoint = false
  private var hasWords = false

  init(isComplex: Bool) { self.isComplex = isComplex }

  /// Nil where the section for positive numbers shows a number as itself.
  init?(code: String) {
    let code = code.replacing("General", with: "#").replacing("G/通用格式", with: "#")
    var scalars = code.unicodeScalars.makeIterator()
    read: while let scalar = scalars.next() {
      switch scalar {
      case "\"": while let next = scalars.next(), next != "\"" { word(next) }
      case "\\", "!": if let next = scalars.next() { word(next) }
      case "_", "*": _ = scalars.next()
      case "[":
        var inside = ""
        while let next = scalars.next(), next != "]" { inside.unicodeScalars.append(next) }
        if inside.uppercased().hasPrefix("DBNUM") { isComplex = true }
      case "0", "#", "?": digit(scalar)
      case ".": hasPoint = true
      case ",": if hasDigits, !hasPoint { comma(&scalars) } else { isComplex = true }
      case "%", "E", "e", "/": isComplex = true
      case "@": return nil
      case ";": break read
      default: word(scalar)
      }
    }
    // A unit beside an amount says nothing that a column of amounts does not say.
    if ["元", "元/月", "㎡", "m²", "平方米", "平米"].contains(suffix) { suffix = "" }
    if !isComplex, digits <= 1, prefix.isEmpty, suffix.isEmpty { return nil }
  }

  private mutating func digit(_ scalar: Unicode.Scalar) {
    // Signs between digits, as in 000-0000.
    if hasWords { isComplex = true }
    hasDigits = true
    if scalar == "0", !hasPoint { digits += 1 }
  }

  /// One between digits separates thousands, one behind them divides by a thousand.
  private mutating func comma(_ scalars: inout String.UnicodeScalarView.Iterator) {
    var ahead = scalars
    guard let next = ahead.next(), next == "#" || next == "0" || next == "?" else {
      isComplex = true
      return
    }
    // 0,000 shows separators, and hardly ever means zeros in front.
    if digits > 0 { digits = 0 }
    scalars = ahead
    hasDigits = true
  }

  private mutating func word(_ scalar: Unicode.Scalar) {
    if scalar.properties.isWhitespace || "¥￥$€£-+()（）".unicodeScalars.contains(scalar) {
      // A sign between digits; a currency or a bracket around them says nothing.
      if hasDigits, "-".unicodeScalars.contains(scalar) { hasWords = true }
      return
    }
    if hasDigits {
      hasWords = true
      suffix.unicodeScalars.append(scalar)
    } else {
      prefix.unicodeScalars.append(scalar)
    }
  }

  /// What stands in the cell; nil where that is not reckoned.
  func shown(_ number: Double) -> String? {
    guard !isComplex else { return nil }
    let plain = plainNumber(number.magnitude)
    let whole = plain.prefix { $0 != "." }
    let zeros = String(repeating: "0", count: max(0, digits - whole.count))
    return prefix + (number < 0 ? "-" : "") + zeros + plain + suffix
  }
}
