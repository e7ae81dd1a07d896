public import Postgres

/// How many rows a list has, up to a limit beyond which nobody needs the exact number.
public struct CappedCount: Sendable {
  public static let limit = 1_000

  public let counted: Int

  public init(counted: Int) {
    self.counted = counted
  }

  public var text: String {
    counted > Self.limit ? "1,000 以上" : String(counted)
  }
}

/// The end of a query that gives so many rows, or all.
public func limited(to limit: Int?) -> SQL {
  guard let limit else { return "" }
  return "LIMIT \(constant: limit)"
}
