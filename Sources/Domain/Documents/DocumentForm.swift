/// A row of the table of documents: what a kind is called, when it can be drafted, what it knows of a case, and what the
/// law wants it to say.
public struct DocumentForm: Hashable, Sendable {
  public let kind: DocumentKind
  public let title: String
  /// What tells its series of numbers from others.
  public let mark: String
  public let routes: Set<CaseRoute>
  public let states: [CaseState]
  /// What the kind alone knows, beside ``shared``.
  let own: [DocumentPlaceholder]
  /// What has to be filled in.
  public let required: Set<DocumentPlaceholder>
  public let contents: [DocumentContent]
  /// The step whose own rules have to hold before it is issued.
  public var step: CaseAction?
  /// Whether it names the party by the whole ID number, because a court asks for it.
  public var needsWholeNumber = false
  /// Whether it is sent under the organ's name in red; what goes to a court or stays in the file is not.
  public var isLetter = true

  /// What every kind knows of a case.
  static let shared: [DocumentPlaceholder] = [
    .party, .partyID, .partyAddress, .members, .estate, .home, .floorArea, .contract, .leaseTerm,
    .rent, .caseNumber, .nature, .discovered, .facts, .basis,
  ]

  /// What every kind knows of who sends it.
  static let office = DocumentPlaceholder.allCases.filter { $0.kind == .office }

  /// Everything that may stand in its template.
  public var placeholders: [DocumentPlaceholder] { Self.shared + own + Self.office }

  /// Why it cannot be drafted for a case, in words; nil where it can.
  public func refusal(_ state: CaseState, route: CaseRoute?, nature: ExitNature) -> String? {
    guard let route else { return "核实以后才能拟写文书" }
    if !routes.contains(route) { return "“\(route.title)”不用\(title)" }
    if kind == .rectification, !nature.canBeCorrected {
      return "“\(nature.title)”须退回住房，不能整改了事，不用\(title)"
    }
    if !states.contains(state) {
      return "现在是“\(state.title)”；\(title)在“\(states.map(\.title).joined(separator: "、"))”时拟写"
    }
    return nil
  }
}

extension DocumentForm {
  static func of(_ kind: DocumentKind) -> DocumentForm {
    switch kind {
    case .rectification: rectification
    case .notice: notice
    case .returnOrder: returnOrder
    case .leaveNotice: leaveNotice
    case .demand: demand
    case .enforcement: enforcement
    case .civilSuit: civilSuit
    case .transfer: transfer
    case .closing: closing
    }
  }

  private static let everyRoute = Set(CaseRoute.allCases)
  private static let decision: Set<CaseRoute> = [.administrative, .agreement]

  private static let factsAndBasis: [DocumentContent] = [
    DocumentContent("事实", "《行政处罚法》第四十四条、第五十九条", .words(["查明", "事实", "经查", "核查"])),
    DocumentContent("依据", "《行政处罚法》第四十四条、第五十九条", .words(["条", "规定", "约定"])),
  ]

  private static let rectification = DocumentForm(
    kind: .rectification, title: "整改通知书", mark: "改", routes: everyRoute,
    states: [.verified, .noticed, .moving],
    own: [.measures, .term, .amount, .amountInWords, .payment],
    required: [.party, .home, .facts, .basis, .measures, .term],
    contents: factsAndBasis + [
      DocumentContent("整改的要求", "《公共租赁住房管理办法》第二十七条至第二十九条", .words(["整改", "改正", "补缴", "恢复"])),
      DocumentContent("整改的期限", "《公共租赁住房管理办法》第二十七条至第二十九条", .day),
      DocumentContent(
        "金额和缴款方式", "《公共租赁住房管理办法》第二十九条", .money, .words(["缴", "交", "转账", "账户"]), given: .amount),
    ])

