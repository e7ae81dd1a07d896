/// Something of a case that stands in a document, written `{{当事人}}` in its template. The raw value is the name of its
/// field.
public enum DocumentPlaceholder: String, CaseIterable, Codable, Hashable, Sendable {
  // Whose they are, and where.
  case party
  case partyID = "party_id"
  case partyAddress = "party_address"
  case members
  case estate
  case home
  case floorArea = "floor_area"
  case contract
  case leaseTerm = "lease_term"
  case rent
  case caseNumber = "case_number"
  case nature
  // What was found, and what it rests on.
  case discovered
  case facts
  case evidence
  case basis
  // What went before.
  case noticed
  case noticeNumber = "notice_number"
  case hearing
  case decided
  case decisionNumber = "decision_number"
  case decisionServed = "decision_served"
  case demanded
  case demandNumber = "demand_number"
  // What it asks for.
  case measures
  case term
  case manner
  case amount
  case amountInWords = "amount_in_words"
  case payment
  case answerBy = "answer_by"
  case remedies
  case object
  case claims
  case recipient
  case subject
  case attachments
  case outcome
  case opinion
  // Who sends it: the county's own settings.
  case organ
  case organAddress = "organ_address"
  case organCode = "organ_code"
  case organHead = "organ_head"
  case contact
  case phone
  case court
  case reviewOrgan = "review_organ"

  /// How it is typed.
  public enum Kind: Hashable, Sendable {
    case line(most: Int)
    case paragraph(most: Int)
    case day
    case money
    /// Not typed: it follows from another one, or from the register.
    case derived
    /// Not typed: the county has said it once.
    case office
  }

  /// The name between the braces, and the label of its field.
  public var name: String { words.name }

  public var kind: Kind { words.kind }

  /// Whether a clerk types it.
  public var isTyped: Bool { kind != .derived && kind != .office }

  /// By the name that stands between braces.
  public init?(named name: String) {
    guard let found = Self.byName[name] else { return nil }
    self = found
  }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

  private var words: (name: String, kind: Kind) {
    switch self {
    case .party: ("当事人", .line(most: 60))
    case .partyID: ("身份证号", .derived)
    case .partyAddress: ("住址", .line(most: 120))
    case .members: ("共同居住人", .line(most: 200))
    case .estate: ("项目名称", .line(most: 60))
    case .home: ("房屋坐落", .line(most: 120))
    case .floorArea: ("建筑面积", .line(most: 20))
    case .contract: ("合同编号", .line(most: 60))
    case .leaseTerm: ("租赁期限", .line(most: 60))
    case .rent: ("月租金", .line(most: 20))
    case .caseNumber: ("问题编号", .line(most: 30))
    case .nature: ("事由", .line(most: 40))
    case .discovered: ("发现日期", .day)
    case .facts: ("事实", .paragraph(most: 1500))
    case .evidence: ("证据", .paragraph(most: 800))
    case .basis: ("依据", .paragraph(most: 500))
    case .noticed: ("告知日期", .day)
    case .noticeNumber: ("告知文书", .line(most: 100))
    case .hearing: ("陈述申辩情况", .paragraph(most: 800))
    case .decided: ("决定日期", .day)
    case .decisionNumber: ("决定文号", .line(most: 100))
    case .decisionServed: ("决定送达日期", .day)
    case .demanded: ("催告日期", .day)
    case .demandNumber: ("催告文号", .line(most: 100))
    case .measures: ("整改要求", .paragraph(most: 500))
    case .term: ("履行期限", .day)
    case .manner: ("履行方式", .paragraph(most: 300))
    case .amount: ("金额", .money)
    case .amountInWords: ("金额大写", .derived)
    case .payment: ("缴款方式", .line(most: 200))
    case .answerBy: ("陈述申辩期限", .day)
    case .remedies: ("救济途径", .paragraph(most: 300))
    case .object: ("执行标的", .paragraph(most: 500))
    case .claims: ("诉讼请求", .paragraph(most: 800))
    case .recipient: ("受送单位", .line(most: 60))
    case .subject: ("移送事项", .paragraph(most: 800))
    case .attachments: ("附件", .paragraph(most: 500))
    case .outcome: ("办理结果", .paragraph(most: 800))
    case .opinion: ("承办意见", .paragraph(most: 500))
    case .organ: ("机关名称", .office)
    case .organAddress: ("机关地址", .office)
    case .organCode: ("统一社会信用代码", .office)
    case .organHead: ("负责人", .office)
    case .contact: ("联系人", .office)
    case .phone: ("联系电话", .office)
    case .court: ("法院", .office)
    case .reviewOrgan: ("复议机关", .office)
    }
  }
}
