/// What is broken in a home (报修事项).
public enum RepairKind: String, CaseIterable, Codable, Hashable, Sendable {
  case leak
  case power
  case plumbing
  case gas
  case doors
  case walls
  case fire
  case other

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .leak: "漏水、渗水"
    case .power: "电路、照明"
    case .plumbing: "给排水"
    case .gas: "燃气"
    case .doors: "门窗"
    case .walls: "墙面、地面"
    case .fire: "消防"
    case .other: "其他"
    }
  }
}

/// Where a repair note stands.
public enum RepairState: String, WorkflowState, Codable {
  case open
  case working
  case done
  case declined

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .open: "待处理"
    case .working: "维修中"
    case .done: "已修复"
    case .declined: "不予维修"
    }
  }
}

/// A step of a repair note.
public enum RepairAction: String, WorkflowAction, Codable {
  case begin
  case finish
  case decline
  case reopen

  /// The words on buttons and in histories.
  public var title: String {
    switch self {
    case .begin: "安排维修"
    case .finish: "修复完成"
    case .decline: "不予维修"
    case .reopen: "重新处理"
    }
  }
}

/// One permitted step of a repair note.
public typealias RepairTransition = WorkflowTransition<RepairState, RepairAction>

/// The one table of how a repair note is worked off by the owner of the home: of government-invested homes the housing
/// bureau.
public enum RepairWorkflow: Workflow {
  public static let initial = RepairState.open

  public static let transitions: [RepairTransition] = [
    step(.open, .begin, .working, .workRepairs),
    step(.open, .finish, .done, .workRepairs, text: "修复情况"),
    step(.working, .finish, .done, .workRepairs, text: "修复情况"),
    step(.open, .decline, .declined, .workRepairs, text: "不予维修的理由"),
    step(.working, .decline, .declined, .workRepairs, text: "不予维修的理由"),
    step(.done, .reopen, .open, .workRepairs, text: "重新处理的理由"),
    step(.declined, .reopen, .open, .workRepairs, text: "重新处理的理由"),
  ]

  public static func isFinal(_ state: RepairState) -> Bool { state == .done || state == .declined }
}
