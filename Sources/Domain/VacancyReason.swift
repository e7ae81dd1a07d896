/// Why a home may stand empty for long (R6): each with its proof.
///
/// Source: 《公共租赁住房管理办法》 art. 27 (五), 无正当理由连续6个月以上闲置.
public enum VacancyReason: String, CaseIterable, Codable, Hashable, Sendable {
  case workingAway = "working_away"
  case hospital
  case study
  case military
  case prison
  case other

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .workingAway: "外出务工"
    case .hospital: "住院治疗"
    case .study: "在外就学"
    case .military: "服兵役"
    case .prison: "服刑"
    case .other: "其他"
    }
  }

  /// What shows it, as a hint.
  public var proofHint: String {
    switch self {
    case .workingAway: "务工单位证明或劳动合同"
    case .hospital: "住院证明"
    case .study: "学校证明"
    case .military: "入伍通知或部队证明"
    case .prison: "判决书或监狱证明"
    case .other: "书面说明和证明材料"
    }
  }
}

/// A reason that holds for a household, from the first of its days to the last.
public struct VacancyFacts: Hashable, Sendable {
  public let reason: VacancyReason
  public let from: Day
  /// Nil while it goes on.
  public let until: Day?

  public init(reason: VacancyReason, from: Day, until: Day?) {
    self.reason = reason
    self.from = from
    self.until = until
  }

  /// Whether it excuses a month without use: whether a day of it lies in the month.
  ///
  /// - Parameter month: counted from year 0, see ``monthNumber(_:)``.
  func excuses(month: Int) -> Bool {
    monthNumber(from) <= month && until.map { monthNumber($0) >= month } ?? true
  }
}
