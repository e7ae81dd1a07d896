/// What is wrong with the days that somebody typed for a step, and what stands in a step's way.
public struct CaseStepRules: Sendable {
  /// The days that hold on the case so far.
  public let dates: [CaseDate: Day]
  public let today: Day

  public init(dates: [CaseDate: Day], today: Day) {
    self.dates = dates
    self.today = today
  }

  /// Days that a step may say at all.
  public static let days = Day.first(ofMonth: 1, year: 2000)...Day.first(ofMonth: 1, year: 2100)

  /// What must not be later than what: a day's predecessors, those that the case has.
  public static func predecessors(of date: CaseDate) -> [CaseDate] {
    switch date {
    case .discovered: []
    case .noticed: [.discovered]
    case .answerBy, .heard: [.noticed]
    case .decided: [.noticed, .heard]
    case .decisionServed: [.decided]
    case .movesBy: [.noticed, .decisionServed]
    case .refused: [.noticed, .decisionServed]
    case .contested: [.noticed]
    case .demanded: [.refused]
    case .filed: [.refused, .demanded]
    case .ruled, .declined: [.filed]
    case .marketRentFrom: [.noticed]
    case .reviewBy, .agreementEnds: [.paused]
    case .paused: [.noticed]
    case .vacated, .corrected: [.discovered]
    }
  }

  /// What is wrong with a day, in words that say what to do; nil when nothing is.
  ///
  /// - Parameter others: the days that were typed with it.
  public func problem(_ date: CaseDate, _ day: Day, with others: [CaseDate: Day] = [:]) -> String? {
    if !date.isAhead && day > today { return "\(date.title)不能晚于今天，请核对" }
    let known = dates.merging(others) { _, typed in typed }
    for earlier in Self.predecessors(of: date) {
      guard let bound = known[earlier], day < bound else { continue }
      return "\(date.title)不能早于\(earlier.title)（\(bound.iso)），请核对"
    }
    return nil
  }

  /// Why the step cannot be taken yet, in words; empty when nothing stands in its way.
  public func missing(_ action: CaseAction) -> [String] {
    switch action {
    case .decide: decisionMissing
    case .recordRefusal:
      dates[.movesBy].map { today > $0 ? [] : ["腾退期限到 \($0.iso)，期满以后才能认定拒不腾退"] } ?? []
    default: []
    }
  }

  /// 《行政处罚法》 44, 45: nothing is decided before the party was told and could be heard.
  private var decisionMissing: [String] {
    if dates[.heard] != nil { return [] }
    guard let answerBy = dates[.answerBy] else { return ["还没有记录陈述申辩"] }
    return today > answerBy
      ? [] : ["陈述申辩期到 \(answerBy.iso)，还没有届满；当事人已经陈述申辩或者书面放弃的，请先记录"]
  }
}
