/// One thing that a step of a case asks for, declared: its field on the form, its words in the history.
public struct CaseField: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A day that has come: when something happened.
    case pastDay
    /// A day to come: until when.
    case futureDay
    /// One line.
    case line(most: Int)
    /// Several lines.
    case paragraph(most: Int)
    /// What somebody said or how they live: several lines, sealed.
    case personal(most: Int)
    /// A whole number.
    case count(most: Int)
    /// A reading of a meter, or a sum in yuan: at most two decimals.
    case amount(most: Int)
    /// One of some.
    case choice([CaseChoice])
  }

  /// The name of the field, and of the value where it is stored.
  public let name: String
  public let title: String
  public let kind: Kind
  public let isRequired: Bool
  public let hint: String?

  init(
    _ name: String, _ title: String, _ kind: Kind, isRequired: Bool = true, hint: String? = nil
  ) {
    self.name = name
    self.title = title
    self.kind = kind
    self.isRequired = isRequired
    self.hint = hint
  }

  init(_ date: CaseDate, _ title: String? = nil, isRequired: Bool = true, hint: String? = nil) {
    self.init(
      date.rawValue, title ?? date.title, date.isAhead ? .futureDay : .pastDay,
      isRequired: isRequired, hint: hint)
  }

  /// Whether it is read by those alone who work the case.
  public var isPersonal: Bool {
    if case .personal = kind { true } else { false }
  }

  /// The words of a stored value.
  public func text(_ stored: String) -> String {
    switch kind {
    case .choice(let choices): choices.first { $0.code == stored }?.title ?? stored
    case .pastDay, .futureDay: Day(iso: stored)?.chinese ?? stored
    case .line, .paragraph, .personal, .count, .amount: stored
    }
  }
}

/// One of the values that a field may have.
public struct CaseChoice: Hashable, Sendable {
  public let code: String
  public let title: String

  init(_ code: String, _ title: String) {
    self.code = code
    self.title = title
  }
}

/// A day that counts on the way of a case. Its raw value is the name under which it is stored.
public enum CaseDate: String, CaseIterable, Codable, Hashable, Sendable {
  case discovered = "discovered_on"
  case noticed = "noticed_on"
  case answerBy = "answer_by"
  case heard = "heard_on"
  case decided = "decided_on"
  case decisionServed = "decision_served_on"
  case movesBy = "moves_by"
  case refused = "refused_on"
  case contested = "contested_on"
  case demanded = "demanded_on"
  case filed = "filed_on"
  case ruled = "ruled_on"
  case declined = "declined_on"
  case marketRentFrom = "market_rent_from"
  case reviewBy = "review_by"
  case paused = "paused_on"
  case agreementEnds = "agreement_ends_on"
  case vacated = "vacated_on"
  case corrected = "corrected_on"

  public var title: String {
    switch self {
    case .discovered: "发现（知道）日期"
    case .noticed: "告知送达日期"
    case .answerBy: "陈述申辩截止日"
    case .heard: "陈述申辩日期"
    case .decided: "决定日期"
    case .decisionServed: "决定送达日期"
    case .movesBy: "腾退期限"
    case .refused: "认定日期"
    case .contested: "提出日期"
    case .demanded: "催告书送达日期"
    case .filed: "申请（起诉）日期"
    case .ruled: "裁判日期"
    case .declined: "裁定日期"
    case .marketRentFrom: "按市场租金计起日"
    case .reviewBy: "复查日期"
    case .paused: "开始日期"
    case .agreementEnds: "协议履行完毕日期"
    case .vacated: "退房日期"
    case .corrected: "整改到位日期"
    }
  }

  /// Whether it lies in the future when it is said.
  public var isAhead: Bool {
    [.answerBy, .movesBy, .reviewBy, .agreementEnds].contains(self)
  }
}
