/// Every clock of a case: the one table. Its terms are working defaults, which a county's legal office corrects in settings
/// (``ClockOverride``).
///
/// Sources: 《民法典》; 《公共租赁住房管理办法》 (住建部令第11号); 《行政处罚法》 and 《行政强制法》, which count terms of up to 7 and up
/// to 10 days in working days (arts. 85 and 69); 《行政复议法》; 《行政诉讼法》 with the Supreme Court's interpretation of it
/// (法释〔2018〕1号); 《民事诉讼法》 of 2023.
public enum ClockTable {
  /// In the order in which a case meets them. A clock that runs from others stands after them.
  public static let rules: [ClockRule] = general + contract + penalty + decision + enforcement

  private static let byCode = Dictionary(uniqueKeysWithValues: rules.map { ($0.code, $0) })

  static func rule(_ code: ClockCode) -> ClockRule {
    guard let rule = byCode[code] else { preconditionFailure("no rule for \(code)") }
    return rule
  }

  private static let general = [
    ClockRule(
      .campaign, "专项行动完成期限", .duty, .on(.campaignEnds), source: "专项行动工作方案",
      until: [.vacated, .corrected], scope: "行动中的全部问题", soonDays: 14)
  ]

  private static let contract = [
    ClockRule(
      .subletObjection, "对转租提出异议", .duty, .from(.discovered), .months(6),
      source: "《民法典》第七百一十八条：知道或者应当知道转租，六个月内没有提出异议的，视为同意",
      until: [.objected, .noticed, .rescinded, .vacated], scope: "转租", soonDays: 30
    ) { $0.nature == .sublet },
    ClockRule(
      .rescission, "行使合同解除权", .duty, .from(.discovered), .years(1),
      source: "《民法典》第五百六十四条第二款：知道或者应当知道解除事由之日起一年内不行使的，解除权消灭",
      until: [.rescinded, .decided, .vacated], scope: "转租、出借", soonDays: 60
    ) { [.sublet, .lent].contains($0.nature) },
    ClockRule(
      .renewal, "申请续租", .right, .before(.leaseEnds), .months(3),
      source: "《公共租赁住房管理办法》第三十条：租赁期满三个月前提出申请",
      until: [.renewalAsked], scope: "知道租期届满日的"),
    ClockRule(
      .leaseSilence, "租期届满时提出异议", .duty, .on(.leaseEnds),
      source: "《民法典》第七百三十四条：届满后继续使用，出租人没有提出异议的，租赁期限为不定期",
      until: [.objected, .noticed, .rescinded, .renewalAsked, .vacated], scope: "知道租期届满日的",
      soonDays: 30),
    ClockRule(
      .moving, "腾退期限", .duty, .on(.movesBy),
      source: "《公共租赁住房管理办法》第三十条、第三十一条的合理搬迁期，或者决定书载明的期限",
      until: [.vacated], scope: "给了搬迁期或者限期退回的，认定拒不腾退以前"
    ) { $0[.refused] == nil },
    ClockRule(
      .marketRentReview, "市场租金过渡复查", .duty, .on(.marketRentReview),
      source: "《公共租赁住房管理办法》第三十一条：没有其他住房的，按市场价格缴纳租金", until: [.vacated],
      scope: "按市场租金过渡的", soonDays: 14),
  ]

  private static let penalty = [
    ClockRule(
      .penaltyDiscovery, "发现违法行为", .duty, .from(.breachEnded), .years(2),
      source: "《行政处罚法》第三十六条：违法行为在二年内未被发现的，不再给予行政处罚",
      until: [.penaltyFiled, .discovered], scope: finable, soonDays: 60, applies: isFinable),
    ClockRule(
      .penaltyDecision, "作出处罚决定", .duty, .from(.penaltyFiled), .days(90),
      source: "《行政处罚法》第六十条：自立案之日起九十日内", until: [.penaltyDecided], scope: finable,
      soonDays: 15, applies: isFinable),
    ClockRule(
      .penaltyService, "送达处罚决定书", .duty, .from(.penaltyDecided), .workdays(7),
      source: "《行政处罚法》第六十一条：七日内送达；第八十五条：七日指工作日", until: [.penaltyServed],
      scope: finable, soonDays: 3, applies: isFinable),
  ]

