import Testing

@testable import Domain

/// A case that somebody works at random, as the portal would let them.
private struct Wanderer {
  let nature: ExitNature
  let ground: ExitGround
  var route: CaseRoute?
  var state = CaseWorkflow.initial
  var today: Day
  var trail = CaseTrail()
  /// The days that its steps said, as far as they hold.
  var course = CaseCourse<[CaseDate: Day]>()
  /// The days that were said since it was last verified, whatever became of them: a count of its own.
  var saidSince: Set<CaseDate> = []

  init(_ random: inout SeededGenerator) {
    nature = ExitNature.allCases.randomElement(using: &random) ?? .other
    ground = .of(nature)
    today = Day(number: 18_790) + Int.random(in: 0..<400, using: &random)
  }

  var dates: [CaseDate: Day] { course.entries.holding }

  var subject: CaseSubject { CaseSubject(nature: nature, route: route, last: trail.last) }

  /// Takes one of the steps that there are, with days that the form would take.
  mutating func step(_ random: inout SeededGenerator) {
    today = today + Int.random(in: 0..<25, using: &random)
    let rules = CaseStepRules(dates: dates, today: today)
    let next = CaseWorkflow.next(from: state, of: subject).filter {
      rules.missing($0.action).isEmpty
    }
    guard let transition = next.randomElement(using: &random) else { return }
    var said: [CaseDate: Day] = [:]
    for field in CaseStepTable.fields(transition.action, ground: ground, route: route) {
      guard let date = CaseDate(rawValue: field.name) else { continue }
      let day =
        date.isAhead
        ? today + Int.random(in: 0..<40, using: &random)
        : today - Int.random(in: 0..<3, using: &random)
      said[date] =
        rules.problem(date, day, with: said) == nil ? day : date.isAhead ? today + 40 : today
    }
    for (date, day) in said {
      #expect(rules.problem(date, day, with: said) == nil, "\(transition.action) \(date) \(day)")
    }
    take(transition, said)
  }

  private mutating func take(_ transition: CaseTransition, _ said: [CaseDate: Day]) {
    if transition.needsSecondPerson {
      #expect(transition.permission == .approveCases)
    } else {
      let ends: [CaseState] = [.closed, .unfounded, .withdrawn]
      #expect(!ends.contains(transition.to), "\(transition.action) ends a case by one person")
    }
    if transition.action == .verify { route = ground.route }
    if transition.to == .suspected { route = nil }
    if transition.action == .decide {
      #expect(saidSince.contains(.heard) || saidSince.contains(.answerBy), "\(trail.states)")
    }
    trail.add(action: transition.action, from: transition.from, to: transition.to)
    course.add(said, action: transition.action, from: transition.from, to: transition.to)
    let begins: [CaseAction] = [.verify, .reopen, .revokeDecision]
    if begins.contains(transition.action) { saidSince = [] }
    saidSince.formUnion(said.keys)
    state = transition.to
  }

  /// What holds of every case at every moment.
  func check() {
    let states = trail.states + [state]
    #expect(!state.isVerified || route == ground.route)
    #expect(!state.isCleared || state.isVerified)
    #expect(state != .corrected || nature.canBeCorrected)
    let since = states.lastIndex(of: .verified).map { Array(states[$0...]) } ?? states
    if route == .civil {
      #expect(!since.contains(.decided))
    } else if route != nil {
      #expect(!since.contains(.lawsuit) && !since.contains(.marketRent))
      // Nothing is enforced that was not decided.
      for hard in [CaseState.moving, .refused, .demanded, .court] where since.contains(hard) {
        #expect(since.contains(.decided), "\(since)")
      }
      if since.contains(.court) { #expect(since.contains(.demanded)) }
    }
    // No day of an earlier course holds, nor the day of a return that is over.
    #expect(saidSince.union([.discovered]).isSuperset(of: dates.keys), "\(since)")
    #expect((dates[.discovered] != nil) == (route != nil))
    if !state.isCleared { #expect(dates[.vacated] == nil && dates[.corrected] == nil) }
    // It can always go on, but for one that was opened by mistake.
    #expect(state == .withdrawn || !CaseWorkflow.next(from: state, of: subject).isEmpty)
  }
}

@Suite struct CaseWalkTests {
  @Test func aHundredThousandStepsHoldEveryPromise() {
    var random = SeededGenerator(seed: 20_210_812)
    var (steps, ended) = (0, 0)
    var found: [ExitNature: Int] = [:]
    var (cleared, remaining) = ([ExitNature: Int](), [ExitNature: Int]())
    while steps < 100_000 {
      var walk = Wanderer(&random)
      let length = Int.random(in: 1..<40, using: &random)
      for _ in 0..<length where walk.state != .withdrawn {
        walk.step(&random)
        walk.check()
        steps += 1
      }
      if walk.state.isClosed { ended += 1 }
      // As the annex counts.
      if CaseState.found.contains(walk.state) { found[walk.nature, default: 0] += 1 }
      if CaseState.cleared.contains(walk.state) {
        cleared[walk.nature, default: 0] += 1
      } else if walk.state.isVerified {
        remaining[walk.nature, default: 0] += 1
      }
    }
    #expect(ended > 500)
    for nature in ExitNature.allCases {
      #expect(
        found[nature, default: 0] == cleared[nature, default: 0] + remaining[nature, default: 0])
      #expect(found[nature, default: 0] > 0)
    }
  }
}
