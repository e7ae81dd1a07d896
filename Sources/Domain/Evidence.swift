/// The four bureaus that check a household.
///
/// Source: 清建〔2021〕35号, part four (一) 明确分工职责.
public enum Bureau: String, CaseIterable, Codable, Hashable, Sendable {
  case housing
  case civilAffairs = "civil_affairs"
  case naturalResources = "natural_resources"
  case publicSecurity = "public_security"

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .housing: "县住建局"
    case .civilAffairs: "县民政局"
    case .naturalResources: "县自然资源局"
    case .publicSecurity: "县公安局"
    }
  }

  /// The role whose holders answer for the bureau.
  public var role: Role {
    switch self {
    case .housing: .housingOfficer
    case .civilAffairs: .civilAffairs
    case .naturalResources: .naturalResources
    case .publicSecurity: .publicSecurity
    }
  }

  /// The checks that the bureau owes for each household of a round.
  public var checks: [CheckType] { CheckType.owed.filter { $0.bureau == self } }
  /// All that it may deliver: what it owes, and extracts that nobody owes.
  public var sources: [CheckType] { CheckType.allCases.filter { $0.bureau == self } }
}

extension Role {
  /// The bureau for which the role's holders answer; nil for all others.
  public var bureau: Bureau? {
    self == .housingLead ? .housing : Bureau.allCases.first { $0.role == self }
  }
}

/// The answer to a check.
public enum CheckResult: String, CaseIterable, Codable, Hashable, Sendable {
  /// Not answered yet.
  case pending
  case clear
  /// Something was found; its values are kept with the check.
  case hit
  /// The bureau's register does not know the person.
  case notFound = "not_found"

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .pending: "待核查"
    case .clear: "无异常"
    case .hit: "有情况"
    case .notFound: "查无此人"
    }
  }
}

/// What was decided on a household's contest of a hit (异议).
public enum ContestOutcome: String, CaseIterable, Codable, Hashable, Sendable {
  /// The answer stands.
  case upheld
  /// The answer is set aside: nothing follows from it.
  case setAside = "set_aside"

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .upheld: "维持原答复"
    case .setAside: "采纳异议，原答复不再有效"
    }
  }
}

/// How a home is used, as seen on a visit (入户走访).
public enum VisitUse: String, CaseIterable, Codable, Hashable, Sendable {
  case tenant = "self"
  case sublet
  case lent
  case empty
  case other

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .tenant: "本人居住"
    case .sublet: "转租"
    case .lent: "出借"
    case .empty: "空置"
    case .other: "改作他用"
    }
  }
}

/// Who was met on a visit.
public enum VisitMet: String, CaseIterable, Codable, Hashable, Sendable {
  case tenant
  case family
  case other
  case nobody

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .tenant: "承租人"
    case .family: "家庭成员"
    case .other: "其他人"
    case .nobody: "无人在家"
    }
  }
}
