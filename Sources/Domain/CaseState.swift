/// Where a case stands on its way from suspicion to closure.
public enum CaseState: String, WorkflowState, Codable {
  case suspected
  /// Closed: the suspicion was not borne out.
  case unfounded
  /// Closed: it should not have been opened. What it rested on is open again.
  case withdrawn
  case verified
  case noticed
  /// A written decision is made; not on the civil way.
  case decided
  case moving
  case corrected
  case refused
  case demanded
  case court
  case lawsuit
  /// No other home: stays for a dated time at market rent.
  case marketRent = "market_rent"
  /// Stands still: hardship, reconsideration, a court's stay.
  case suspended
  /// An agreement on instalments or a later day is kept.
  case agreed
  case vacated
  case closed

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .suspected: "疑点待核"
    case .unfounded: "不属实"
    case .withdrawn: "已撤案"
    case .verified: "已核实"
    case .noticed: "已告知"
    case .decided: "已作决定"
    case .moving: "限期搬迁"
    case .corrected: "已整改"
    case .refused: "拒不腾退"
    case .demanded: "已催告"
    case .court: "已申请强制执行"
    case .lawsuit: "已起诉"
    case .marketRent: "按市场租金过渡"
    case .suspended: "中止"
    case .agreed: "执行协议"
    case .vacated: "已清退"
    case .closed: "已销号"
    }
  }

  /// Whether nothing more is owed on it.
  public var isClosed: Bool { [.closed, .unfounded, .withdrawn].contains(self) }

  /// Whether the case counts as 已清退: the home came back, or what was wrong was put right.
  public var isCleared: Bool { [.vacated, .corrected, .closed].contains(self) }

  /// Whether the case counts as 应清退: verified, and neither found unfounded nor taken back.
  public var isVerified: Bool { ![.suspected, .unfounded, .withdrawn].contains(self) }

  /// Whether the home is to come back (待收回): somebody has been told to leave, and has not.
  public var awaitsHome: Bool {
    [.moving, .refused, .demanded, .court, .lawsuit, .suspended, .agreed].contains(self)
  }

  /// Whether the way stands still and goes on later from where it was.
  public var isPaused: Bool { self == .suspended || self == .agreed }
}