  private static let notice = DocumentForm(
    kind: .notice, title: "告知书", mark: "告", routes: decision, states: [.verified, .noticed],
    own: [.evidence, .term, .answerBy],
    required: [.party, .home, .facts, .basis, .answerBy],
    contents: factsAndBasis + [
      DocumentContent("拟作出的决定", "《行政处罚法》第四十四条", .words(["拟"])),
      DocumentContent("陈述和申辩的权利", "《行政处罚法》第四十四条、第四十五条", .words(["陈述"]), .words(["申辩"])),
      DocumentContent("提出陈述申辩的期限", "《行政处罚法》第四十四条、第四十五条", .day),
    ])

  private static let returnOrder = DocumentForm(
    kind: .returnOrder, title: "责令限期退回决定书", mark: "决", routes: decision,
    states: [.noticed, .decided],
    own: [
      .evidence, .noticed, .noticeNumber, .hearing, .term, .manner, .amount, .amountInWords,
      .payment,
      .remedies,
    ],
    required: [.party, .home, .facts, .basis, .term, .remedies],
    contents: factsAndBasis + [
      DocumentContent("履行的方式和期限", "《行政处罚法》第五十九条", .words(["退回", "腾退", "交还"]), .day),
      DocumentContent(
        "不服决定的救济途径和期限", "《行政处罚法》第五十九条", .words(["行政复议"]), .words(["行政诉讼", "提起诉讼", "起诉"]),
        .words(["六十日", "60日", "60 日"]), .words(["六个月", "6个月", "6 个月"])),
      DocumentContent(
        "金额和缴款方式", "《行政处罚法》第五十九条", .money, .words(["缴", "交", "转账", "账户"]), given: .amount),
    ], step: .decide)

  private static let leaveNotice = DocumentForm(
    kind: .leaveNotice, title: "腾退通知书", mark: "腾", routes: [.civil],
    states: [.verified, .noticed, .moving],
    own: [.evidence, .term, .manner, .amount, .amountInWords, .payment],
    required: [.party, .home, .facts, .basis, .term],
    contents: [
      DocumentContent("事实", "《公共租赁住房管理办法》第二十九条至第三十一条", .words(["查明", "事实", "经查", "核查"])),
      DocumentContent("依据的条文或者合同约定", "《公共租赁住房管理办法》第二十九条至第三十一条", .words(["条", "约定"])),
      DocumentContent("搬迁期", "《公共租赁住房管理办法》第三十一条", .words(["搬迁期", "腾退", "搬"]), .day),
      DocumentContent("搬迁期内的租金", "《公共租赁住房管理办法》第三十一条", .words(["租金"])),
      DocumentContent("逾期不腾退的后果", "《公共租赁住房管理办法》第三十一条", .words(["逾期", "期满不"])),
      DocumentContent(
        "金额和缴款方式", "《公共租赁住房管理办法》第二十九条", .money, .words(["缴", "交", "转账", "账户"]), given: .amount),
    ])

  private static let demand = DocumentForm(
    kind: .demand, title: "催告书", mark: "催", routes: everyRoute, states: [.refused, .demanded],
    own: [
      .decided, .decisionNumber, .decisionServed, .noticed, .noticeNumber, .term, .manner, .amount,
      .amountInWords, .payment, .answerBy,
    ],
    required: [.party, .home, .term, .manner, .answerBy],
    contents: [
      DocumentContent("履行义务的期限", "《行政强制法》第三十五条第一项", .day),
      DocumentContent("履行义务的方式", "《行政强制法》第三十五条第二项", .words(["退回", "腾退", "交还", "缴"])),
      DocumentContent(
        "明确的金额和给付方式", "《行政强制法》第三十五条第三项", .money, .words(["缴", "交", "转账", "账户"]), given: .amount),
      DocumentContent(
        "依法享有的陈述权和申辩权", "《行政强制法》第三十五条第四项、第三十六条", .words(["陈述"]), .words(["申辩"])),
      DocumentContent("逾期不履行的后果", "《行政强制法》第五十三条、第五十四条", .words(["申请", "提起诉讼"]), .words(["法院"])),
    ])

