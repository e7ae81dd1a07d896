import Testing

@testable import Domain

@Suite struct CaseClockTests {
  let calendar = CalendarSamples.calendar

  private func clockOf(
    _ code: ClockCode, _ facts: CaseClockFacts, on today: String = "2021-08-25",
    overrides: [ClockCode: ClockOverride] = [:]
  ) -> CaseClock? {
    CaseClocks(calendar: calendar, overrides: overrides, today: day(today)).due(facts)
      .first { $0.code == code }
  }

  private func sublet(_ days: [ClockDay: String], told: Bool = true) -> CaseClockFacts {
    CaseClockFacts(
      nature: .sublet, goesByDecision: true, days: days.mapValues { day($0) },
      isToldOfRemedies: told)
  }

  // MARK: Dates

  @Test(arguments: [
    // The day that the plan says is the day, whatever it is.
    (ClockCode.campaign, ClockDay.campaignEnds, "2021-08-25", "2021-08-25"),
    // 5 December is a Sunday.
    (.subletObjection, .discovered, "2021-06-05", "2021-12-06"),
    (.subletObjection, .discovered, "2021-08-31", "2022-02-28"),
    (.rescission, .discovered, "2021-06-10", "2022-06-10"),
    // 2 July 2022 is a Saturday.
    (.rescission, .discovered, "2021-07-02", "2022-07-04"),
    (.renewal, .leaseEnds, "2021-12-31", "2021-09-30"),
    (.leaseSilence, .leaseEnds, "2021-12-31", "2021-12-31"),
    (.moving, .movesBy, "2021-09-20", "2021-09-20"),
    (.marketRentReview, .marketRentReview, "2021-12-01", "2021-12-01"),
    (.penaltyDiscovery, .breachEnded, "2020-02-29", "2022-02-28"),
    // 90 days on is 3 October, National Day's week.
    (.penaltyDecision, .penaltyFiled, "2021-07-05", "2021-10-08"),
    // Seven working days: Saturday the 18th and Sunday the 26th are worked, 19 to 21 are off.
    (.penaltyService, .penaltyDecided, "2021-09-14", "2021-09-24"),
    (.penaltyService, .penaltyDecided, "2021-09-17", "2021-09-28"),
    (.publicNotice, .publicNotice, "2021-07-16", "2021-08-16"),
    // 29 October is a Friday.
    (.reconsideration, .decisionServed, "2021-08-30", "2021-10-29"),
    // 60 days on is a Saturday.
    (.reconsideration, .decisionServed, "2021-08-31", "2021-11-01"),
    (.suit, .decisionServed, "2021-08-31", "2022-02-28"),
    (.suitAfterReview, .reviewServed, "2021-09-16", "2021-10-08"),
    // Ten working days over National Day: 27 to 30 September, 8, 9, 11 to 14 October.
    (.demandWait, .demanded, "2021-09-26", "2021-10-14"),
    (.courtAcceptance, .applied, "2021-09-30", "2021-10-13"),
    (.courtRuling, .courtAccepted, "2021-12-30", "2022-01-11"),
    (.suspensionReview, .suspensionReview, "2021-11-11", "2021-11-11"),
    (.suspensionLimit, .suspended, "2019-08-25", "2022-08-25"),
    (.agreement, .agreementEnds, "2022-01-01", "2022-01-01"),
    // 25 August 2026 is a Tuesday.
    (.noApplication, .vacated, "2021-08-25", "2026-08-25"),
  ])
  func `a clock is due on the day that its law says`(
    code: ClockCode, from: ClockDay, start: String, due: String
  ) {
    #expect(clockOf(code, sublet([from: start]))?.due.iso == due)
  }

  @Test func `a court that hears the parties has thirty days instead of seven working days`() {
    var facts = sublet([.courtAccepted: "2021-09-30"])
    #expect(clockOf(.courtRuling, facts)?.due.iso == "2021-10-15")
    facts.isHeardByCourt = true
    #expect(clockOf(.courtRuling, facts) == nil)
    #expect(clockOf(.courtHearing, facts)?.due.iso == "2021-11-01")
  }

  @Test func `who was not told of the remedies has a year to sue`() {
    let facts = sublet([.decisionServed: "2021-08-31"], told: false)
    #expect(clockOf(.suit, facts) == nil)
    #expect(clockOf(.suitUntold, facts)?.due.iso == "2022-08-31")
    #expect(clockOf(.enforcement, facts)?.due.iso == "2022-11-30")
  }

  // MARK: Enforcement

  @Test func `enforcement is applied for within three months after the term to sue`() throws {
    let facts = sublet([.decisionServed: "2021-08-25"])
    let enforcement = try #require(clockOf(.enforcement, facts))
    #expect(enforcement.start.iso == "2022-02-25")
    #expect(enforcement.due.iso == "2022-05-25")
    #expect(enforcement.state == .running)
  }

