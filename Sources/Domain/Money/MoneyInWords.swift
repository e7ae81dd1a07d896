extension Hundredths {
  /// The sum in the characters of cheques (大写): `壹仟贰佰叁拾肆元伍角整`.
  ///
  /// Source: 《支付结算办法》 annex 1 (正确填写票据和结算凭证的基本规定). One 零 for one or more zeros between digits; none before 角
  /// where the yuan end in 0, one where 角 is 0 and 分 is not; 整 behind 元 and behind 角, never behind 分. What the
  /// annex leaves open is decided so that a sum has one reading and one writing.
  public var chineseMoney: String {
    let magnitude = count.magnitude
    let (yuan, fen) = (magnitude / 100, Int(magnitude % 100))
    let (tenths, hundredths) = (fen / 10, fen % 10)
    var text = yuan == 0 ? "" : chineseWhole(yuan) + "元"
    if tenths > 0 { text += chineseDigits[tenths] + "角" }
    if hundredths > 0 {
      if tenths == 0, yuan > 0 { text += "零" }
      text += chineseDigits[hundredths] + "分"
    } else {
      text = (text.isEmpty ? "零元" : text) + "整"
    }
    return (count < 0 ? "负" : "") + text
  }
}

private let chineseDigits = "零壹贰叁肆伍陆柒捌玖".map(String.init)

/// A whole number above 0, in groups of four digits: 亿, 万, and the rest.
private func chineseWhole(_ number: UInt) -> String {
  let (upper, lower) = number.quotientAndRemainder(dividingBy: 10_000)
  guard upper > 0 else { return chineseGroup(lower) }
  let (hundredMillions, tenThousands) = upper.quotientAndRemainder(dividingBy: 10_000)
  var text = hundredMillions > 0 ? chineseWhole(hundredMillions) + "亿" : ""
  if tenThousands > 0 {
    if hundredMillions > 0, tenThousands < 1_000 { text += "零" }
    text += chineseGroup(tenThousands) + "万"
  }
  guard lower > 0 else { return text }
  return text + (lower < 1_000 || tenThousands == 0 ? "零" : "") + chineseGroup(lower)
}

/// One to four digits.
private func chineseGroup(_ group: UInt) -> String {
  var (text, isGap) = ("", false)
  for (unit, name) in [(UInt(1_000), "仟"), (100, "佰"), (10, "拾"), (1, "")] {
    let digit = Int(group / unit % 10)
    if digit == 0 {
      isGap = !text.isEmpty
    } else {
      text += (isGap ? "零" : "") + chineseDigits[digit] + name
      isGap = false
    }
  }
  return text
}
