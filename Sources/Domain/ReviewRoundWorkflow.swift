/// Whether a review round (资格复核) still takes answers.
public enum ReviewRoundState: String, WorkflowState, Codable {
  case open
  case closed

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .open: "进行中"
    case .closed: "已结束"
    }
  }
}

/// A step of a review round.
public enum ReviewRoundAction: String, WorkflowAction, Codable {
  case changeDues = "dues"
  case close

  /// The words on the button.
  public var title: String {
    switch self {
    case .changeDues: "修改期限"
    case .close: "结束本轮"
    }
  }
}

/// The one table of how a review round moves. Closing asks for a reason only while checks are open, which
/// the round itself knows; a closed round is never opened again.
public enum ReviewRoundWorkflow: Workflow {
  public static let initial = ReviewRoundState.open

  public static let transitions: [WorkflowTransition<ReviewRoundState, ReviewRoundAction>] = [
    step(.open, .changeDues, .open, .runReviews),
    step(.open, .close, .closed, .runReviews),
  ]

  public static func isFinal(_ state: ReviewRoundState) -> Bool { state == .closed }
}
