import Clocks
import Domain
import Ground
import HTML
import Pages
import Postgres

extension WorkedCase {
  /// What its clocks have to know, from the days that hold.
  var clockFacts: CaseClockFacts {
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

  /// What the last step that said it said.
  private func said(_ name: String) -> String? {
    events.lazy.reversed().compactMap { $0.values(of: record.id, keys: nil)[name] }.first
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

extension Transaction {
  /// The clocks of a case, what presses first.
  func clocks(of worked: WorkedCase, on today: Day) throws -> [CaseClock] {
    try caseClocks(for: worked.record.area, on: today).due(worked.clockFacts)
  }

  /// Keeps beside the case what is owed next, for lists; the case itself is not changed by it.
  func setClock(of id: CaseID, on today: Day) throws {
    let worked = try workedCase(id)
    let next = try clocks(of: worked, on: today)
      .filter { $0.kind == .duty && $0.stopped == nil }.min { $0.due < $1.due }
    try execute(
      """
      UPDATE cases SET next_due_on = \(optional: next?.due), next_clock = \(optional: next?.code)
      WHERE id = \(id)
      """)
  }
}

/// 期限: what runs, from when, by which rule, until when.
func clockPanel(_ clocks: [CaseClock]) -> HTML {
  panel(
    "期限",
    dataTable(
      caption: "期限",
      columns: [
        Column<CaseClock>("期限") { "\($0.title)" },
        Column("到期") { clock in
          "\(clock.due.iso)\(ifLet: clock.note, { "<br><small>\($0)</small>" })"
        },
        Column("状态") { tag($0.stateTitle, $0.tagKind) },
        Column("起算") { clock in
          "\(clock.start.iso)\(ifLet: clock.term, { "，\($0.title)" })"
        },
        Column("依据") { clock -> HTML in "<small>\(clock.source)</small>" },
      ], rows: clocks, empty: emptyState("还没有开始计算的期限")))
}

extension CaseClock {
  fileprivate var tagKind: TagKind {
    switch state {
    case .overdue: .alert
    case .soon: .warn
    case .running: .info
    case .met: isBroken ? .alert : .neutral
    }
  }
}
