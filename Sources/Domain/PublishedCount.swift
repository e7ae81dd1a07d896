/// A count as the public sees it.
///
/// In JSON a number, or the string `"<5"`, or the string `"*"`.
public enum PublishedCount: Hashable, Sendable {
  /// Shown as it is; zero always is.
  case exact(Int)
  /// At least 1 and less than this.
  case below(Int)
  /// Not shown, because a hidden small count could be worked out from it.
  case withheld

  /// `12`, `<5` or `*`.
  public var text: String {
    switch self {
    case .exact(let count): String(count)
    case .below(let limit): "<\(limit)"
    case .withheld: "*"
    }
  }

  /// The count where it is shown, for charts; nil where it is not.
  public var exactValue: Int? {
    if case .exact(let count) = self { count } else { nil }
  }

  public var isHidden: Bool { exactValue == nil }
}

extension PublishedCount: CustomStringConvertible {
  public var description: String { text }
}

extension PublishedCount: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let count = try? container.decode(Int.self) {
      self = .exact(count)
      return
    }
    let text = try container.decode(String.self)
    if text == "*" {
      self = .withheld
    } else if text.hasPrefix("<"), let limit = decimal(text.utf8.dropFirst()) {
      self = .below(limit)
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "neither a number nor \"<n\" nor \"*\"")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if case .exact(let count) = self {
      try container.encode(count)
    } else {
      try container.encode(text)
    }
  }
}
