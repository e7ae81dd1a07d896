/// How a document is served (送达方式). The raw value is the text stored in SQL, and that of a case's steps.
///
/// Source: 《民事诉讼法》 arts. 87 to 95, which administrative bodies follow (《行政处罚法》 61, 《行政强制法》 38).
public enum ServiceManner: String, CaseIterable, Codable, Hashable, Sendable {
  case hand
  case left
  case post
  case publicNotice = "public"
  case agreed

  public var title: String {
    switch self {
    case .hand: "直接送达"
    case .left: "留置送达"
    case .post: "邮寄送达"
    case .publicNotice: "公告送达"
    case .agreed: "约定地址送达"
    }
  }

  /// Where it stands, and what it takes.
  public var rule: String {
    switch self {
    case .hand: "第八十八条：送交本人签收；本人不在的，交同住的成年家属签收"
    case .left: "第八十九条：拒绝接收的，邀请基层组织代表到场见证，或者拍照、录像，把文书留在住所"
    case .post: "第九十一条：以回执上注明的收件日期为送达日期"
    case .publicNotice: "第九十五条：下落不明或者其他方式无法送达的，公告满三十日视为送达"
    case .agreed: "合同约定的送达地址：签收之日，或者退回之日视为送达"
    }
  }

  /// What can come of it.
  public var outcomes: [ServiceOutcome] {
    switch self {
    case .hand: [.served, .refused, .absent]
    case .left: [.served]
    case .post: [.served, .refused, .returned, .waiting]
    case .publicNotice: [.served]
    case .agreed: [.served, .refused, .returned]
    }
  }
}

/// What came of serving a document. The raw value is the text stored in SQL.
public enum ServiceOutcome: String, CaseIterable, Codable, Hashable, Sendable {
  case served
  case refused
  case absent
  case returned
  case waiting

  public var title: String {
    switch self {
    case .served: "已送达（公告的为已公告）"
    case .refused: "拒绝接收"
    case .absent: "没有人在"
    case .returned: "退回"
    case .waiting: "在途，等回执"
    }
  }
}

/// One attempt to serve a document.
public struct ServiceAttempt: Hashable, Sendable {
  public let manner: ServiceManner
  public let outcome: ServiceOutcome
  public let day: Day

  public init(_ manner: ServiceManner, _ outcome: ServiceOutcome, on day: Day) {
    self.manner = manner
    self.outcome = outcome
    self.day = day
  }

  /// A public notice serves when thirty days have passed since it was published (《民事诉讼法》 95).
  public static let publicNoticeDays = 30

  /// The day on which the document counts as served; nil where it does not.
  public var servedOn: Day? {
    switch (manner, outcome) {
    case (.publicNotice, .served): day + Self.publicNoticeDays
    case (_, .served), (.agreed, .refused), (.agreed, .returned): day
    default: nil
    }
  }
}

/// The attempts to serve one document, the first first: each manner where those before it failed.
public struct ServiceLadder: Hashable, Sendable {
  public let attempts: [ServiceAttempt]

  public init(_ attempts: [ServiceAttempt]) {
    self.attempts = attempts
  }

  /// The first day on which it counts as served, which may still be to come.
  public var servedOn: Day? { attempts.compactMap(\.servedOn).min() }

  /// Why an attempt cannot stand after those before it, in words that say what to do; nil when it can.
  ///
  /// - Parameters:
  ///   - issued: the day of the document.
  ///   - hasWitnessOrVideo: whether a witness or a recording is named.
  public func problem(
    _ next: ServiceAttempt, issued: Day, today: Day, hasWitnessOrVideo: Bool
  ) -> String? {
    if next.day > today { return "送达日期不能晚于今天，请核对" }
    if next.day < issued { return "送达日期不能早于文书日期（\(issued.iso)），请核对" }
    if !next.manner.outcomes.contains(next.outcome) {
      return "“\(next.manner.title)”没有“\(next.outcome.title)”这种结果，请另选"
    }
    if next.manner == .left, !hasWitnessOrVideo {
      return "留置送达须有见证人，或者有照片、录像（《民事诉讼法》第八十九条），请填写见证人或者录像"
    }
    if next.manner == .publicNotice,
      !attempts.contains(where: { $0.servedOn == nil && $0.outcome != .waiting })
    {
      return "公告送达以前，要有其他方式没有送达的记录（《民事诉讼法》第九十五条），请先登记那一次"
    }
    return nil
  }

  /// The manner that comes next; nil where it is served.
  public var next: ServiceManner? {
    guard servedOn == nil else { return nil }
    guard let last = attempts.last else { return .hand }
    switch (last.manner, last.outcome) {
    case (.hand, .refused): return .left
    case (.hand, .absent): return attempts.count > 1 ? .post : .hand
    case (.post, .waiting): return .post
    case (.post, _): return .publicNotice
    default: return .post
    }
  }
}
