import Domain
import Ground

/// A case with what was entered about it and holds: what its clocks count from.
struct ClockedCase: Sendable {
  let record: CaseRecord
  let course: CaseCourse<CaseEvent>
  let dates: [CaseDate: Day]

  init(_ record: CaseRecord, _ events: some Sequence<CaseEvent>) {
    self.record = record
    course = events.reduce(into: CaseCourse<CaseEvent>()) {
      $0.add($1, action: $1.action, from: $1.line.from, to: $1.line.to)
    }
    dates = course.entries.map { $0.values(of: record.id, keys: nil).days }.holding
  }

  var facts: CaseClockFacts {
    var facts = CaseClockFacts(
      nature: record.nature, goesByDecision: record.route.map { $0 != .civil } ?? false,
      isToldOfRemedies: said("remedies") != nil || dates[.decided] == nil,
      isClosed: record.state.isClosed)
    for (date, day) in dates { date.clockDay.map { facts[$0] = day } }
    facts[.campaignEnds] = record.dueOn
    facts[.leaseEnds] = record.leaseEndsOn
    if let day = dates[.contested] {
      switch said("contest") {
      case "review": facts[.reviewAsked] = day
      case "suit": facts[.suitFiled] = day
      default: facts[.objected] = day
      }
    }
    if record.route == .civil { facts[.applied] = nil }
    if let day = dates[.reviewBy] {
      facts[record.state == .marketRent ? .marketRentReview : .suspensionReview] = day
    }
    if said("manner") == "public" {
      facts[.publicNotice] = dates[.decisionServed] ?? dates[.noticed]
    }
    return facts
  }

  /// What the last step that said it said, of those that hold.
  private func said(_ name: String) -> String? {
    course.entries.lazy.reversed().compactMap { $0.values(of: record.id, keys: nil)[name] }.first
  }
}

extension CaseDate {
  /// The day of a clock that it is; nil where more has to be known.
  fileprivate var clockDay: ClockDay? {
    switch self {
    case .discovered: .discovered
    case .noticed: .noticed
    case .answerBy: .answerBy
    case .decided: .decided
    case .decisionServed: .decisionServed
    case .movesBy: .movesBy
    case .refused: .refused
    case .demanded: .demanded
    case .filed: .applied
    case .ruled: .ruled
    case .paused: .suspended
    case .agreementEnds: .agreementEnds
    case .vacated: .vacated
    case .corrected: .corrected
    case .heard, .contested, .declined, .marketRentFrom, .reviewBy: nil
    }
  }
}

extension [CaseClock] {
  /// What is owed next on a case.
  var owed: CaseClock? {
    filter { $0.kind == .duty && $0.stopped == nil }.min { $0.due < $1.due }
  }
}
