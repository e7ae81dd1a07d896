/// What a case was opened from (线索来源). The raw value is the text stored in SQL.
public enum CaseSource: String, CaseIterable, Codable, Hashable, Sendable {
  case finding
  case complaint
  case declaration
  case visit
  case spotCheck = "spot_check"
  case hand

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .finding: "疑点"
    case .complaint: "投诉举报"
    case .declaration: "主动申报"
    case .visit: "入户走访"
    case .spotCheck: "抽查核实"
    case .hand: "其他线索"
    }
  }

  /// Those that a person says when opening one by hand.
  public static let entered: [CaseSource] = [.visit, .declaration, .complaint, .spotCheck, .hand]
}
