/// Where an import stands. The raw value is the text stored in SQL.
public enum ImportState: String, WorkflowState, Codable {
  /// The same file was imported before; it waits for somebody to say that it is to be checked again.
  case repeated
  case uploaded, checking
  /// Waits for somebody to confirm it, or to mend the file.
  case checked
  case confirmed, committing, done
  case failed, cancelled
  case undoAsked = "undo_asked"
  case undoing, undone

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .repeated: "重复的文件"
    case .uploaded: "等待检查"
    case .checking: "正在检查"
    case .checked: "待确认"
    case .confirmed: "等待写入"
    case .committing: "正在写入"
    case .done: "已导入"
    case .failed: "未能导入"
    case .cancelled: "已取消"
    case .undoAsked: "等待撤销"
    case .undoing: "正在撤销"
    case .undone: "已撤销"
    }
  }

  /// Whether the portal has something to do, so that the page is looked at again soon.
  public var isBusy: Bool { ImportWorkflow.next(from: self).contains { $0.taker == .portal } }

  /// Whether it can still be given up without a trace in the register.
  public var mayBeCancelled: Bool {
    ImportWorkflow.transition(from: self, action: .cancel) != nil
  }

  /// Whether its file counts when the same file comes again.
  public var holdsFile: Bool {
    switch self {
    case .failed, .cancelled, .undone: false
    default: true
    }
  }
}
