import Testing

@testable import Domain

/// A case on a way, with how it came to where it stands.
private struct Walked {
  let nature: ExitNature
  let route: CaseRoute
  var state = CaseWorkflow.initial
  var trail = CaseTrail()

  var subject: CaseSubject {
    CaseSubject(
      nature: nature, route: state == .suspected ? nil : route, last: trail.last)
  }

  var next: [CaseTransition] { CaseWorkflow.next(from: state, of: subject) }

  func actions() -> [CaseAction] { next.map(\.action) }

  mutating func take(_ action: CaseAction) throws {
    let step = try #require(next.first { $0.action == action }, "\(action) from \(state)")
    trail.add(action: action, from: state, to: step.to)
    state = step.to
  }

  static func at(_ actions: [CaseAction], _ nature: ExitNature, _ route: CaseRoute) throws -> Walked
  {
    var walked = Walked(nature: nature, route: route)
    for action in actions { try walked.take(action) }
    return walked
  }
}

@Suite struct CaseWorkflowTests {
  @Test func theTableIsThis() {
    let steps = Set(
      CaseWorkflow.drawn.filter { $0.from != $0.to }.map {
        "\($0.from.rawValue) \($0.action.rawValue) \($0.to.rawValue)"
      })
    let forth = [
      "suspected verify verified", "suspected dismiss unfounded", "suspected withdraw withdrawn",
      "verified withdraw withdrawn", "verified serve_notice noticed", "noticed dismiss unfounded",
      "noticed correct corrected", "noticed decide decided", "noticed start_moving moving",
      "noticed record_refusal refused", "decided start_moving moving", "moving correct corrected",
      "moving charge_market_rent market_rent", "moving record_refusal refused",
      "market_rent record_refusal refused", "refused demand demanded", "refused sue lawsuit",
      "demanded sue lawsuit", "demanded apply_to_court court", "lawsuit apply_to_court court",
      "court court_declined refused", "lawsuit court_declined refused", "court dismiss unfounded",
      "lawsuit dismiss unfounded", "agreed correct corrected", "corrected close closed",
      "vacated close closed", "closed reopen verified", "unfounded reopen suspected",
    ]
    let revoked = ["decided", "moving", "refused", "demanded"].map {
      "\($0) revoke_decision verified"
    }
    let paused = ["moving", "refused", "demanded", "court", "lawsuit"].flatMap {
      [
        "\($0) suspend suspended", "\($0) agree agreed", "suspended resume \($0)",
        "agreed resume \($0)",
      ]
    }
    let left = [
      "verified", "noticed", "decided", "moving", "refused", "demanded", "court", "lawsuit",
      "market_rent", "suspended", "agreed",
    ].map { "\($0) vacate vacated" }
    #expect(steps == Set(forth + revoked + paused + left))
  }

  /// On every way, from wherever a case can come to, there is a way to the end; and one place for each button.
  @Test(arguments: ExitNature.allCases, CaseRoute.allCases)
  func everyStateLeadsToTheEnd(nature: ExitNature, route: CaseRoute) {
    var seen: [Set<CaseState>: Int] = [:]
    var waiting = [Walked(nature: nature, route: route)]
    var known: Set<String> = []
    while let walked = waiting.popLast() {
      let key = "\(walked.state) \(String(describing: walked.trail.last))"
      guard known.insert(key).inserted, walked.trail.moves.count < 12 else { continue }
      let next = walked.next
      #expect(Set(next.map(\.action)).count == next.count, "\(key)")
      #expect(!next.isEmpty || walked.state == .withdrawn, "\(key)")
      if !walked.state.isClosed, walked.state != .suspected, !walked.state.isCleared {
        #expect(next.contains { $0.to == .vacated }, "\(key)")
      }
      for step in next where step.from != step.to {
        var on = walked
        on.trail.add(action: step.action, from: walked.state, to: step.to)
        on.state = step.to
        waiting.append(on)
      }
      seen[[walked.state], default: 0] += 1
    }
    let reached = Set(seen.keys.flatMap { $0 })
    #expect(reached.isSuperset(of: [.closed, .unfounded, .withdrawn, .vacated, .refused]))
    #expect(reached.contains(.corrected) == nature.canBeCorrected)
    #expect(reached.contains(.decided) == (route != .civil))
    #expect(reached.contains(.lawsuit) == (route == .civil))
    #expect(reached.contains(.marketRent) == (route == .civil))
  }