  @Test func `the demand is served so early that its wait is over while an application is in time`()
    throws
  {
    let facts = sublet([.decisionServed: "2021-08-25"])
    let last = try #require(clockOf(.demand, facts))
    let enforcement = try #require(clockOf(.enforcement, facts))
    let onTheLastDay = try #require(clockOf(.demandWait, sublet([.demanded: last.due.iso])))
    #expect(onTheLastDay.due < enforcement.due)
    let aDayLater = calendar.workday(1, after: last.due)
    let late = try #require(clockOf(.demandWait, sublet([.demanded: aDayLater.iso])))
    #expect(late.due >= enforcement.due)
  }

  @Test func `after a reconsideration the term to sue is fifteen days`() throws {
    var facts = sublet([.decisionServed: "2021-08-25", .reviewAsked: "2021-09-08"])
    #expect(clockOf(.enforcement, facts) == nil)
    #expect(clockOf(.suit, facts)?.state == .met)
    facts[.reviewServed] = day("2021-11-01")
    #expect(clockOf(.suitAfterReview, facts)?.due.iso == "2021-11-16")
    #expect(clockOf(.enforcement, facts)?.due.iso == "2022-02-16")
  }

  @Test func `once the party has sued, the judgment says what follows`() {
    let facts = sublet([.decisionServed: "2021-08-25", .suitFiled: "2021-11-01"])
    #expect(clockOf(.enforcement, facts) == nil)
    #expect(clockOf(.demand, facts) == nil)
  }

  // MARK: Applies

  @Test func `an application for a decision's enforcement is no matter of the civil way`() {
    let days: [ClockDay: Day] = [
      .decisionServed: day("2021-08-25"), .demanded: day("2021-08-25"),
      .applied: day("2021-08-25"),
      .discovered: day("2021-06-05"), .vacated: day("2021-09-01"), .movesBy: day("2021-09-20"),
    ]
    let facts = CaseClockFacts(nature: .purchasedHome, goesByDecision: false, days: days)
    let found = CaseClocks(calendar: calendar, today: day("2021-08-25")).due(facts)
    #expect(found.map(\.code) == [.moving])
  }

  @Test(arguments: ExitNature.allCases)
  func `who returned a home after a breach may not apply for five years`(nature: ExitNature) {
    let facts = CaseClockFacts(
      nature: nature, goesByDecision: true, days: [.vacated: day("2021-08-25")], isClosed: true)
    let found = CaseClocks(calendar: calendar, today: day("2021-08-26")).due(facts)
    #expect(found.map(\.code) == (nature.isFinable ? [.noApplication] : []))
  }

  @Test func `no clock of a closed case runs but that which bars an application`() {
    var facts = sublet([.discovered: "2021-06-05", .vacated: "2021-08-01", .movesBy: "2021-07-01"])
    facts.isClosed = true
    let found = CaseClocks(calendar: calendar, today: day("2021-08-25")).due(facts)
    #expect(found.map(\.code) == [.noApplication])
  }

  // MARK: States

