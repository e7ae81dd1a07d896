/// Where a question at the counter stands (窗口核查).
///
/// Source: 清建〔2021〕35号, part two (二) 2: 是保障对象的，由县住建局先行处理.
public enum CounterState: String, CaseIterable, Codable, Hashable, Sendable {
  /// Not a protected tenant: go on.
  case clear
  /// A protected tenant: the housing bureau first.
  case waiting
  /// The housing bureau has let it go on.
  case released

  /// The words that whoever asked reads.
  public var title: String {
    switch self {
    case .clear: "不是公租房在保对象，可以办理"
    case .waiting: "是公租房在保对象，请先由县住建局处理"
    case .released: "县住建局已放行，可以办理"
    }
  }

  /// The same in a table.
  public var word: String {
    switch self {
    case .clear: "可以办理"
    case .waiting: "等待县住建局"
    case .released: "已放行"
    }
  }

  /// Whether a filing or registration may be made.
  public var mayFile: Bool { self != .waiting }
}

/// What somebody asked at the counter on one day, and what came of it.
public struct CounterDay: Hashable, Sendable {
  /// From so many questions a day on, filings are expected to follow.
  public static let questionsNoticed = 20
  /// The share of questions, in percent, that filings should follow. A counter asks because somebody
  /// stands there with a contract.
  public static let expectedFilings = 50

  public let questions: Int
  /// Questions about people who are protected.
  public let hits: Int
  /// Filings and registrations entered for these questions.
  public let filings: Int

  public init(questions: Int, hits: Int, filings: Int) {
    self.questions = questions
    self.hits = hits
    self.filings = filings
  }

  /// The filings for a hundred questions that could be filed; nil when there was none.
  public var filingShare: Int? {
    let open = questions - hits
    return open > 0 ? min(100, filings * 100 / open) : nil
  }

  /// Whether so many questions had so few filings that somebody should ask why: questions out of
  /// curiosity, or whose results are not entered.
  public var looksLikeFishing: Bool {
    questions >= Self.questionsNoticed && filingShare.map { $0 < Self.expectedFilings } ?? true
  }
}
