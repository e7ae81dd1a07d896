/// Where a release of figures stands (动态公布). Whoever prepared it may not publish it.
public enum ReleaseState: String, WorkflowState, Codable {
  case prepared
  case published
  case discarded

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .prepared: "待发布"
    case .published: "已发布"
    case .discarded: "已作废"
    }
  }
}
