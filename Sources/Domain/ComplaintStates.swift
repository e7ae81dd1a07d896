/// What a citizen reports.
public enum ComplaintKind: String, CaseIterable, Codable, Hashable, Sendable {
  case ineligible
  case sublet
  case lent
  case vacant
  /// Seen by inspectors only; the housing bureau never learns that it exists.
  case misconduct
  case suggestion
  case other

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .ineligible: "不符合承租条件"
    case .sublet: "转租"
    case .lent: "出借"
    case .vacant: "长期空置"
    case .misconduct: "工作人员违规违纪"
    case .suggestion: "建言献策"
    case .other: "其他"
    }
  }

  /// Whether inspectors alone may see it.
  public var isForInspectorsOnly: Bool { self == .misconduct }
}

/// Where a complaint stands.
public enum ComplaintState: String, WorkflowState, Codable {
  case received
  case accepted
  case notAccepted = "not_accepted"
  case finished

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .received: "已收到"
    case .accepted: "已受理"
    case .notAccepted: "不予受理"
    case .finished: "已办结"
    }
  }

  /// Whether the citizen has had the final answer, unless it is reopened.
  public var isAnswered: Bool { self == .notAccepted || self == .finished }
}

/// A step that moves a complaint from one state to another.
public enum ComplaintAction: String, WorkflowAction, Codable {
  case accept
  case decline
  case finish
  case reopen

  /// The words on the button.
  public var title: String {
    switch self {
    case .accept: "受理"
    case .decline: "不予受理"
    case .finish: "办结"
    case .reopen: "重新办理"
    }
  }
}

/// How a complaint arrived.
public enum ComplaintChannel: String, CaseIterable, Codable, Hashable, Sendable {
  case web
  case phone
  case letter
  case visit

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .web: "网上"
    case .phone: "电话"
    case .letter: "来信"
    case .visit: "来访"
    }
  }
}