  private static let enforcement = DocumentForm(
    kind: .enforcement, title: "强制执行申请书", mark: "执", routes: decision,
    states: [.demanded, .court],
    own: [
      .evidence, .noticed, .noticeNumber, .hearing, .decided, .decisionNumber, .decisionServed,
      .demanded,
      .demandNumber, .amount, .amountInWords, .object, .attachments,
    ],
    required: [
      .party, .partyID, .partyAddress, .home, .facts, .basis, .decided, .decisionNumber,
      .decisionServed, .demanded, .demandNumber, .hearing, .object,
    ],
    contents: [
      DocumentContent("申请人和被申请人", "《行政强制法》第五十五条", .words(["申请人"]), .words(["被申请人"])),
      DocumentContent("作出决定的事实、理由和依据", "《行政强制法》第五十五条第二项", .words(["事实"]), .words(["依据", "规定"])),
      DocumentContent("当事人的意见", "《行政强制法》第五十五条第三项", .words(["陈述", "申辩", "意见"])),
      DocumentContent("催告的情况", "《行政强制法》第五十五条第三项", .words(["催告"])),
      DocumentContent("申请强制执行标的的情况", "《行政强制法》第五十五条第四项", .words(["执行标的", "标的"])),
      DocumentContent("行政机关负责人签名", "《行政强制法》第五十五条第二款", .words(["负责人（签名）", "负责人签名"])),
    ], needsWholeNumber: true, isLetter: false)

  private static let civilSuit = DocumentForm(
    kind: .civilSuit, title: "民事起诉状", mark: "诉", routes: [.civil],
    states: [.refused, .demanded, .lawsuit],
    own: [
      .evidence, .noticed, .noticeNumber, .term, .demanded, .demandNumber, .amount, .amountInWords,
      .claims, .attachments,
    ],
    required: [
      .party, .partyID, .partyAddress, .home, .contract, .facts, .basis, .evidence, .claims,
    ],
    contents: [
      DocumentContent("原告的名称、住所和负责人", "《民事诉讼法》第一百二十四条第一项", .words(["原告"]), .words(["住所"])),
      DocumentContent("被告的姓名和住所", "《民事诉讼法》第一百二十四条第二项", .words(["被告"]), .words(["住址", "住所"])),
      DocumentContent("诉讼请求", "《民事诉讼法》第一百二十四条第三项", .words(["诉讼请求"])),
      DocumentContent("所根据的事实和理由", "《民事诉讼法》第一百二十四条第三项", .words(["事实"]), .words(["理由"])),
      DocumentContent("证据和证据来源", "《民事诉讼法》第一百二十四条第四项", .words(["证据"])),
    ], needsWholeNumber: true, isLetter: false)

  private static let transfer = DocumentForm(
    kind: .transfer, title: "移送函", mark: "移", routes: everyRoute, states: CaseState.found,
    own: [.recipient, .subject, .attachments], required: [.recipient, .subject, .facts, .basis],
    contents: [
      DocumentContent("移送的事项和理由", "《行政处罚法》第二十七条", .words(["移送"])),
      DocumentContent("事实", "《行政处罚法》第二十七条", .words(["查明", "事实", "经查", "核查", "发现"])),
    ])

  private static let closing = DocumentForm(
    kind: .closing, title: "结案审批表", mark: "结", routes: everyRoute,
    states: [.vacated, .corrected, .closed],
    own: [
      .noticed, .noticeNumber, .decided, .decisionNumber, .demanded, .demandNumber, .evidence,
      .outcome,
      .opinion,
    ],
    required: [.party, .home, .caseNumber, .nature, .facts, .basis, .outcome, .opinion],
    contents: [
      DocumentContent("案由和当事人", "问题销号的规定", .words(["案由", "事由"]), .words(["当事人"])),
      DocumentContent("办理结果和凭据", "问题销号的规定", .words(["结果"]), .words(["凭据", "证据", "交验"])),
      DocumentContent("承办和审批的意见", "问题销号的规定", .words(["承办"]), .words(["负责人"])),
    ], isLetter: false)
}