  @Test(arguments: [
    ("2021-08-01", ClockState.running, "进行中"), ("2021-10-10", .running, "进行中"),
    ("2021-11-06", .soon, "即将到期"), ("2021-12-06", .soon, "即将到期"),
    ("2021-12-07", .overdue, "已逾期"),
  ])
  func `a clock says how it stands`(today: String, state: ClockState, title: String) throws {
    let clock = try #require(
      clockOf(.subletObjection, sublet([.discovered: "2021-06-05"]), on: today))
    #expect(clock.state == state)
    #expect(clock.stateTitle == title)
  }

  @Test func `what is done stops its clock, and what was done late stays late`() throws {
    let inTime = try #require(
      clockOf(.subletObjection, sublet([.discovered: "2021-06-05", .noticed: "2021-12-06"])))
    #expect(inTime.state == .met && !inTime.isBroken)
    #expect(inTime.stateTitle == "已办理")
    let late = try #require(
      clockOf(.subletObjection, sublet([.discovered: "2021-06-05", .noticed: "2021-12-07"])))
    #expect(late.isBroken)
    #expect(late.stateTitle == "逾期办理")
  }

  @Test func `an application on the last day of the demand's wait comes too early`() throws {
    let early = try #require(
      clockOf(.demandWait, sublet([.demanded: "2021-09-26", .applied: "2021-10-14"])))
    #expect(early.isBroken)
    #expect(early.stateTitle == "早于期满")
    let after = try #require(
      clockOf(.demandWait, sublet([.demanded: "2021-09-26", .applied: "2021-10-15"])))
    #expect(!after.isBroken)
    #expect(
      clockOf(.demandWait, sublet([.demanded: "2021-09-26"]), on: "2021-10-14")?.state == .running)
    #expect(
      clockOf(.demandWait, sublet([.demanded: "2021-09-26"]), on: "2021-10-15")?.stateTitle
        == "已期满")
  }

  @Test func `what presses first stands first`() {
    let facts = sublet([
      .campaignEnds: "2021-08-25", .discovered: "2021-06-05", .movesBy: "2021-08-20",
      .answerBy: "2021-07-01", .decided: "2021-07-05", .decisionServed: "2021-07-10",
    ])
    let found = CaseClocks(calendar: calendar, today: day("2021-08-24")).due(facts)
    #expect(found.prefix(2).map(\.code) == [.moving, .campaign])
    #expect(found.map(\.state) == found.map(\.state).sorted { a, b in rank(a) < rank(b) })
  }

  private func rank(_ state: ClockState) -> Int { ClockState.allCases.firstIndex(of: state) ?? 0 }

  // MARK: What a county corrects

  @Test func `a corrected term holds for the demand and for its wait, with its reason`() throws {
    let term = try #require(LegalTerm(15, .workdays))
    let overrides = [ClockCode.demandWait: ClockOverride(term: term, reason: "县法制办意见")]
    let facts = sublet([.decisionServed: "2021-08-25", .demanded: "2021-09-26"])
    let wait = try #require(clockOf(.demandWait, facts, overrides: overrides))
    #expect(wait.due.iso == "2021-10-21")
    #expect(wait.source.contains("本县按 15个工作日计：县法制办意见"))
    let demand = try #require(clockOf(.demand, facts, overrides: overrides))
    #expect(demand.due < (try #require(clockOf(.demand, facts))).due)
  }

  @Test func `a date that rests on a year not announced says so`() {
    let nextYear = clockOf(.rescission, sublet([.discovered: "2022-03-05"]), on: "2022-03-06")
    #expect(nextYear?.isAnnounced == false)
    #expect(nextYear?.note == "2023 年放假安排尚未公布，暂按周末推算")
    #expect(clockOf(.subletObjection, sublet([.discovered: "2022-03-05"]))?.isAnnounced == true)
    let over = clockOf(.courtRuling, sublet([.courtAccepted: "2022-12-29"]), on: "2022-12-29")
    #expect(over?.note?.contains("2023") == true)
    #expect(clockOf(.campaign, sublet([.campaignEnds: "2030-08-25"]))?.isAnnounced == true)
  }

  // MARK: The table

  @Test func `every clock has its row, its source and a name of its own`() {
    #expect(ClockTable.rules.map(\.code).count == ClockCode.allCases.count)
    #expect(Set(ClockTable.rules.map(\.code)) == Set(ClockCode.allCases))
    #expect(Set(ClockTable.rules.map(\.title)).count == ClockTable.rules.count)
    for rule in ClockTable.rules {
      #expect(rule.code == .campaign || rule.source.contains("条"), "\(rule.code)")
      #expect(!rule.scope.isEmpty && !rule.startText.isEmpty)
      #expect(ClockCode(rule.code.description) == rule.code)
    }
  }

  @Test func `a clock that runs from others stands after them`() throws {
    for (index, rule) in ClockTable.rules.enumerated() {
      let needed: [ClockCode] =
        switch rule.start {
        case .after(let codes): codes
        case .clear(let code): [code]
        case .from, .before, .on: []
        }
      for code in needed {
        let place = try #require(ClockTable.rules.firstIndex { $0.code == code })
        #expect(place < index, "\(rule.code) after \(code)")
      }
    }
  }

  @Test func `whatever a case knows, its clocks add up`() {
    var random = SeededGenerator(seed: 15)
    for _ in 0..<3_000 {
      var facts = CaseClockFacts(
        nature: ExitNature.allCases.randomElement(using: &random) ?? .sublet,
        goesByDecision: Bool.random(using: &random),
        isToldOfRemedies: Bool.random(using: &random),
        isHeardByCourt: Bool.random(using: &random))
      for day in ClockDay.allCases where Bool.random(using: &random) {
        facts[day] = Day(number: 18_700 + Int.random(in: 0..<600, using: &random))
      }
      let today = Day(number: 18_700 + Int.random(in: 0..<900, using: &random))
      for clock in CaseClocks(calendar: calendar, today: today).due(facts) {
        switch clock.state {
        case .overdue: #expect(clock.kind == .duty && clock.due < today && clock.stopped == nil)
        case .soon: #expect(clock.kind == .duty && clock.due >= today && clock.stopped == nil)
        case .running: #expect(clock.due >= today && clock.stopped == nil)
        case .met: #expect(clock.stopped != nil || clock.kind != .duty && clock.due < today)
        }
        if clock.term != nil { #expect(calendar.isWorkday(clock.due)) }
      }
    }
  }
}
