/// Where a visit stands with the housing bureau, which looks it over.
public enum VisitState: String, WorkflowState, Codable {
  case submitted
  /// Sent back with a question.
  case returned
  case accepted
  /// Written by mistake, or replaced by another one: it counts nowhere, and stays to be seen.
  case void

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .submitted: "待审核"
    case .returned: "待补充"
    case .accepted: "已采纳"
    case .void: "已作废"
    }
  }
}

/// A step of a visit.
public enum VisitAction: String, WorkflowAction, Codable {
  case accept
  case `return`
  case answer
  case reopen
  case void

  /// The words on buttons and in histories.
  public var title: String {
    switch self {
    case .accept: "采纳"
    case .return: "退回补充"
    case .answer: "补充说明"
    case .reopen: "重新审核"
    case .void: "作废"
    }
  }

  /// Stands in the history without moving anything: the second visitor says that it was so.
  public static let confirmation = "confirmation"
}

/// One permitted step of a visit.
public typealias VisitTransition = WorkflowTransition<VisitState, VisitAction>

/// The one table of how a visit is looked over. Who wrote it may not accept it.
public enum VisitWorkflow: Workflow {
  public static let initial = VisitState.submitted

  public static let transitions: [VisitTransition] = [
    step(.submitted, .accept, .accepted, .reviewVisits),
    step(.submitted, .return, .returned, .reviewVisits, text: "要补充什么"),
    step(.returned, .answer, .submitted, .recordVisits, text: "补充说明"),
    step(.accepted, .reopen, .submitted, .reviewVisits, text: "重新审核的理由"),
    step(.submitted, .void, .void, .recordVisits, text: "作废的理由"),
    step(.returned, .void, .void, .recordVisits, text: "作废的理由"),
  ]

  public static func isFinal(_ state: VisitState) -> Bool { state == .accepted || state == .void }
}

/// Why somebody looks at a visit again. It judges nobody.
public enum VisitMark: String, CaseIterable, Codable, Hashable, Sendable {
  /// Many in few minutes by one person.
  case tooQuick = "too_quick"
  /// A photo that another visit has too, by its hash.
  case samePhoto = "same_photo"
  /// Written far from where others of the estate were written.
  case farAway = "far_away"
  /// The clock of the phone was off.
  case clockOff = "clock_off"
  /// Sent long after it was written.
  case late

  /// So many visits in so many minutes are marked.
  public static let quickVisits = 4
  public static let quickMinutes = 10
  /// Metres from the middle of the estate's other visits.
  public static let farMetres = 1_000
  /// So many others of the estate are needed to say where it is.
  public static let placeVisits = 5
  /// Seconds by which a phone's clock may be off.
  public static let clockSeconds = 600
  /// Hours between writing and arriving.
  public static let lateHours = 72

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .tooQuick: "短时间内走访多户"
    case .samePhoto: "照片与另一次走访相同"
    case .farAway: "填写地点离项目较远"
    case .clockOff: "手机时间不准"
    case .late: "填写很久以后才送达"
    }
  }
}