  @Test func nothingIsEnforcedThatWasNotDecided() throws {
    for route in [CaseRoute.administrative, .agreement] {
      let noticed = try Walked.at([.verify, .serveNotice], .sublet, route)
      #expect(
        !noticed.actions().contains(.startMoving) && !noticed.actions().contains(.recordRefusal))
      let way: [CaseAction] = [
        .verify, .serveNotice, .hear, .decide, .startMoving, .recordRefusal, .demand, .applyToCourt,
        .vacate, .close,
      ]
      #expect(try Walked.at(way, .sublet, route).state == .closed)
    }
    let civil = try Walked.at(
      [.verify, .serveNotice, .startMoving, .recordRefusal], .arrears, .civil)
    #expect(civil.actions().contains(.sue) && !civil.actions().contains(.applyToCourt))
    let demanded = try Walked.at(
      [.verify, .serveNotice, .hear, .decide, .startMoving, .recordRefusal, .demand], .lent,
      .administrative)
    #expect(demanded.actions().contains(.applyToCourt) && !demanded.actions().contains(.sue))
  }

  @Test func twoPeopleVerifyClearDecideAndCloseAndNothingElse() {
    let two: Set<CaseAction> = [.verify, .dismiss, .withdraw, .decide, .revokeDecision, .close]
    for step in CaseWorkflow.transitions {
      #expect(step.needsSecondPerson == two.contains(step.action))
      #expect(!step.needsSecondPerson || step.permission == .approveCases)
    }
    #expect(Role.holding(.approveCases).count > 1)
  }

  @Test func whatWasSubletIsReturnedNeverCorrected() throws {
    for nature in [ExitNature.sublet, .lent, .deceit] {
      let noticed = try Walked.at([.verify, .serveNotice], nature, .administrative)
      #expect(!noticed.actions().contains(.correct))
    }
    #expect(
      try Walked.at([.verify, .serveNotice], .arrears, .civil).actions().contains(.correct))
  }

  @Test func aPauseGoesOnWhereItBegan() throws {
    for before in [
      [CaseAction.verify, .serveNotice, .startMoving],
      [.verify, .serveNotice, .startMoving, .recordRefusal],
    ] {
      for pause in [CaseAction.suspend, .agree] {
        var walked = try Walked.at(before, .arrears, .civil)
        let state = walked.state
        try walked.take(pause)
        #expect(walked.next.filter { $0.action == .resume }.map(\.to) == [state])
        try walked.take(.resume)
        #expect(walked.state == state)
      }
    }
  }

  @Test func theLastStepIsTakenBackAndNoneThatTwoPeopleTook() throws {
    var walked = try Walked.at(
      [.verify, .serveNotice, .startMoving, .recordRefusal], .arrears, .civil)
    try walked.take(.takeBack)
    #expect(walked.state == .moving)
    try walked.take(.takeBack)
    try walked.take(.takeBack)
    #expect(walked.state == .verified && !walked.actions().contains(.takeBack))
    var closed = try Walked.at(
      [.verify, .serveNotice, .startMoving, .vacate, .close], .arrears, .civil)
    #expect(closed.actions() == [.reopen])
    try closed.take(.reopen)
    #expect(closed.state == .verified && !closed.actions().contains(.takeBack))
  }

  @Test func clearedCasesAreVerifiedOnes() {
    for state in CaseState.allCases where state.isCleared { #expect(state.isVerified) }
    #expect(CaseState.allCases.filter { !$0.isVerified } == [.suspected, .unfounded, .withdrawn])
  }

  @Test func theAnnexListsFourNatures() {
    #expect(ExitNature.allCases.compactMap(\.annexMark) == ["①A", "①B", "②", "③"])
    #expect(ExitNature.sublet.markedTitle == "②转租")
    #expect(ExitNature.vacant.markedTitle == "闲置")
  }
}

@Suite struct CaseStepRuleTests {
  private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

  @Test func aDayIsNotBeforeItsPredecessor() throws {
    let rules = CaseStepRules(
      dates: [.discovered: try day("2021-06-10"), .noticed: try day("2021-06-20")],
      today: try day("2021-07-01"))
    #expect(rules.problem(.noticed, try day("2021-06-09")) != nil)
    #expect(rules.problem(.noticed, try day("2021-06-10")) == nil)
    #expect(rules.problem(.decided, try day("2021-06-19")) != nil)
    #expect(rules.problem(.decided, try day("2021-07-02")) == "决定日期不能晚于今天，请核对")
    #expect(rules.problem(.movesBy, try day("2021-07-20")) == nil)
    let others = [CaseDate.decisionServed: try day("2021-06-30")]
    #expect(rules.problem(.movesBy, try day("2021-06-29"), with: others) != nil)
  }

  @Test func nothingIsDecidedBeforeThePartyCouldBeHeard() throws {
    func missing(_ dates: [CaseDate: String], today: String) throws -> [String] {
      try CaseStepRules(
        dates: try dates.mapValues(day), today: try day(today)
      ).missing(.decide)
    }
    #expect(try missing([:], today: "2021-07-01") == ["还没有记录陈述申辩"])
    #expect(try missing([.answerBy: "2021-07-01"], today: "2021-07-01").count == 1)
    #expect(try missing([.answerBy: "2021-07-01"], today: "2021-07-02").isEmpty)
    #expect(
      try missing([.answerBy: "2021-07-09", .heard: "2021-06-30"], today: "2021-07-01").isEmpty)
  }

  @Test func refusalWaitsForTheLastDay() throws {
    let rules = CaseStepRules(
      dates: [.movesBy: try day("2021-07-15")], today: try day("2021-07-15"))
    #expect(rules.missing(.recordRefusal).count == 1)
  }

  @Test func everyStepAsksForSomethingAndKnowsItsFields() {
    for action in CaseAction.allCases {
      for nature in ExitNature.allCases {
        for route in CaseRoute.allCases {
          let fields = CaseStepTable.fields(
            action, ground: .of(nature), route: route, isInHardship: true)
          #expect(fields.contains { $0.isRequired })
          #expect(Set(fields.map(\.name)).count == fields.count)
          #expect(fields.contains(CaseStepTable.hardshipReason) == action.isHard)
          let known = Set(CaseStepTable.known(action).map(\.name))
          #expect(fields.allSatisfy { known.contains($0.name) })
        }
      }
    }
  }

  @Test func aGroundThatNoArticleNamesCitesALocalRule() {
    for nature in ExitNature.allCases {
      let ground = ExitGround.of(nature)
      #expect(ground.needsLocalRule == ground.articles.isEmpty)
      let rule = CaseStepTable.fields(.verify, ground: ground, route: nil)
        .first { $0.name == "local_rule" }
      #expect(rule?.isRequired == ground.needsLocalRule)
    }
    #expect(ExitGround.of(.overLimit).needsLocalRule)
  }
}
