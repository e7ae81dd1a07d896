import Domain

/// What the demo says of one household's case: where it stands and how it came there.
struct DemoCase {
  struct Step {
    let transition: CaseTransition
    let day: Day
  }

  let ordinal: Int
  let nature: ExitNature
  let route: CaseRoute
  let openedOn: Day
  let steps: [Step]

  var state: CaseState { steps.last?.transition.to ?? CaseWorkflow.initial }
  var stateSince: Day { steps.last?.day ?? openedOn }

  /// The day on which the home came back or the matter was put right, if it did.
  var clearedOn: Day? {
    steps.last { $0.transition.to == .vacated || $0.transition.to == .corrected }?.day
  }

  /// The day on which the household moved out, if it did.
  var vacatedOn: Day? { steps.last { $0.transition.to == .vacated }?.day }

  init(ordinal: Int, random: inout DemoRandom) {
    self.ordinal = ordinal
    let target = Self.states[ordinal % Self.states.count]
    let byCorrection = target == .corrected || (target == .closed && ordinal % 3 == 0)
    nature = random.pick(byCorrection ? Self.correctable : Self.natures)
    let ground = ExitGround.of(nature)
    route = ground.route
    openedOn = Self.firstDay + random.int(0..<36)
    var steps: [Step] = []
    var trail = CaseTrail()
    var (state, day) = (CaseWorkflow.initial, openedOn)
    for action in Self.actions(to: target, byCorrection: byCorrection, on: ground.route) {
      day = min(day + random.int(2..<11), Self.lastDay)
      let subject = CaseSubject(
        nature: nature, route: steps.isEmpty ? nil : route, last: trail.last)
      guard
        let transition = CaseWorkflow.transition(from: state, action: action, of: subject)
      else { break }
      steps.append(Step(transition: transition, day: day))
      trail.add(action: action, from: state, to: transition.to)
      state = transition.to
    }
    self.steps = steps
  }

  /// What a step said, as the portal would have stored it: the days that it has to say.
  func details(_ step: Step, moved: (Day) -> Day) -> [String: String] {
    var said: [String: String] = [:]
    for field in CaseStepTable.fields(step.transition.action, ground: .of(nature), route: route) {
      switch field.kind {
      case .pastDay: said[field.name] = moved(step.day).iso
      case .futureDay: said[field.name] = moved(step.day + 15).iso
      case .choice(let choices):
        said[field.name] = field.name == "route" ? route.rawValue : choices.first?.code
      case .count: said[field.name] = "2"
      case .line, .paragraph, .personal, .amount: break
      }
    }
    return said
  }

  private static let firstDay = Day(number: 18_790)  // 2021-06-12
  private static let lastDay = DemoCalendar.planDay - 1

  /// Every state, as often as a county in the middle of its campaign would show it.
  private static let states: [CaseState] = [
    .closed, .vacated, .moving, .noticed, .suspected, .closed, .verified, .vacated, .closed,
    .corrected, .marketRent, .decided, .closed, .unfounded, .noticed, .vacated, .refused, .closed,
    .suspected, .moving, .demanded, .closed, .vacated, .verified, .court, .closed, .noticed,
    .vacated, .lawsuit, .closed, .agreed, .corrected, .suspected, .closed, .verified, .vacated,
    .unfounded, .suspended, .closed, .noticed,
  ]

  private static let natures: [ExitNature] =
    Array(repeating: .purchasedHome, count: 34) + Array(repeating: .overLimit, count: 22)
    + Array(repeating: .sublet, count: 20) + Array(repeating: .lent, count: 12)
    + Array(repeating: .vacant, count: 7) + Array(repeating: .arrears, count: 5)

  private static let correctable: [ExitNature] = [.vacant, .arrears, .arrears, .overLimit]

  /// The way to a state; what a way does not know (a lawsuit after a written decision) is what stands in its place.
  private static func actions(
    to state: CaseState, byCorrection: Bool, on route: CaseRoute
  ) -> [CaseAction] {
    let noticed: [CaseAction] = [.verify, .serveNotice]
    let decided = noticed + (route == .civil ? [] : [.hear, .decide])
    let moving = decided + [.startMoving]
    let refused = moving + [.recordRefusal]
    let court = refused + (route == .civil ? [.sue] : [.demand, .applyToCourt])
    switch state {
    case .suspected: return []
    case .unfounded: return [.dismiss]
    case .withdrawn: return [.withdraw]
    case .verified: return [.verify]
    case .noticed: return noticed
    case .decided: return decided
    case .moving: return moving
    case .marketRent: return moving + [.chargeMarketRent]
    case .corrected: return noticed + [.correct]
    case .refused: return refused
    case .demanded: return refused + [.demand]
    case .court, .lawsuit: return court
    case .suspended: return moving + [.suspend]
    case .agreed: return moving + [.agree]
    case .vacated: return moving + [.vacate]
    case .closed: return byCorrection ? noticed + [.correct, .close] : moving + [.vacate, .close]
    }
  }
}
