/// A step of a delivery: what the bureau asks for, and how the portal's work on it goes.
public enum DeliveryAction: String, WorkflowAction, Codable {
  case confirm
  /// Its answers are laid once more beside those in force.
  case assess
  case cancel
  /// What was begun is done.
  case finish
  /// It cannot be matched: nothing of it is kept.
  case fail
  /// The portal was stopped or hindered, and has left nothing: it waits again to be confirmed.
  case giveBack = "give_back"
  /// It was wrong: its answers leave force, and those before them return.
  case withdraw

  /// The words on the button, or for what the portal does.
  public var title: String {
    switch self {
    case .confirm: "确认生效"
    case .assess: "重新比较"
    case .cancel: "放弃"
    case .finish: "完成"
    case .fail: "未完成"
    case .giveBack: "退回"
    case .withdraw: "撤回"
    }
  }
}

/// The one table of how a delivery moves. An answer given on screen is in force at once: it begins at
/// `done`. Confirming asks for a reason where answers differ from the bureau's own earlier ones, which the
/// delivery itself knows.
public enum DeliveryWorkflow: Workflow {
  public static let initial = DeliveryState.matching

  public static let transitions: [WorkflowTransition<DeliveryState, DeliveryAction>] = [
    step(.matching, .finish, .matched, .answerChecks, by: .portal),
    step(.matching, .fail, .failed, .answerChecks, by: .portal),
    // Where it had been matched before, and was only laid beside the answers in force.
    step(.matching, .giveBack, .matched, .answerChecks, by: .portal),
    step(.matching, .cancel, .cancelled, .answerChecks),
    step(.matched, .confirm, .committing, .answerChecks),
    step(.matched, .assess, .matching, .answerChecks),
    step(.matched, .cancel, .cancelled, .answerChecks),
    step(.committing, .finish, .done, .answerChecks, by: .portal),
    step(.committing, .giveBack, .matched, .answerChecks, by: .portal),
    step(.committing, .cancel, .cancelled, .answerChecks),
    // Asked for by the bureau or the lead, decided by the other; the reason stands with the asking.
    step(.done, .withdraw, .withdrawn, .approveWithdrawals, needsSecondPerson: true),
  ]

  public static func isFinal(_ state: DeliveryState) -> Bool {
    [.done, .withdrawn, .failed, .cancelled].contains(state)
  }
}
