/// One permitted step of a case.
public struct CaseTransition: Hashable, Sendable {
  public let from: CaseState
  public let action: CaseAction
  public let to: CaseState
  /// What whoever completes the step must hold. Where a second person is needed that is the one who
  /// approves; proposing needs ``Permission/workCases``.
  public let permission: Permission
  /// Whether somebody other than the one who proposed it must approve.
  public let needsSecondPerson: Bool

  /// Whether a case of this nature may take the step.
  public func applies(to nature: ExitNature) -> Bool {
    action != .correct || nature.canBeCorrected
  }
}

/// The one table of how a case moves (问题（整改）清单, 立案到销号).
///
/// Source: 清建〔2021〕35号, second stage, 2; 《公共租赁住房管理办法》 (住建部令第11号) arts. 27, 29 and 31 for the
/// moving period, market rent and lawsuits; 《行政强制法》 arts. 53 and 54 for the demand letter before
/// compulsory enforcement.
public enum CaseWorkflow {
  public static let initial = CaseState.suspected

  /// Every step there is; what is not listed cannot happen.
  public static let transitions: [CaseTransition] = [
    approved(.suspected, .verify, .verified),
    approved(.suspected, .dismiss, .unfounded),
    step(.verified, .serveNotice, .noticed),
    step(.noticed, .startMoving, .moving),
    step(.noticed, .correct, .corrected),
    step(.noticed, .recordRefusal, .refused),
    step(.moving, .vacate, .vacated),
    step(.moving, .chargeMarketRent, .marketRent),
    step(.moving, .recordRefusal, .refused),
    step(.marketRent, .vacate, .vacated),
    step(.refused, .demand, .demanded),
    step(.demanded, .applyToCourt, .court),
    step(.demanded, .sue, .lawsuit),
    step(.court, .vacate, .vacated),
    step(.lawsuit, .vacate, .vacated),
    approved(.corrected, .close, .closed),
    approved(.vacated, .close, .closed),
    // What was verified stays verified; what was found untrue is a suspicion again.
    step(.closed, .reopen, .verified, .approveCases),
    step(.unfounded, .reopen, .suspected, .approveCases),
  ]

  /// The steps that a case may take now, in the order of the table.
  public static func next(from state: CaseState, nature: ExitNature) -> [CaseTransition] {
    transitions.filter { $0.from == state && $0.applies(to: nature) }
  }

  /// The step that an action means here; nil when the table has none, or none for this nature.
  public static func transition(
    from state: CaseState, action: CaseAction, nature: ExitNature
  ) -> CaseTransition? {
    next(from: state, nature: nature).first { $0.action == action }
  }

  /// The table as a Mermaid state diagram, for the documentation.
  public static var diagram: String {
    var lines = ["stateDiagram-v2", "  [*] --> \(initial.rawValue)"]
    lines += CaseState.allCases.map { "  \($0.rawValue): \($0.rawValue) \($0.title)" }
    lines += transitions.map { transition in
      let second = transition.needsSecondPerson ? "（须第二人审批）" : ""
      return "  \(transition.from.rawValue) --> \(transition.to.rawValue): "
        + transition.action.title + second
    }
    lines += CaseState.allCases.filter(\.isClosed).map { "  \($0.rawValue) --> [*]" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func step(
    _ from: CaseState, _ action: CaseAction, _ to: CaseState, _ permission: Permission = .workCases
  ) -> CaseTransition {
    CaseTransition(
      from: from, action: action, to: to, permission: permission, needsSecondPerson: false)
  }

  private static func approved(
    _ from: CaseState, _ action: CaseAction, _ to: CaseState
  ) -> CaseTransition {
    CaseTransition(
      from: from, action: action, to: to, permission: .approveCases, needsSecondPerson: true)
  }
}
