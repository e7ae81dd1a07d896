package import Postgres

/// How many rows a list has, up to a limit beyond which nobody needs the exact number.
package struct CappedCount: Sendable {
  package static let limit = 1_000

  package let counted: Int

  package init(counted: Int) {
    self.counted = counted
  }

  package var text: String {
    counted > Self.limit ? "1,000 以上" : String(counted)
  }
}

/// The end of a query that gives so many rows, or all.
package func limited(to limit: Int?) -> SQL {
  guard let limit else { return "" }
  return "LIMIT \(constant: limit)"
}
