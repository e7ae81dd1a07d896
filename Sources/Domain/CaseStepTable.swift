/// What a step of a case asks for: one table, from which forms, checks and the history come.
public struct CaseStepTable: Sendable {
  /// Said where a household is in hardship and the step is hard all the same.
  public static let hardshipReason = CaseField(
    "hardship_reason", "仍要采取这一步的理由", .paragraph(most: 500),
    hint: "这一家有困难情形，请写明已经考虑过什么、怎样安置")

  /// The field that names the case of which a withdrawn one becomes part.
  public static let mergedInto = "merged_into"

  /// The fields of a step.
  ///
  /// - Parameters:
  ///   - ground: what the county's legal office has confirmed for the nature, or the portal's own row.
  ///   - isInHardship: whether the household is marked so.
  ///   - needsLegalReview: whether the county wants a legal review of written decisions.
  public static func fields(
    _ action: CaseAction, ground: ExitGround, route: CaseRoute?, isInHardship: Bool = false
  ) -> [CaseField] {
    let own = own(action, ground: ground, route: route)
    return isInHardship && action.isHard ? own + [hardshipReason] : own
  }

  /// The step's fields by name, whatever the ground and way: for reading what is stored.
  public static func known(_ action: CaseAction) -> [CaseField] {
    let all = ExitNature.allCases.flatMap { nature in
      CaseRoute.allCases.flatMap { own(action, ground: .of(nature), route: $0) }
    }
    return (all + [hardshipReason]).reduce(into: []) { found, field in
      if !found.contains(where: { $0.name == field.name }) { found.append(field) }
    }
  }

  private static func own(
    _ action: CaseAction, ground: ExitGround, route: CaseRoute?
  ) -> [CaseField] {
    switch action {
    case .verify: verify(ground)
    case .dismiss: [facts("认定不属实的事实和理由")]
    case .withdraw:
      [
        facts("为什么立错了案"),
        CaseField(
          mergedInto, "并入的问题编号", .line(most: 20), isRequired: false,
          hint: "同一家的另一件问题已经包括这件事的，填它的编号，疑点随之转过去"),
      ]
    case .serveNotice: notice(route)
    case .hear:
      [
        CaseField(.heard),
        CaseField("hearing", "陈述申辩情况", .choice(hearings)),
        CaseField(
          "statement", "陈述申辩内容和复核意见", .personal(most: 2000), isRequired: false,
          hint: "提出的事实、理由成立的，应当采纳"),
      ]
    case .decide: decision
    case .revokeDecision: [facts("撤销的原因")]
    case .startMoving: moving(route)
    case .extendMoving: [CaseField(.movesBy, "新的腾退期限"), facts("延长的原因")]
    case .correct: [CaseField(.corrected), facts("怎样整改到位，凭什么认定")]
    case .recordRefusal: [CaseField(.refused), facts("拒不腾退的事实")]
    case .contest:
      [
        CaseField(.contested), CaseField("contest", "方式", .choice(contests)),
        CaseField("authority", "受理机关和案号", .line(most: 100), isRequired: false),
        CaseField("outcome", "结果", .paragraph(most: 500), isRequired: false, hint: "有了结果再记一次"),
      ]
    case .demand: [CaseField(.demanded), manner, document("催告书文号")]
    case .applyToCourt: [CaseField(.filed, "申请日期"), court, document("案号", isRequired: false)]
    case .sue: [CaseField(.filed, "起诉日期"), court, document("案号", isRequired: false)]
    case .recordRuling:
      [CaseField(.ruled), document("裁判文书号"), facts("裁判结果")]
    case .courtDeclined: [CaseField(.declined), facts("法院的理由和下一步")]
    case .chargeMarketRent:
      [
        CaseField(.marketRentFrom), CaseField(.reviewBy, "何时复查"),
        facts("没有其他住房的依据"),
      ]
    case .reviewMarketRent: [CaseField(.reviewBy, "下次复查"), facts("复查情况")]
    case .suspend:
      [
        CaseField(.paused, "中止日期"), CaseField("pause", "中止原因", .choice(pauses)),
        CaseField(.reviewBy, "何时复查"), facts("说明"),
      ]
    case .agree:
      [CaseField(.paused, "签订日期"), CaseField(.agreementEnds), facts("协议内容（期数、金额、日期）")]
    case .resume: [facts("恢复的原因")]
    case .vacate: HomeReturn.fields
    case .close: [facts("销号依据", hint: "退房交验单、整改凭证或者处理决定")]
    case .reopen, .takeBack: [facts("原因")]
    }
  }

