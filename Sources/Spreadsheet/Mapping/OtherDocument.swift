/// A document other than the resident ID card, by the form of its number.
enum OtherDocument {
  /// A passport: one or two letters and seven or eight digits.
  case passport
  /// The pass of residents of Hong Kong and Macao: H or M and eight or ten digits.
  case hongKongMacaoPass
  /// The pass of residents of Taiwan: eight digits, or ten with the last two for its issue.
  case taiwanPass
  /// The permanent residence card of foreigners as it was until 2023: three letters and twelve digits.
  case foreigner
  /// 军官证 and its like.
  case officer

  /// - Parameter number: in capitals, without blanks.
  init?(_ number: String) {
    let letters = number.prefix { ("A"..."Z").contains($0) }
    let digits = number.dropFirst(letters.count)
    if number.contains("字第") {
      self = .officer
      return
    }
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    if letters == "H" || letters == "M", digits.count == 8 || digits.count == 10 {
      self = .hongKongMacaoPass
      return
    }
    switch (letters.count, digits.count) {
    case (1...2, 7...8): self = .passport
    case (0, 8), (0, 10): self = .taiwanPass
    case (3, 12): self = .foreigner
    default: return nil
    }
  }

  private var title: String {
    switch self {
    case .passport: "护照号"
    case .hongKongMacaoPass: "港澳居民来往内地通行证号"
    case .taiwanPass: "台湾居民来往大陆通行证号"
    case .foreigner: "旧版外国人永久居留证号"
    case .officer: "军官证或士兵证号"
    }
  }

  var problem: CellProblem {
    CellProblem(
      .otherDocument,
      "像是\(title)。登记只认18位号码：请填这个人的\(replacement)；没有的，请先把这一行从文件中删去，办到证件后再在家庭页面增加")
  }

  private var replacement: String {
    switch self {
    case .passport, .foreigner: "居民身份证号，外国人填新版永久居留身份证（9开头）的号码"
    case .hongKongMacaoPass: "港澳居民居住证（81、82开头）的号码"
    case .taiwanPass: "台湾居民居住证（83开头）的号码"
    case .officer: "居民身份证号"
    }
  }
}
