import Domain

/// What the demo says of one household's case: where it stands and how it came there.
struct DemoCase {
  struct Step {
    let transition: CaseTransition
    let day: Day
  }

  let ordinal: Int
  let nature: ExitNature
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
    openedOn = Self.firstDay + random.int(0..<36)
    var steps: [Step] = []
    var (state, day) = (CaseWorkflow.initial, openedOn)
    for action in Self.actions(to: target, byCorrection: byCorrection) {
      day = min(day + random.int(2..<11), Self.lastDay)
      guard
        let transition = CaseWorkflow.transition(from: state, action: action, of: nature)
      else { break }
      steps.append(Step(transition: transition, day: day))
      state = transition.to
    }
    self.steps = steps
  }

  private static let firstDay = Day(number: 18_790)  // 2021-06-12
  private static let lastDay = DemoCalendar.planDay - 1

  /// Every state, as often as a county in the middle of its campaign would show it.
  private static let states: [CaseState] = [
    .closed, .vacated, .moving, .noticed, .suspected, .closed, .verified, .vacated, .closed,
    .corrected, .marketRent, .moving, .closed, .unfounded, .noticed, .vacated, .refused, .closed,
    .suspected, .moving, .demanded, .closed, .vacated, .verified, .court, .closed, .noticed,
    .vacated, .lawsuit, .closed, .moving, .corrected, .suspected, .closed, .verified, .vacated,
    .unfounded, .marketRent, .closed, .noticed,
  ]

  private static let natures: [ExitNature] =
    Array(repeating: .purchasedHome, count: 34) + Array(repeating: .overLimit, count: 22)
    + Array(repeating: .sublet, count: 20) + Array(repeating: .lent, count: 12)
    + Array(repeating: .vacant, count: 7) + Array(repeating: .arrears, count: 5)

  private static let correctable: [ExitNature] = [.vacant, .arrears, .arrears, .overLimit]

  private static func actions(to state: CaseState, byCorrection: Bool) -> [CaseAction] {
    let noticed: [CaseAction] = [.verify, .serveNotice]
    let moving = noticed + [.startMoving]
    let demanded = noticed + [.recordRefusal, .demand]
    switch state {
    case .suspected: return []
    case .unfounded: return [.dismiss]
    case .verified: return [.verify]
    case .noticed: return noticed
    case .moving: return moving
    case .marketRent: return moving + [.chargeMarketRent]
    case .corrected: return noticed + [.correct]
    case .refused: return noticed + [.recordRefusal]
    case .demanded: return demanded
    case .court: return demanded + [.applyToCourt]
    case .lawsuit: return demanded + [.sue]
    case .vacated: return moving + [.vacate]
    case .closed: return byCorrection ? noticed + [.correct, .close] : moving + [.vacate, .close]
    }
  }
}
