/// Why leaving would hit a household harder than others (困难情形). It asks for a reason before every hard step.
public enum Hardship: String, CaseIterable, Codable, Hashable, Sendable {
  case disability
  case over70 = "over_70"
  case illness
  case minorsOnly = "minors_only"
  case noOtherHome = "no_other_home"

  public var title: String {
    switch self {
    case .disability: "重度残疾"
    case .over70: "七十岁以上"
    case .illness: "患重病"
    case .minorsOnly: "只有未成年人"
    case .noOtherHome: "没有其他住房"
    }
  }
}
