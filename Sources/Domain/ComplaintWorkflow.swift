/// One permitted step of a complaint. Its required text is written for the citizen.
public typealias ComplaintTransition = WorkflowTransition<ComplaintState, ComplaintAction>

/// The one table of how a complaint moves.
///
/// A citizen asks to reopen by a message; staff decide. Complaints of misconduct belong to inspectors,
/// who never write, so no step here applies to them.
public enum ComplaintWorkflow: Workflow {
  public static let initial = ComplaintState.received

  public static let transitions: [ComplaintTransition] = [
    step(.received, .accept, .accepted, .handleComplaints),
    step(.received, .decline, .notAccepted, .handleComplaints, text: "不予受理的理由"),
    step(.accepted, .finish, .finished, .finishComplaints, text: "办理结果"),
    step(.notAccepted, .reopen, .accepted, .handleComplaints, text: "重新办理的理由"),
    step(.finished, .reopen, .accepted, .handleComplaints, text: "重新办理的理由"),
  ]

  /// Whether a complaint of this kind may take the step: none of misconduct may.
  public static func applies(_ transition: ComplaintTransition, to kind: ComplaintKind) -> Bool {
    !kind.isForInspectorsOnly
  }

  public static func isFinal(_ state: ComplaintState) -> Bool { state.isAnswered }
}
