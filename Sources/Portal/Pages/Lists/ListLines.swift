public import HTML

/// One page of a list and what lies around it.
public struct ListLines<Line: Sendable>: Sendable {
  public let lines: [Line]
  public let hasPrevious: Bool
  public let hasNext: Bool

  /// - Parameters:
  ///   - found: up to one line more than a page, in the order of the list.
  ///   - isBackward: whether the page was asked for by the one after it; nil for the first page.
  public init(_ found: [Line], isBackward: Bool?) {
    let hasMore = found.count > registerPageSize
    lines = Array(
      isBackward == true ? found.suffix(registerPageSize) : found.prefix(registerPageSize))
    hasPrevious = isBackward == true ? hasMore : isBackward != nil
    hasNext = isBackward == true || hasMore
  }

  /// Links to the pages before and after.
  ///
  /// - Parameter countText: what stands beside them; nil for nothing at all.
  public func pager(_ order: ListOrder<Line>, _ list: Link, countText: String?) -> HTML {
    guard let countText else { return HTML() }
    return Pages.pager(
      next: hasNext ? order.next(list, after: lines.last) : nil,
      previous: hasPrevious ? order.previous(list, before: lines.first) : nil,
      countText: countText)
  }
}

/// The rows of a page of a list.
public let registerPageSize = 50
