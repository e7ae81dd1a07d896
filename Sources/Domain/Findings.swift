/// The rule that a finding (疑点) follows. Source: the domain's table of rules R1 to R10.
public enum FindingRule: String, CaseIterable, Codable, Hashable, Comparable, Sendable {
  case otherHome = "R1"
  case income = "R2"
  case assets = "R3"
  case familyChanged = "R4"
  case occupantIsNotTenant = "R5"
  case empty = "R6"
  case arrears = "R7"
  case contradiction = "R8"
  case deceit = "R9"
  case notAllocated = "R10"

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .otherHome: "另有住房"
    case .income: "收入超标"
    case .assets: "资产或车辆超标"
    case .familyChanged: "家庭情况变化"
    case .occupantIsNotTenant: "住的人不是承租人"
    case .empty: "连续空置"
    case .arrears: "拖欠租金"
    case .contradiction: "信息矛盾或一人多户"
    case .deceit: "隐瞒住房骗租"
    case .notAllocated: "财政供养或未经配租"
    }
  }

  /// By number: R10 comes after R9.
  public static func < (left: FindingRule, right: FindingRule) -> Bool {
    left.number < right.number
  }

  private var number: Int { Int(rawValue.dropFirst()) ?? 0 }

  /// The exit natures that a case from such a finding may have. Where there is one the rule decides;
  /// otherwise whoever confirms does.
  public var natures: [ExitNature] {
    switch self {
    case .otherHome: [.purchasedHome]
    case .income, .assets: [.overLimit]
    case .occupantIsNotTenant: [.sublet, .lent]
    case .empty: [.vacant]
    case .arrears: [.arrears]
    case .deceit: [.deceit]
    case .familyChanged, .contradiction, .notAllocated: ExitNature.allCases
    }
  }
}

/// Where a finding stands.
public enum FindingState: String, WorkflowState, Codable {
  case open
  case dismissed
  /// It became, or became part of, a case.
  case confirmed
  /// Its evidence no longer says so.
  case lapsed

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .open: "待处理"
    case .dismissed: "已排除"
    case .confirmed: "已转为问题"
    case .lapsed: "已不成立"
    }
  }
}

/// A step in the history of a finding.
public enum FindingAction: String, WorkflowAction, Codable {
  case found
  /// Its evidence says something else than before.
  case changed
  case reopened
  case lapsed
  case dismissed
  case confirmed
  /// The person whom the counter had asked about was released.
  case released

  /// The words in a history.
  public var title: String {
    switch self {
    case .found: "发现疑点"
    case .changed: "依据有变化"
    case .reopened: "重新打开"
    case .lapsed: "不再成立"
    case .dismissed: "排除疑点"
    case .confirmed: "转为问题"
    case .released: "窗口放行"
    }
  }
}
