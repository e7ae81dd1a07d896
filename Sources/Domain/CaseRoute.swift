/// Which legal way a case goes. It follows from the ground, see ``ExitGround``; the raw value is the text stored in SQL.
public enum CaseRoute: String, CaseIterable, Codable, Hashable, Sendable {
  /// 责令退回 by written decision (《公共租赁住房管理办法》 arts. 27, 35), enforced through the court on application.
  case administrative
  /// By the contract and the civil courts (arts. 29 to 31).
  case civil
  /// Where a local rule treats the contract as an administrative agreement: breach, demand, decision, enforcement.
  case agreement

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .administrative: "责令退回"
    case .civil: "民事途径"
    case .agreement: "行政协议"
    }
  }

  /// The way in words.
  public var way: String {
    switch self {
    case .administrative: "告知、听取陈述申辩，作出书面决定，限期退回；拒不退回的催告后申请法院强制执行"
    case .civil: "通知腾退，给予搬迁期；没有其他住房的可按市场租金过渡，逾期不腾退的提起诉讼"
    case .agreement: "告知违约，作出书面决定，限期退回；拒不退回的催告后申请法院强制执行"
    }
  }
}
