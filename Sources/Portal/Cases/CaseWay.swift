import Domain

/// The way of one case: the states it has been in, the one it is in, and the shortest way that is
/// left to its end, as the workflow allows it.
struct CaseWay {
  let past: [CaseState]
  let current: CaseState
  let ahead: [CaseState]

  init(state: CaseState, nature: ExitNature, events: [CaseEventLine]) {
    var states: [CaseState] = []
    for state in events.flatMap({ [$0.from, $0.to] }).compactMap({ $0 }) where states.last != state
    {
      states.append(state)
    }
    if states.last == state { states.removeLast() }
    past = states.isEmpty && state != CaseWorkflow.initial ? [CaseWorkflow.initial] : states
    current = state
    ahead = Self.shortest(from: state, nature: nature)
  }

  /// Breadth first to 已销号. Whoever has to leave goes by way of leaving, not of putting it right.
  private static func shortest(from state: CaseState, nature: ExitNature) -> [CaseState] {
    guard !state.isClosed else { return [] }
    var ways: [[CaseState]] = [[]]
    var seen: Set<CaseState> = [state]
    while !ways.isEmpty {
      let way = ways.removeFirst()
      for step in CaseWorkflow.next(from: way.last ?? state, of: nature)
      where step.action != .dismiss && (step.action != .correct || nature.annexMark == nil) {
        guard seen.insert(step.to).inserted else { continue }
        if step.to == .closed { return way + [step.to] }
        ways.append(way + [step.to])
      }
    }
    return []
  }
}
