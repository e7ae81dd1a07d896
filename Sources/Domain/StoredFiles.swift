/// What staff say that a file of a case is (材料类型).
public enum FileKind: String, CaseIterable, Codable, Sendable {
  case evidence
  case scene
  case service
  case hearing
  case hardship
  case authorisation
  case handover
  case document
  case signature
  case other

  public var title: String {
    switch self {
    case .evidence: "证据"
    case .scene: "现场照片"
    case .service: "送达回证"
    case .hearing: "陈述申辩材料"
    case .hardship: "困难情形证明"
    case .authorisation: "授权书"
    case .handover: "退房交验单"
    case .document: "文书"
    case .signature: "当事人签名"
    case .other: "其他"
    }
  }
}

/// How long a file is kept (保存期限). Working defaults, which a county's archivist confirms; a file that was removed
/// goes after ``removedDays`` whatever its class.
public enum FileRetention: String, CaseIterable, Codable, Sendable {
  /// Photos of a complaint: a clean copy alone.
  case complaint
  /// What belongs to a case.
  case `case`
  /// Photos of a visit or a patrol.
  case visit

  /// What is removed can be got back for so many days, in case it was a mistake; then its bytes are destroyed.
  public static let removedDays = 30

  public var title: String {
    switch self {
    case .complaint: "举报照片"
    case .case: "案卷"
    case .visit: "走访照片"
    }
  }

  /// Years from the day on which the complaint was finished, the case closed, or the visit made.
  public var years: Int {
    switch self {
    case .complaint: 3
    case .case: 10
    case .visit: 5
    }
  }

  /// The rule in words.
  public var rule: String {
    switch self {
    case .complaint: "举报照片：只留去掉拍摄信息的副本，办结之日起保存 \(years) 年"
    case .case: "案卷：销号之日起保存 \(years) 年；移除的材料 \(Self.removedDays) 天后销毁"
    case .visit: "走访和巡查照片：走访之日起保存 \(years) 年"
    }
  }
}
