import Domain

/// The way of one case: the states it has been in, the one it is in, and the way that is left to its end.
struct CaseWay {
  let past: [CaseState]
  let current: CaseState
  let ahead: [CaseState]

  /// - Parameter route: the one that it goes, or that its ground names.
  init(state: CaseState, nature: ExitNature, route: CaseRoute, trail: CaseTrail) {
    let states = trail.states
    past = states.isEmpty && state != CaseWorkflow.initial ? [CaseWorkflow.initial] : states
    current = state
    ahead = Self.ahead(of: state, nature: nature, route: route, last: trail.last)
  }

  /// The way as it is meant: told, decided, given time, left. Where it stands still, from where it goes on.
  private static func ahead(
    of state: CaseState, nature: ExitNature, route: CaseRoute, last: CaseMove?
  ) -> [CaseState] {
    if state.isClosed { return [] }
    if state.isPaused, let from = last?.from {
      return [from] + ahead(of: from, nature: nature, route: route, last: nil)
    }
    if state.isCleared { return [.closed] }
    let meant: [CaseState] =
      route == .civil
      ? [.suspected, .verified, .noticed, .moving]
      : [.suspected, .verified, .noticed, .decided, .moving]
    let hard: [CaseState] = route == .civil ? [.refused, .lawsuit] : [.refused, .demanded, .court]
    let rest =
      meant.firstIndex(of: state).map { Array(meant[($0 + 1)...]) }
      ?? hard.firstIndex(of: state).map { Array(hard[($0 + 1)...]) } ?? []
    return rest + [.vacated, .closed]
  }
}