  private static let decision = [
    ClockRule(
      .answer, "陈述申辩期", .wait, .on(.answerBy),
      source: "《行政处罚法》第四十四条、第四十五条，《行政强制法》第三十六条：充分听取意见后再作决定",
      until: [.decided], scope: byDecision, applies: \.goesByDecision),
    ClockRule(
      .publicNotice, "公告送达", .wait, .from(.publicNotice), .days(30),
      source: "《民事诉讼法》第九十五条：自发出公告之日起，经过三十日，即视为送达", until: [],
      scope: "公告送达的"),
    ClockRule(
      .reconsideration, "申请行政复议", .right, .from(.decisionServed), .days(60),
      source: "《行政复议法》第二十条：自知道或者应当知道之日起六十日内", until: [.reviewAsked],
      scope: byDecision, applies: \.goesByDecision),
    ClockRule(
      .suit, "提起行政诉讼", .right, .from(.decisionServed), .months(6),
      source: "《行政诉讼法》第四十六条：自知道或者应当知道作出行政行为之日起六个月内",
      until: [.suitFiled, .reviewAsked], scope: "责令退回、行政协议，决定书告知了救济途径的"
    ) { $0.goesByDecision && $0.isToldOfRemedies },
    ClockRule(
      .suitUntold, "提起行政诉讼（未告知起诉期限）", .right, .from(.decisionServed), .years(1),
      source: "法释〔2018〕1号第六十四条：没有告知起诉期限的，自知道行政行为内容之日起最长一年",
      until: [.suitFiled, .reviewAsked], scope: "责令退回、行政协议，决定书没有告知救济途径的"
    ) { $0.goesByDecision && !$0.isToldOfRemedies },
    ClockRule(
      .suitAfterReview, "复议后提起行政诉讼", .right, .from(.reviewServed), .days(15),
      source: "《行政诉讼法》第四十五条：自收到复议决定书之日起十五日内", until: [.suitFiled],
      scope: "责令退回、行政协议，经过复议的", applies: \.goesByDecision),
  ]

  private static let enforcement = [
    ClockRule(
      .enforcement, "申请法院强制执行", .duty, .after([.suit, .suitUntold, .suitAfterReview]),
      .months(3), source: "《行政强制法》第五十三条：不复议、不诉讼又不履行的，自期限届满之日起三个月内",
      until: [.applied, .vacated], scope: "责令退回、行政协议，没有提起诉讼的", soonDays: 30
    ) { isEnforceable($0) },
    ClockRule(
      .demand, "送达催告书", .duty, .clear(of: .enforcement), termOf: .demandWait,
      source: "《行政强制法》第五十四条：催告书送达十日后才能申请强制执行；最迟应在此日送达",
      until: [.demanded, .applied, .vacated], scope: "责令退回、行政协议，没有提起诉讼的", soonDays: 15
    ) { isEnforceable($0) },
    ClockRule(
      .demandWait, "催告期", .wait, .from(.demanded), .workdays(10),
      source: "《行政强制法》第五十四条：催告书送达十日后仍未履行的；第六十九条：十日指工作日",
      until: [.applied], scope: byDecision, applies: \.goesByDecision),
    ClockRule(
      .courtAcceptance, "法院受理", .duty, .from(.applied), .workdays(5),
      source: "《行政强制法》第五十六条：五日内受理；第六十九条：五日指工作日", until: [.courtAccepted, .ruled],
      scope: byDecision, soonDays: 2, applies: \.goesByDecision),
    ClockRule(
      .courtRuling, "法院裁定执行", .duty, .from(.courtAccepted), .workdays(7),
      source: "《行政强制法》第五十七条：自受理之日起七日内；第六十九条：七日指工作日", until: [.ruled],
      scope: "责令退回、行政协议，书面审查的", soonDays: 2
    ) { $0.goesByDecision && !$0.isHeardByCourt },
    ClockRule(
      .courtHearing, "法院听取意见后裁定", .duty, .from(.courtAccepted), .days(30),
      source: "《行政强制法》第五十八条：明显缺乏根据等情形，自受理之日起三十日内", until: [.ruled],
      scope: "责令退回、行政协议，法院听取意见的", soonDays: 7
    ) { $0.goesByDecision && $0.isHeardByCourt },
    ClockRule(
      .suspensionReview, "中止复查", .duty, .on(.suspensionReview),
      source: "《行政强制法》第三十九条：中止的情形消失后，应当恢复执行", until: [.resumed, .vacated],
      scope: "中止的", soonDays: 7),
    ClockRule(
      .suspensionLimit, "中止满三年", .duty, .from(.suspended), .years(3),
      source: "《行政强制法》第三十九条第二款：确无能力履行，中止满三年未恢复执行的，不再执行",
      until: [.resumed, .vacated], scope: "责令退回、行政协议，中止的", soonDays: 60,
      applies: \.goesByDecision),
    ClockRule(
      .agreement, "执行协议履行完毕", .duty, .on(.agreementEnds),
      source: "《行政强制法》第四十二条：当事人不履行执行协议的，应当恢复强制执行", until: [.vacated, .resumed],
      scope: "签了执行协议的", soonDays: 14),
    ClockRule(
      .noApplication, "五年内不得再次申请", .bar, .from(.vacated), .years(5),
      source: "《公共租赁住房管理办法》第三十五条、第三十六条：自退回之日起五年内", until: [],
      scope: finable, applies: isFinable),
  ]

  private static let byDecision = "责令退回、行政协议"
  private static let finable = "转租、出借、闲置、骗租和其他可以处罚的"

  private static func isFinable(_ facts: CaseClockFacts) -> Bool { facts.nature.isFinable }

  /// Once the party has sued, the judgment says what follows.
  private static func isEnforceable(_ facts: CaseClockFacts) -> Bool {
    facts.goesByDecision && facts[.suitFiled] == nil
  }
}
