/// What is wrong with a sum that somebody typed, in words that say what to do.
public enum MoneyProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case missing
  case negative
  case tooFine
  case grouping
  case otherUnit
  case notANumber
  case tooLarge(Hundredths)

  public var description: String {
    switch self {
    case .missing: "请填写金额"
    case .negative: "金额不能是负数，请去掉前面的负号；要冲减的请用更正"
    case .tooFine: "金额最多写到分（两位小数），请核对"
    case .grouping: "逗号只能每三位隔开一次，如 1,234.50，请核对"
    case .otherUnit: "请把金额写成以元为单位的数，如 12,000.00，不写万"
    case .notANumber: "请用数字填写金额，如 1,234.50"
    case .tooLarge(let most): "金额不能超过 \(most.grouped) 元，请核对"
    }
  }
}

/// Sums of money in yuan: ``Hundredths``, which count whole fen.
public enum Money {
  /// The most that anything of one household can come to.
  public static let most = Hundredths(count: 9_999_999_99)

  /// Reads a sum as clerks type it: `1,234.5`, `１２３４.50元`, `¥ 1234`.
  ///
  /// Half or full width; the sign ¥ or 人民币 in front, 元 behind and blanks say nothing; commas have to part thousands.
  /// Zeros after the second decimal are let pass.
  public static func read(
    _ typed: String, most: Hundredths = Money.most
  ) throws(MoneyProblem) -> Hundredths {
    var text = halfWidth(typed).filter { !$0.isWhitespace }
    for sign in ["人民币", "RMB", "rmb", "¥", "￥"] where text.hasPrefix(sign) {
      text.removeFirst(sign.count)
    }
    for unit in ["元整", "元", "圆", "块"] where text.hasSuffix(unit) {
      text.removeLast(unit.count)
    }
    guard !text.isEmpty else { throw .missing }
    guard !text.contains(where: { "万亿千百".contains($0) }) else { throw .otherUnit }
    guard let first = text.first, !"-−–—负".contains(first) else { throw .negative }
    let value = try parse(text)
    guard value <= most else { throw .tooLarge(most) }
    return value
  }

  private static func parse(_ text: String) throws(MoneyProblem) -> Hundredths {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, text.allSatisfy({ $0.isASCII && ($0.isNumber || ".,".contains($0)) })
    else { throw .notANumber }
    let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count == 1 || groups.dropFirst().allSatisfy({ $0.count == 3 }),
      groups.count == 1 || (1...3).contains(groups[0].count),
      parts.count == 1 || !parts[1].contains(",")
    else { throw .grouping }
    let whole = groups.joined()
    if parts.count == 2, parts[1].dropFirst(2).contains(where: { $0 != "0" }) { throw .tooFine }
    // Sixteen digits and more are beyond every limit.
    guard whole.drop(while: { $0 == "0" }).count <= 15 else { throw .tooLarge(most) }
    let plain = whole.count > 15 ? String(whole.drop { $0 == "0" }) : whole
    guard let value = Hundredths(parts.count == 2 ? "\(plain).\(parts[1])" : plain) else {
      throw .notANumber
    }
    return value
  }
}

/// The most that a household may be fined: 1,000 yuan, or with illegal gains up to three times of them and no more than
/// 30,000 (《公共租赁住房管理办法》 arts. 35, 36).
public enum Fine {
  public static func most(illegalGains: Hundredths) -> Hundredths {
    guard illegalGains > .zero else { return Hundredths(count: 1_000_00) }
    guard illegalGains < Hundredths(count: 10_000_00) else { return Hundredths(count: 30_000_00) }
    return Hundredths(count: illegalGains.count * 3)
  }

  /// What is wrong with a fine; nil when nothing is.
  public static func problem(_ fine: Hundredths, illegalGains: Hundredths) -> String? {
    let most = most(illegalGains: illegalGains)
    guard fine > most else { return nil }
    let rule = illegalGains > .zero ? "有违法所得的，罚款不超过违法所得的 3 倍，最多 30,000 元" : "没有违法所得的，罚款不超过 1,000 元"
    return "罚款 \(fine.grouped) 元过高：\(rule)（《公共租赁住房管理办法》第三十六条），这里最多 \(most.grouped) 元"
  }
}
