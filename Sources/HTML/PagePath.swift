/// The path of one page without arguments: the route is registered with `pattern`, links are made
/// with `link`, so the two cannot part.
public struct PagePath: Sendable, Hashable {
  /// The path as the router knows it, for instance `/desk/cases`.
  public let pattern: String

  public init(_ pattern: StaticString) {
    self.pattern = pattern.description
  }

  /// The address of the page.
  public var link: Link { Link(encoded: pattern) }
}

/// The path of one page with an argument, for instance `PagePathOf<CaseID>("/desk/cases/:id")`.
public struct PagePathOf<ID: LosslessStringConvertible>: Sendable {
  /// The path as the router knows it, the argument written `:name`.
  public let pattern: String
  /// The argument's name in `pattern`, for instance `id`.
  public let parameter: String
  private let prefix: String
  private let suffix: String

  /// - Precondition: `pattern` has exactly one segment that starts with a colon.
  public init(_ pattern: StaticString) {
    let pattern = pattern.description
    let pieces = pattern.split(separator: ":", omittingEmptySubsequences: false)
    precondition(pieces.count == 2, "a path with one argument has one ':': \(pattern)")
    let name = pieces[1].prefix { $0 != "/" }
    self.pattern = pattern
    parameter = String(name)
    prefix = String(pieces[0])
    suffix = String(pieces[1].dropFirst(name.count))
  }

  /// The address of the page for this argument.
  public func link(_ id: ID) -> Link {
    Link(encoded: prefix + percentEncoded(id.description) + suffix)
  }
}
