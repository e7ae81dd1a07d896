/// Where a case stands on its way from suspicion to closure.
public enum CaseState: String, WorkflowState, Codable {
  case suspected
  /// Closed: the suspicion was not borne out.
  case unfounded
  case verified
  case noticed
  case moving
  case corrected
  case refused
  case demanded
  case court
  case lawsuit
  /// No other home: stays for a dated time at market rent.
  case marketRent = "market_rent"
  case vacated
  case closed

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .suspected: "疑点待核"
    case .unfounded: "不属实"
    case .verified: "已核实"
    case .noticed: "已送达通知"
    case .moving: "搬迁期"
    case .corrected: "已整改"
    case .refused: "拒不腾退"
    case .demanded: "已催告"
    case .court: "已申请强制执行"
    case .lawsuit: "已起诉"
    case .marketRent: "按市场租金过渡"
    case .vacated: "已清退"
    case .closed: "已销号"
    }
  }

  /// Whether nothing more is owed on it.
  public var isClosed: Bool { self == .closed || self == .unfounded }

  /// Whether the case counts as 已清退: the home came back, or what was wrong was put right.
  public var isCleared: Bool { self == .vacated || self == .corrected || self == .closed }

  /// Whether the case counts as 应清退: verified, and not found unfounded.
  public var isVerified: Bool { self != .suspected && self != .unfounded }
}

/// A step that moves a case from one state to another.
public enum CaseAction: String, WorkflowAction, Codable {
  case verify
  case dismiss
  case serveNotice = "serve_notice"
  case startMoving = "start_moving"
  case correct
  case recordRefusal = "record_refusal"
  case demand
  case applyToCourt = "apply_to_court"
  case sue
  case chargeMarketRent = "charge_market_rent"
  case vacate
  case close
  case reopen

  /// The words on the button.
  public var title: String {
    switch self {
    case .verify: "核实"
    case .dismiss: "认定不属实"
    case .serveNotice: "送达通知"
    case .startMoving: "给予搬迁期"
    case .correct: "确认整改"
    case .recordRefusal: "认定拒不腾退"
    case .demand: "催告"
    case .applyToCourt: "申请强制执行"
    case .sue: "提起诉讼"
    case .chargeMarketRent: "按市场租金过渡"
    case .vacate: "确认清退"
    case .close: "销号"
    case .reopen: "重新立案"
    }
  }
}
