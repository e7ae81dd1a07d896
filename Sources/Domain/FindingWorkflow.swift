/// The one table of how a finding moves (疑点).
///
/// The portal's own steps follow from evidence, whenever rules run, the register changes or a bureau
/// delivers. What somebody dismissed stays dismissed as long as the evidence says the same; what lapsed
/// nobody has judged, so that it opens again by itself and not by a button. ``FindingAction/found`` and
/// ``FindingAction/released`` are entries of the history that move nothing.
public enum FindingWorkflow: Workflow {
  public static let initial = FindingState.open

  public static let transitions: [WorkflowTransition<FindingState, FindingAction>] = [
    step(.open, .dismissed, .dismissed, .workFindings, text: "排除的原因"),
    step(.open, .confirmed, .confirmed, .workFindings),
    step(.open, .lapsed, .lapsed, .workFindings, by: .portal),
    step(.open, .changed, .open, .workFindings, by: .portal),
    step(.dismissed, .reopened, .open, .workFindings, text: "原因", by: .either),
    step(.confirmed, .changed, .confirmed, .workFindings, by: .portal),
    step(.lapsed, .reopened, .open, .workFindings, by: .portal),
    // The case that it became part of was taken back, by two people.
    step(.confirmed, .reopened, .open, .approveCases, text: "原因", by: .portal),
  ]

  public static func isFinal(_ state: FindingState) -> Bool { state != .open }
}
