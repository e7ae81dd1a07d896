/// A step of a release after it was prepared.
public enum ReleaseAction: String, WorkflowAction, Codable {
  case publish
  case discard

  /// The words on the button.
  public var title: String {
    switch self {
    case .publish: "发布"
    case .discard: "作废"
    }
  }
}

/// The one table of how a release of figures moves (动态公布). What is public stays so: newer figures take
/// its place.
public enum ReleaseWorkflow: Workflow {
  public static let initial = ReleaseState.prepared

  public static let transitions: [WorkflowTransition<ReleaseState, ReleaseAction>] = [
    step(.prepared, .publish, .published, .publishRelease, needsSecondPerson: true),
    step(.prepared, .discard, .discarded, .prepareRelease),
  ]

  public static func isFinal(_ state: ReleaseState) -> Bool { state != .prepared }
}
