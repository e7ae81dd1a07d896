/// Which clock it is. The raw value is the text stored in SQL.
public enum ClockCode: String, CaseIterable, Codable, Hashable, Sendable {
  case campaign
  case subletObjection = "sublet_objection"
  case rescission
  case renewal
  case leaseSilence = "lease_silence"
  case answer
  case moving
  case marketRentReview = "market_rent_review"
  case penaltyDiscovery = "penalty_discovery"
  case penaltyDecision = "penalty_decision"
  case penaltyService = "penalty_service"
  case publicNotice = "public_notice"
  case reconsideration
  case suit
  case suitUntold = "suit_untold"
  case suitAfterReview = "suit_after_review"
  case enforcement
  case demand
  case demandWait = "demand_wait"
  case courtAcceptance = "court_acceptance"
  case courtRuling = "court_ruling"
  case courtHearing = "court_hearing"
  case suspensionReview = "suspension_review"
  case suspensionLimit = "suspension_limit"
  case agreement
  case noApplication = "no_application"

  /// Its row of the table.
  public var rule: ClockRule { ClockTable.rule(self) }
}

extension ClockCode: LosslessStringConvertible {
  /// By its raw value, as addresses have it.
  public init?(_ description: String) { self.init(rawValue: description) }
  public var description: String { rawValue }
}

/// What it means that a clock has run out.
public enum ClockKind: String, CaseIterable, Hashable, Sendable {
  /// Something has to be done by the day.
  case duty
  /// Something may be done only after the day.
  case wait
  /// The party may do something until the day; after it, no more.
  case right
  /// Something is barred until the day.
  case bar

  /// The word shown in the table of rules.
  public var title: String {
    switch self {
    case .duty: "办理期限"
    case .wait: "等待期"
    case .right: "当事人的期限"
    case .bar: "限制期"
    }
  }
}

/// From where a clock runs.
public enum ClockStart: Hashable, Sendable {
  /// A term from a day.
  case from(ClockDay)
  /// A term that has to be left before a day.
  case before(ClockDay)
  /// The day itself is the one.
  case on(ClockDay)
  /// A term from the end of whichever of these clocks runs.
  case after([ClockCode])
  /// A term that has to have passed by the end of another clock.
  case clear(of: ClockCode)
}

/// A clock as the law has it: one row of the table.
public struct ClockRule: Sendable {
  public let code: ClockCode
  public let title: String
  public let kind: ClockKind
  public let start: ClockStart
  /// Nil where the day is given, or where it is that of ``termOf``.
  public let term: LegalTerm?
  /// The clock whose term this one takes, so that a county corrects it once.
  public let termOf: ClockCode?
  /// The law and its article, or the paper that says the day.
  public let source: String
  /// What stops it.
  public let until: [ClockDay]
  /// To which cases it applies, in words.
  public let scope: String
  /// So many days before it is due it counts as due soon.
  public let soonDays: Int
  let applies: @Sendable (CaseClockFacts) -> Bool

  init(
    _ code: ClockCode, _ title: String, _ kind: ClockKind, _ start: ClockStart,
    _ term: LegalTerm? = nil, termOf: ClockCode? = nil, source: String, until: [ClockDay],
    scope: String, soonDays: Int = 7,
    applies: @escaping @Sendable (CaseClockFacts) -> Bool = { _ in true }
  ) {
    self.code = code
    self.title = title
    self.kind = kind
    self.start = start
    self.term = term
    self.termOf = termOf
    self.source = source
    self.until = until
    self.scope = scope
    self.soonDays = soonDays
    self.applies = applies
  }

  /// Whether a county may correct its term.
  public var isCorrectable: Bool { term != nil }

  /// `自决定书送达起`: from where it runs, in words.
  public var startText: String {
    switch start {
    case .from(let day): "自\(day.title)起"
    case .before(let day): "\(day.title)以前"
    case .on(let day): "\(day.title)当天"
    case .after(let codes): "自“\(codes.map { $0.rule.title }.joined(separator: "”或“"))”届满起"
    case .clear(let code): "“\(code.rule.title)”届满以前"
    }
  }

  /// What stops it, in words; empty where nothing does.
  public var untilText: String { until.map(\.title).joined(separator: "、") }
}
