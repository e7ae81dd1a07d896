/// A step of an import: what people ask for, and how the portal's work on it goes.
public enum ImportAction: String, WorkflowAction, Codable {
  case checkAgain = "check_again"
  case confirm
  case cancel
  case askUndo = "ask_undo"
  /// The portal takes it up.
  case start
  /// What was begun is done.
  case finish
  /// It cannot be done: nothing of it is written, and the file does not count.
  case fail
  /// The portal was stopped or hindered, and has left nothing: it stands where it stood before.
  case giveBack = "give_back"

  /// The words on the button, or for what the portal does.
  public var title: String {
    switch self {
    case .checkAgain: "仍要检查"
    case .confirm: "确认导入"
    case .cancel: "取消导入"
    case .askUndo: "撤销导入"
    case .start: "开始"
    case .finish: "完成"
    case .fail: "未能导入"
    case .giveBack: "退回"
    }
  }
}

/// The one table of how an import moves. The program's own command begins at `committing`, for there
/// nobody is asked between the check and the writing.
public enum ImportWorkflow: Workflow {
  public static let initial = ImportState.uploaded

  public static let transitions: [WorkflowTransition<ImportState, ImportAction>] = [
    step(.repeated, .checkAgain, .uploaded, .importRegister),
    // With the rows that are hidden, or without them.
    step(.checked, .checkAgain, .uploaded, .importRegister),
    work(.uploaded, .start, .checking),
    // Whose account may not go on fails before it begins.
    work(.uploaded, .fail, .failed),
    work(.checking, .finish, .checked),
    work(.checking, .fail, .failed),
    step(.checked, .confirm, .confirmed, .importRegister),
    work(.confirmed, .start, .committing),
    work(.confirmed, .giveBack, .checked),
    work(.committing, .finish, .done),
    work(.committing, .giveBack, .checked),
    // A command's file is not kept: nobody could confirm it again.
    work(.committing, .fail, .failed),
    step(.done, .askUndo, .undoAsked, .importRegister, text: "撤销的原因"),
    work(.undoAsked, .start, .undoing),
    work(.undoAsked, .giveBack, .done),
    work(.undoing, .finish, .undone),
    work(.undoing, .giveBack, .done),
    step(.repeated, .cancel, .cancelled, .importRegister),
    step(.uploaded, .cancel, .cancelled, .importRegister),
    step(.checking, .cancel, .cancelled, .importRegister),
    step(.checked, .cancel, .cancelled, .importRegister),
    step(.confirmed, .cancel, .cancelled, .importRegister),
    step(.committing, .cancel, .cancelled, .importRegister),
  ]

  public static func isFinal(_ state: ImportState) -> Bool {
    [.done, .failed, .cancelled, .undone].contains(state)
  }

  private static func work(
    _ from: ImportState, _ action: ImportAction, _ to: ImportState
  ) -> Transition {
    step(from, action, to, .importRegister, by: .portal)
  }
}
