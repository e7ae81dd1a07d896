/// Who built or bought an estate. The campaign concerns those of the government.
public enum EstateOwnership: String, CaseIterable, Codable, Hashable, Sendable {
  case government
  case other

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .government: "政府投资"
    case .other: "其他"
    }
  }
}

/// Whose homes a campaign looks at (整治范围).
///
/// Source: 清建〔2021〕35号, part one: 政府投资的公租房; a county may look at the others as well.
public enum CampaignScope: String, CaseIterable, Codable, Hashable, Sendable {
  case government
  case all

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .government: "政府投资公租房"
    case .all: "全部公租房"
    }
  }
}

/// The state of a home (房源).
public enum HomeState: String, CaseIterable, Codable, Hashable, Sendable {
  case vacant
  case leased
  case inRepair = "in_repair"
  /// The tenant should leave, or has left without handing the home back.
  case awaitingRecovery = "awaiting_recovery"

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .vacant: "空置"
    case .leased: "已出租"
    case .inRepair: "维修中"
    case .awaitingRecovery: "待收回"
    }
  }
}

/// Why a household is in protection (保障家庭类别).
public enum HouseholdCategory: String, CaseIterable, Codable, Hashable, Sendable {
  case subsistence
  case lowIncome = "low_income"
  case lowerMiddleIncome = "lower_middle_income"
  case newEmployee = "new_employee"
  case migrantWorker = "migrant_worker"
  case other

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .subsistence: "低保"
    case .lowIncome: "低收入"
    case .lowerMiddleIncome: "中等偏下收入"
    case .newEmployee: "新就业"
    case .migrantWorker: "外来务工"
    case .other: "其他"
    }
  }
}

/// The state of a lease (租约). A home, and a household, has at most one that runs.
public enum LeaseState: String, CaseIterable, Codable, Hashable, Sendable {
  case running
  case ended

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .running: "履行中"
    case .ended: "已终止"
    }
  }
}

/// How a person stands to the applicant of the household.
public enum Relation: String, CaseIterable, Codable, Hashable, Sendable {
  case applicant
  case spouse
  case child
  case parent
  case grandchild
  case other

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .applicant: "申请人"
    case .spouse: "配偶"
    case .child: "子女"
    case .parent: "父母"
    case .grandchild: "孙子女"
    case .other: "其他"
    }
  }
}

/// Whether a person is married.
public enum MaritalStatus: String, CaseIterable, Codable, Hashable, Sendable {
  case single
  case married
  case divorced
  case widowed
  case unknown

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .single: "未婚"
    case .married: "已婚"
    case .divorced: "离异"
    case .widowed: "丧偶"
    case .unknown: "不详"
    }
  }
}