  private static func facts(_ title: String, hint: String? = nil) -> CaseField {
    CaseField("facts", title, .paragraph(most: 1000), hint: hint)
  }

  private static func document(_ title: String, isRequired: Bool = true) -> CaseField {
    CaseField("document", title, .line(most: 100), isRequired: isRequired)
  }

  private static let court = CaseField("court", "法院", .line(most: 60))

  /// Who knew of a breach since when: terms of a right run from that day (《民法典》 564, 718).
  private static func verify(_ ground: ExitGround) -> [CaseField] {
    [
      CaseField(.discovered, hint: "知道或者应当知道这件事的那一天，期限从第二天起算"),
      CaseField(
        "route", "处理途径", .choice(CaseRoute.allCases.map { CaseChoice($0.rawValue, $0.title) })),
      CaseField(
        "local_rule", "地方规定或合同条款", .line(most: 200), isRequired: ground.needsLocalRule,
        hint: ground.needsLocalRule ? "《公共租赁住房管理办法》没有直接写明这种情形，须写明所依据的地方规定或合同条款" : nil),
      facts("查明的事实"),
    ]
  }

  private static func notice(_ route: CaseRoute?) -> [CaseField] {
    let first = [CaseField(.noticed), manner, document("文书名称和文号")]
    guard route != .civil else { return first }
    return first + [CaseField(.answerBy, hint: "告知当事人在哪一天以前可以陈述申辩")]
  }

  /// Facts, basis, term and remedies: what a written decision has to say (《行政处罚法》 59, by analogy).
  private static let decision = [
    CaseField(.decided), document("决定书文号"), facts("认定的事实"),
    CaseField("basis", "依据", .paragraph(most: 500)),
    CaseField("remedies", "救济途径和期限", .line(most: 200), hint: "六十日内申请行政复议，或者六个月内提起行政诉讼"),
  ]

  private static func moving(_ route: CaseRoute?) -> [CaseField] {
    guard route != .civil else {
      return [
        CaseField(.movesBy, "搬迁期到"),
        facts("搬迁期的约定或通知"),
      ]
    }
    return [CaseField(.decisionServed), manner, CaseField(.movesBy, "限期退回的最后一天")]
  }

  /// The ladder of service (《民事诉讼法》 87–95).
  public static let manner = CaseField("manner", "送达方式", .choice(manners))

  private static let manners = [
    CaseChoice("hand", "直接送达"), CaseChoice("left", "留置送达（见证人或录像）"),
    CaseChoice("post", "邮寄送达"), CaseChoice("public", "公告送达"),
    CaseChoice("agreed", "约定地址送达"),
  ]

  private static let hearings = [
    CaseChoice("heard", "提出了陈述申辩"), CaseChoice("waived", "书面放弃"),
    CaseChoice("silent", "逾期没有提出"),
  ]

  private static let contests = [
    CaseChoice("objection", "书面异议"), CaseChoice("review", "行政复议"),
    CaseChoice("suit", "行政诉讼"),
  ]

  private static let pauses = [
    CaseChoice("hardship", "生活确有困难"), CaseChoice("review", "行政复议期间停止执行"),
    CaseChoice("court", "法院裁定停止执行"), CaseChoice("missing", "当事人下落不明或不能表达意志"),
    CaseChoice("other", "其他"),
  ]
}
