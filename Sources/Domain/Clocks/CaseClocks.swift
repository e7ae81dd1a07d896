/// A term as a county's legal office corrected it, with why.
public struct ClockOverride: Hashable, Sendable {
  public let term: LegalTerm
  public let reason: String

  public init(term: LegalTerm, reason: String) {
    self.term = term
    self.reason = reason
  }
}

/// How a clock stands.
public enum ClockState: String, CaseIterable, Hashable, Sendable {
  case overdue
  case soon
  case running
  case met
}

/// One clock of one case, computed and shown, never silently applied.
public struct CaseClock: Hashable, Sendable {
  public let code: ClockCode
  public let title: String
  public let kind: ClockKind
  /// The day it runs from, or that says it.
  public let start: Day
  /// Nil where the day is given.
  public let term: LegalTerm?
  public let due: Day
  /// The law and article, and the county's correction with its reason.
  public let source: String
  public let state: ClockState
  /// The day it stopped; nil while it runs.
  public let stopped: Day?
  /// What is said where it rests on a year that has not been announced; nil where every year is known.
  public let note: String?

  /// Whether every year that it rests on has been announced.
  public var isAnnounced: Bool { note == nil }

  /// Whether something was done that came too late, or before its wait was over.
  public var isBroken: Bool {
    guard let stopped else { return false }
    return switch kind {
    case .duty, .right: stopped > due
    case .wait, .bar: stopped <= due
    }
  }

  /// How it stands, in words.
  public var stateTitle: String {
    switch (kind, state) {
    case (.duty, .met): isBroken ? "逾期办理" : "已办理"
    case (.wait, .met): isBroken ? "早于期满" : "已期满"
    case (.right, .met): stopped == nil ? "已期满" : isBroken ? "逾期提出" : "已提出"
    case (.bar, .met): "已期满"
    case (_, .overdue): "已逾期"
    case (_, .soon): "即将到期"
    case (.duty, .running): "进行中"
    case (_, .running): "尚未期满"
    }
  }
}

/// Computes the clocks of cases.
public struct CaseClocks: Sendable {
  public let calendar: WorkCalendar
  public let overrides: [ClockCode: ClockOverride]
  public let today: Day

  public init(
    calendar: WorkCalendar, overrides: [ClockCode: ClockOverride] = [:], today: Day
  ) {
    self.calendar = calendar
    self.overrides = overrides
    self.today = today
  }

  /// Every clock that a case has, what presses first: overdue, due soon, running, met; each by its day.
  public func due(_ facts: CaseClockFacts) -> [CaseClock] {
    var found: [ClockCode: CaseClock] = [:]
    for rule in ClockTable.rules where isShown(rule, facts) {
      found[rule.code] = clock(rule, facts, found)
    }
    let order = Dictionary(
      uniqueKeysWithValues: ClockState.allCases.enumerated().map { ($1, $0) })
    return ClockTable.rules.compactMap { found[$0.code] }.sorted {
      (order[$0.state] ?? 0, $0.due) < (order[$1.state] ?? 0, $1.due)
    }
  }

  /// The term in force for a rule; nil where its day is given.
  public func term(of rule: ClockRule) -> LegalTerm? {
    let owner = rule.termOf?.rule ?? rule
    return overrides[owner.code]?.term ?? owner.term
  }

  private func isShown(_ rule: ClockRule, _ facts: CaseClockFacts) -> Bool {
    (!facts.isClosed || rule.kind == .bar) && rule.applies(facts)
  }

  private func clock(
    _ rule: ClockRule, _ facts: CaseClockFacts, _ others: [ClockCode: CaseClock]
  ) -> CaseClock? {
    guard let (start, due) = days(rule, facts, others) else { return nil }
    let stopped = rule.until.compactMap { facts[$0] }.min()
    let term = term(of: rule)
    return CaseClock(
      code: rule.code, title: rule.title, kind: rule.kind, start: start, term: term, due: due,
      source: source(of: rule), state: state(rule, due, stopped), stopped: stopped,
      note: term.flatMap { note($0, start, due) })
  }

  /// From where it runs, and until when.
  private func days(
    _ rule: ClockRule, _ facts: CaseClockFacts, _ others: [ClockCode: CaseClock]
  ) -> (start: Day, due: Day)? {
    let term = term(of: rule)
    switch rule.start {
    case .on(let day): return facts[day].map { ($0, $0) }
    case .from(let day):
      guard let start = facts[day], let term else { return nil }
      return (start, term.lastDay(from: start, in: calendar))
    case .before(let day):
      guard let end = facts[day], let term else { return nil }
      return (end, term.lastDay(before: end, in: calendar))
    case .after(let codes):
      // What was overtaken by another way of contesting has no end to count from.
      let ends = codes.compactMap { others[$0] }.filter { $0.stopped == nil }.map(\.due)
      guard let start = ends.max(), let term else { return nil }
      return (start, term.lastDay(from: start, in: calendar))
    case .clear(let code):
      guard let end = others[code]?.due, let term else { return nil }
      // It has to be over before the last day, on which the next step is still to be taken.
      return (end, term.lastDay(before: end - 1, in: calendar))
    }
  }

  private func state(_ rule: ClockRule, _ due: Day, _ stopped: Day?) -> ClockState {
    if stopped != nil { return .met }
    guard rule.kind == .duty else { return today > due ? .met : .running }
    if today > due { return .overdue }
    return today.days(until: due) <= rule.soonDays ? .soon : .running
  }

  private func source(of rule: ClockRule) -> String {
    let owner = rule.termOf ?? rule.code
    guard let override = overrides[owner] else { return rule.source }
    return "\(rule.source)（本县按 \(override.term.title)计：\(override.reason)）"
  }

  /// Working days rest on every year they run through, other terms on that of their end alone.
  private func note(_ term: LegalTerm, _ start: Day, _ due: Day) -> String? {
    guard term.unit == .workdays else { return calendar.note(on: due...due) }
    return calendar.note(on: min(start, due)...max(start, due))
  }
}
