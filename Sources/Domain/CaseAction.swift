/// A step of a case, or an entry of its history that leaves it where it stands.
public enum CaseAction: String, WorkflowAction, Codable {
  case verify
  case dismiss
  case withdraw
  case serveNotice = "serve_notice"
  case hear
  case decide
  case revokeDecision = "revoke_decision"
  case startMoving = "start_moving"
  case extendMoving = "extend_moving"
  case correct
  case recordRefusal = "record_refusal"
  case contest
  case demand
  case applyToCourt = "apply_to_court"
  case sue
  case recordRuling = "record_ruling"
  case courtDeclined = "court_declined"
  case chargeMarketRent = "charge_market_rent"
  case reviewMarketRent = "review_market_rent"
  case suspend
  case agree
  case resume
  case vacate
  case close
  case reopen
  case takeBack = "take_back"

  /// The words on the button.
  public var title: String {
    switch self {
    case .verify: "核实"
    case .dismiss: "认定不属实"
    case .withdraw: "撤案"
    case .serveNotice: "送达告知"
    case .hear: "记录陈述申辩"
    case .decide: "作出书面决定"
    case .revokeDecision: "撤销决定"
    case .startMoving: "限期搬迁"
    case .extendMoving: "延长搬迁期"
    case .correct: "确认整改"
    case .recordRefusal: "认定拒不腾退"
    case .contest: "记录异议、复议或诉讼"
    case .demand: "催告"
    case .applyToCourt: "申请强制执行"
    case .sue: "提起诉讼"
    case .recordRuling: "记录裁判"
    case .courtDeclined: "法院不予受理或不准予"
    case .chargeMarketRent: "按市场租金过渡"
    case .reviewMarketRent: "复查过渡期"
    case .suspend: "中止"
    case .agree: "达成执行协议"
    case .resume: "恢复办理"
    case .vacate: "确认清退"
    case .close: "销号"
    case .reopen: "重新立案"
    case .takeBack: "撤回上一步"
    }
  }

  /// Whether somebody in hardship is hit by it, so that it asks why it is taken all the same.
  public var isHard: Bool {
    [.startMoving, .recordRefusal, .demand, .applyToCourt, .sue].contains(self)
  }
}
