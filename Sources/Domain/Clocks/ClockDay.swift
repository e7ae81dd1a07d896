/// A day that a clock of a case runs from or until, or that is itself the one that is due.
public enum ClockDay: String, CaseIterable, Hashable, Sendable {
  case campaignEnds = "campaign_ends"
  /// When the bureau knew or should have known.
  case discovered
  /// When the breach ended; the last day known while it goes on.
  case breachEnded = "breach_ended"
  case leaseEnds = "lease_ends"
  case renewalAsked = "renewal_asked"
  case objected
  case rescinded
  case penaltyFiled = "penalty_filed"
  case penaltyDecided = "penalty_decided"
  case penaltyServed = "penalty_served"
  case noticed
  case answerBy = "answer_by"
  case decided
  case decisionServed = "decision_served"
  case movesBy = "moves_by"
  case refused
  case reviewAsked = "review_asked"
  case reviewServed = "review_served"
  case suitFiled = "suit_filed"
  case demanded
  case applied
  case courtAccepted = "court_accepted"
  case ruled
  case publicNotice = "public_notice"
  case marketRentReview = "market_rent_review"
  case suspended
  case suspensionReview = "suspension_review"
  case agreementEnds = "agreement_ends"
  case resumed
  case corrected
  case vacated

  /// The words for it: 自…起, …即止.
  public var title: String {
    switch self {
    case .campaignEnds: "专项行动截止日"
    case .discovered: "发现（知道）之日"
    case .breachEnded: "违法行为终了之日"
    case .leaseEnds: "租期届满日"
    case .renewalAsked: "申请续租"
    case .objected: "提出异议"
    case .rescinded: "通知解除合同"
    case .penaltyFiled: "行政处罚立案"
    case .penaltyDecided: "作出处罚决定"
    case .penaltyServed: "处罚决定书送达"
    case .noticed: "送达告知书（通知）"
    case .answerBy: "陈述申辩截止日"
    case .decided: "作出决定"
    case .decisionServed: "决定书送达"
    case .movesBy: "腾退期限"
    case .refused: "认定拒不腾退"
    case .reviewAsked: "申请行政复议"
    case .reviewServed: "复议决定书送达"
    case .suitFiled: "提起行政诉讼"
    case .demanded: "催告书送达"
    case .applied: "申请强制执行"
    case .courtAccepted: "法院受理"
    case .ruled: "法院作出裁定"
    case .publicNotice: "发出公告"
    case .marketRentReview: "市场租金复查日"
    case .suspended: "中止执行"
    case .suspensionReview: "中止复查日"
    case .agreementEnds: "执行协议履行完毕日"
    case .resumed: "恢复执行"
    case .corrected: "整改到位"
    case .vacated: "退房"
    }
  }
}

/// What the clocks of one case have to know.
public struct CaseClockFacts: Hashable, Sendable {
  public var nature: ExitNature
  /// Whether a written decision is made (责令退回, 行政协议) rather than the contract enforced (民事).
  public var goesByDecision: Bool
  public var days: [ClockDay: Day]
  /// Whether the decision told the party of its remedies and their terms.
  public var isToldOfRemedies: Bool
  /// Whether the court hears the parties before it rules, as the decision is evidently wanting.
  public var isHeardByCourt: Bool
  /// Whether nothing more is owed on the case; what bars later applications still runs.
  public var isClosed: Bool

  public init(
    nature: ExitNature, goesByDecision: Bool, days: [ClockDay: Day] = [:],
    isToldOfRemedies: Bool = true, isHeardByCourt: Bool = false, isClosed: Bool = false
  ) {
    self.nature = nature
    self.goesByDecision = goesByDecision
    self.days = days
    self.isToldOfRemedies = isToldOfRemedies
    self.isHeardByCourt = isHeardByCourt
    self.isClosed = isClosed
  }

  public subscript(_ day: ClockDay) -> Day? {
    get { days[day] }
    set { days[day] = newValue }
  }
}

extension ExitNature {
  /// Whether a fine may follow (《公共租赁住房管理办法》 arts. 35, 36), and no application for five years after the return.
  public var isFinable: Bool { ![.purchasedHome, .overLimit, .arrears].contains(self) }
}
