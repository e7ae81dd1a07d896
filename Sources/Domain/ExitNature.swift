/// Why a household has to leave or put something right (退出性质).
///
/// The first four are the columns of the annex 公租房承租人应退未退整改情况表 of 清建〔2021〕35号; vacancy,
/// arrears, deceit and others follow 《公共租赁住房管理办法》 (住建部令第11号) arts. 27 to 30 and 35 and stand in no annex.
public enum ExitNature: String, CaseIterable, Codable, Hashable, Sendable {
  case purchasedHome = "purchased_home"
  case overLimit = "over_limit"
  case sublet
  case lent
  case vacant
  case arrears
  /// Got by false or hidden facts (art. 35).
  case deceit
  /// Changed use, wrecked, used illegally (art. 27), not renewed (art. 30), or what a local rule names.
  case other

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .purchasedHome: "购置房产"
    case .overLimit: "收入资产超标"
    case .sublet: "转租"
    case .lent: "出借"
    case .vacant: "闲置"
    case .arrears: "欠租"
    case .deceit: "骗租"
    case .other: "其他"
    }
  }

  /// The mark of the annex: ①A, ①B, ②, ③; nil for what the annex does not list.
  public var annexMark: String? {
    switch self {
    case .purchasedHome: "①A"
    case .overLimit: "①B"
    case .sublet: "②"
    case .lent: "③"
    case .vacant, .arrears, .deceit, .other: nil
    }
  }

  /// The title with the annex's mark in front, where there is one.
  public var markedTitle: String { (annexMark ?? "") + title }

  /// Whether putting it right ends the case without leaving the home. Never for ② and ③: whoever
  /// sublet or lent the home returns it (住建部令第11号, art. 27), as does who got it by deceit (art. 35).
  public var canBeCorrected: Bool { ![.sublet, .lent, .deceit].contains(self) }
}

extension ExitNature: CodingKeyRepresentable {}

extension ExitNature: LosslessStringConvertible {
  /// By its raw value, as addresses have it.
  public init?(_ description: String) { self.init(rawValue: description) }
  public var description: String { rawValue }
}
