/// One permitted step of a case.
public typealias CaseTransition = WorkflowTransition<CaseState, CaseAction>

/// What of a case decides which steps it may take.
public struct CaseSubject: Hashable, Sendable {
  public let nature: ExitNature
  /// Nil until it is verified.
  public let route: CaseRoute?
  /// Where it stood before it came to where it stands, and by which step; nil at its beginning.
  public let last: CaseMove?

  public init(nature: ExitNature, route: CaseRoute?, last: CaseMove?) {
    self.nature = nature
    self.route = route
    self.last = last
  }
}

/// How a case came from one state to the next.
public struct CaseMove: Hashable, Sendable {
  public let from: CaseState
  public let action: CaseAction

  public init(from: CaseState, action: CaseAction) {
    self.from = from
    self.action = action
  }
}

/// The one table of how a case moves (问题（整改）清单, 立案到销号), with the ways on which each step lies.
///
/// Where a step needs a second person, one proposes it (``Permission/workCases``) and another approves it
/// (``Permission/approveCases``). Any other step that moves a case can be taken back with a reason as long as nothing
/// followed: ``CaseAction/takeBack``.
///
/// Source: 清建〔2021〕35号, second stage, 2; 《公共租赁住房管理办法》 (住建部令第11号) arts. 27, 29, 31, 35;
/// 《行政处罚法》 arts. 44, 45 for being heard; 《行政强制法》 arts. 39, 40, 42, 53, 54 for suspension, agreement, demand
/// and application.
public enum CaseWorkflow: Workflow {
  public static let initial = CaseState.suspected

  public static let transitions: [CaseTransition] = rows.map(\.transition) + takingBack

  /// Without what is only taken back.
  public static let drawn: [CaseTransition] = rows.map(\.transition)

  private struct Row: Sendable {
    let transition: CaseTransition
    let routes: Set<CaseRoute>
  }

  private static let decision: Set<CaseRoute> = [.administrative, .agreement]

  /// Where the home is still to be handed back.
  private static let waiting: [CaseState] = [
    .verified, .noticed, .decided, .moving, .refused, .demanded, .court, .lawsuit, .marketRent,
    .suspended, .agreed,
  ]

  /// Where the way may stand still.
  private static let pausable: [CaseState] = [.moving, .refused, .demanded, .court, .lawsuit]

  private static let rows: [Row] =
    [
      approved(.suspected, .verify, .verified),
      approved(.suspected, .dismiss, .unfounded),
      approved(.suspected, .withdraw, .withdrawn),
      approved(.verified, .withdraw, .withdrawn),
      row(.verified, .serveNotice, .noticed),
      row(.noticed, .hear, .noticed),
      approved(.noticed, .dismiss, .unfounded),
      row(.noticed, .correct, .corrected),
      approved(.noticed, .decide, .decided, on: decision),
      row(.noticed, .startMoving, .moving, on: [.civil]),
      row(.noticed, .recordRefusal, .refused, on: [.civil]),
      row(.decided, .startMoving, .moving, on: decision),
      row(.moving, .extendMoving, .moving),
      row(.moving, .correct, .corrected),
      row(.moving, .chargeMarketRent, .marketRent, on: [.civil]),
      row(.moving, .recordRefusal, .refused),
      row(.marketRent, .reviewMarketRent, .marketRent, on: [.civil]),
      row(.marketRent, .recordRefusal, .refused, on: [.civil]),
      row(.refused, .demand, .demanded),
      row(.refused, .sue, .lawsuit, on: [.civil]),
      row(.demanded, .sue, .lawsuit, on: [.civil]),
      row(.demanded, .applyToCourt, .court, on: decision),
      row(.lawsuit, .recordRuling, .lawsuit, on: [.civil]),
      row(.lawsuit, .applyToCourt, .court, on: [.civil]),
      row(.court, .recordRuling, .court),
      row(.court, .courtDeclined, .refused),
      row(.lawsuit, .courtDeclined, .refused, on: [.civil]),
      approved(.court, .dismiss, .unfounded),
      approved(.lawsuit, .dismiss, .unfounded, on: [.civil]),
    ]
    + [.decided, .moving, .refused, .demanded].flatMap { (state: CaseState) in
      [
        row(state, .contest, state, on: decision),
        approved(state, .revokeDecision, .verified, on: decision),
      ]
    }
    + pausable.flatMap { state in
      [row(state, .suspend, .suspended), row(state, .agree, .agreed)]
    }
    + [.suspended, .agreed].flatMap { (paused: CaseState) in
      pausable.map { row(paused, .resume, $0) }
    }
    + [row(.agreed, .correct, .corrected)]
    + waiting.map { row($0, .vacate, .vacated) }
    + [
      approved(.corrected, .close, .closed), approved(.vacated, .close, .closed),
      // What was verified stays verified; what was found untrue is a suspicion again.
      Row(
        transition: step(.closed, .reopen, .verified, .approveCases, text: "原因"),
        routes: Set(CaseRoute.allCases)),
      Row(
        transition: step(.unfounded, .reopen, .suspected, .approveCases, text: "原因"),
        routes: Set(CaseRoute.allCases)),
    ]

  /// Every step back that there can be; ``applies(_:to:)`` leaves the one that was taken last.
  private static let takingBack: [CaseTransition] = rows.map(\.transition)
    .filter { $0.from != $0.to && !$0.needsSecondPerson && $0.action != .resume }
    .filter { $0.action != .reopen }
    .reduce(into: []) { found, forth in
      let back = step(forth.to, .takeBack, forth.from, .workCases, text: "原因")
      if !found.contains(back) { found.append(back) }
    }

  private static let routes = Dictionary(
    rows.map { ($0.transition, $0.routes) }, uniquingKeysWith: { first, _ in first })

  /// Whether a case of this nature, on its way and with its last step, may take the step.
  public static func applies(_ transition: CaseTransition, to subject: CaseSubject) -> Bool {
    if transition.action == .takeBack {
      guard let last = subject.last, last.from == transition.to else { return false }
      return drawn.contains {
        $0.from == last.from && $0.action == last.action && $0.to == transition.from
          && !$0.needsSecondPerson && ![.reopen, .resume].contains($0.action)
      }
    }
    if transition.action == .resume, subject.last?.from != transition.to { return false }
    if transition.action == .correct, !subject.nature.canBeCorrected { return false }
    guard let routes = routes[transition] else { return false }
    // Before a way is chosen every step is on all of them.
    return subject.route.map(routes.contains) ?? (routes.count == CaseRoute.allCases.count)
  }

  public static func isFinal(_ state: CaseState) -> Bool { state.isClosed }

  private static func row(
    _ from: CaseState, _ action: CaseAction, _ to: CaseState,
    on routes: Set<CaseRoute> = Set(CaseRoute.allCases)
  ) -> Row {
    Row(transition: step(from, action, to, .workCases), routes: routes)
  }

  private static func approved(
    _ from: CaseState, _ action: CaseAction, _ to: CaseState,
    on routes: Set<CaseRoute> = Set(CaseRoute.allCases)
  ) -> Row {
    Row(
      transition: step(from, action, to, .approveCases, needsSecondPerson: true), routes: routes)
  }
}
