/// One permitted step of a case.
public typealias CaseTransition = WorkflowTransition<CaseState, CaseAction>

/// The one table of how a case moves (问题（整改）清单, 立案到销号). Proposing a step that a second person
/// approves needs ``Permission/workCases``.
///
/// Source: 清建〔2021〕35号, second stage, 2; 《公共租赁住房管理办法》 (住建部令第11号) arts. 27, 29 and 31 for the
/// moving period, market rent and lawsuits; 《行政强制法》 arts. 53 and 54 for the demand letter before
/// compulsory enforcement.
public enum CaseWorkflow: Workflow {
  public static let initial = CaseState.suspected

  public static let transitions: [CaseTransition] = [
    approved(.suspected, .verify, .verified),
    approved(.suspected, .dismiss, .unfounded),
    step(.verified, .serveNotice, .noticed, .workCases),
    step(.noticed, .startMoving, .moving, .workCases),
    step(.noticed, .correct, .corrected, .workCases),
    step(.noticed, .recordRefusal, .refused, .workCases),
    step(.moving, .vacate, .vacated, .workCases),
    step(.moving, .chargeMarketRent, .marketRent, .workCases),
    step(.moving, .recordRefusal, .refused, .workCases),
    step(.marketRent, .vacate, .vacated, .workCases),
    step(.refused, .demand, .demanded, .workCases),
    step(.demanded, .applyToCourt, .court, .workCases),
    step(.demanded, .sue, .lawsuit, .workCases),
    step(.court, .vacate, .vacated, .workCases),
    step(.lawsuit, .vacate, .vacated, .workCases),
    approved(.corrected, .close, .closed),
    approved(.vacated, .close, .closed),
    // What was verified stays verified; what was found untrue is a suspicion again.
    step(.closed, .reopen, .verified, .approveCases),
    step(.unfounded, .reopen, .suspected, .approveCases),
  ]

  /// Whether a case of this nature may take the step.
  public static func applies(_ transition: CaseTransition, to nature: ExitNature) -> Bool {
    transition.action != .correct || nature.canBeCorrected
  }

  public static func isFinal(_ state: CaseState) -> Bool { state.isClosed }

  private static func approved(
    _ from: CaseState, _ action: CaseAction, _ to: CaseState
  ) -> CaseTransition {
    step(from, action, to, .approveCases, needsSecondPerson: true)
  }
}
