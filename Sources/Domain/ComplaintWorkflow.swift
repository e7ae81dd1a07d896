/// One permitted step of a complaint.
public struct ComplaintTransition: Hashable, Sendable {
  public let from: ComplaintState
  public let action: ComplaintAction
  public let to: ComplaintState
  public let permission: Permission
  /// What must be written for the citizen, as the label of its field; nil when nothing has to be.
  public let requiredText: String?
}

/// The one table of how a complaint moves.
///
/// A citizen asks to reopen by a message; staff decide. Complaints of misconduct belong to inspectors,
/// who never write, so no step here applies to them.
public enum ComplaintWorkflow {
  public static let initial = ComplaintState.received

  /// Every step there is; what is not listed cannot happen.
  public static let transitions: [ComplaintTransition] = [
    step(.received, .accept, .accepted, .handleComplaints, nil),
    step(.received, .decline, .notAccepted, .handleComplaints, "不予受理的理由"),
    step(.accepted, .finish, .finished, .finishComplaints, "办理结果"),
    step(.notAccepted, .reopen, .accepted, .handleComplaints, "重新办理的理由"),
    step(.finished, .reopen, .accepted, .handleComplaints, "重新办理的理由"),
  ]

  /// The steps that a complaint may take now; none for misconduct.
  public static func next(
    from state: ComplaintState, kind: ComplaintKind
  ) -> [ComplaintTransition] {
    kind.isForInspectorsOnly ? [] : transitions.filter { $0.from == state }
  }

  /// The step that an action means here; nil when the table has none.
  public static func transition(
    from state: ComplaintState, action: ComplaintAction, kind: ComplaintKind
  ) -> ComplaintTransition? {
    next(from: state, kind: kind).first { $0.action == action }
  }

  /// The table as a Mermaid state diagram, for the documentation.
  public static var diagram: String {
    var lines = ["stateDiagram-v2", "  [*] --> \(initial.rawValue)"]
    lines += ComplaintState.allCases.map { "  \($0.rawValue): \($0.rawValue) \($0.title)" }
    lines += transitions.map {
      "  \($0.from.rawValue) --> \($0.to.rawValue): \($0.action.title)"
    }
    lines += ComplaintState.allCases.filter(\.isAnswered).map { "  \($0.rawValue) --> [*]" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func step(
    _ from: ComplaintState, _ action: ComplaintAction, _ to: ComplaintState,
    _ permission: Permission, _ requiredText: String?
  ) -> ComplaintTransition {
    ComplaintTransition(
      from: from, action: action, to: to, permission: permission, requiredText: requiredText)
  }
}
