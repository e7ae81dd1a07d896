package import Domain
import Foundation
package import HTML
package import Web

// What a list is narrowed to lives in its address; these read it back.
extension FormFields {
  /// One of the values of an enumeration; nil when the address does not say.
  ///
  /// - Throws: a message when it says what no choice of the page has.
  package func filterChoice<T: RawRepresentable<String>>(_ name: String, of type: T.Type = T.self)
    throws
    -> T?
  {
    try filterChoice(name) { T(rawValue: $0) }
  }

  package func filterChoice<T: RecordID>(_ name: String, of type: T.Type = T.self) throws -> T? {
    try filterChoice(name) { T($0) }
  }

  package func filterChoice(_ name: String) throws -> AreaCode? {
    try filterChoice(name) { AreaCode(rawValue: $0) }
  }

  private func filterChoice<T>(_ name: String, _ parse: (String) -> T?) throws -> T? {
    guard let text = self[name], !text.isEmpty else { return nil }
    guard let value = parse(text) else {
      throw WebError.badRequest("网址里的筛选条件不对，请回到清单重新选择。")
    }
    return value
  }

  /// A value of the query without the spaces around it; nil when nothing is left.
  package func trimmed(_ name: String) -> String? {
    let value = (self[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    return value.isEmpty ? nil : value
  }

  /// Words to search for, tidied; nil when there are none, cut off where no value is that long.
  package func searchWords(_ name: String, max: Int) -> String? {
    trimmed(name).map { String($0.precomposedStringWithCanonicalMapping.prefix(max)) }
  }
}

/// Where a page of the register's lists starts: after or before the row at the end of another page.
/// Rows stand in the order of area and id.
package struct AreaPosition: Hashable, Sendable {
  package let isBackward: Bool
  package let area: AreaCode
  package let id: Int64

  package init(isBackward: Bool, area: AreaCode, id: Int64) {
    self.isBackward = isBackward
    self.area = area
    self.id = id
  }

  /// Reads `after` or `before`, such as `350423100.123`; nil for the first page and for anything
  /// that is not a position.
  package init?(_ query: FormFields) {
    isBackward = query["before"] != nil
    let parts = (query["before"] ?? query["after"] ?? "").split(
      separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let area = AreaCode(String(parts[0])),
      let id = HouseholdID(String(parts[1]))
    else { return nil }
    self.area = area
    self.id = id.rawValue
  }

  func link(_ list: Link) -> Link {
    list.query(isBackward ? "before" : "after", "\(area).\(id)")
  }
}

/// One page of a list and what lies around it.
package struct ListLines<Line: Sendable>: Sendable {
  package let lines: [Line]
  package let hasPrevious: Bool
  package let hasNext: Bool

  /// - Parameters:
  ///   - found: up to one line more than a page, in the order of the list.
  ///   - isBackward: whether the page was asked for by the one after it; nil for the first page.
  package init(_ found: [Line], isBackward: Bool?) {
    let hasMore = found.count > registerPageSize
    lines = Array(
      isBackward == true ? found.suffix(registerPageSize) : found.prefix(registerPageSize))
    hasPrevious = isBackward == true ? hasMore : isBackward != nil
    hasNext = isBackward == true || hasMore
  }

  /// Links to the pages before and after.
  package func pageLinks(
    _ list: Link, countText: String, position: (_ line: Line, _ isBackward: Bool) -> AreaPosition
  ) -> HTML {
    guard let first = lines.first, let last = lines.last else { return HTML() }
    return pager(
      next: hasNext ? position(last, false).link(list) : nil,
      previous: hasPrevious ? position(first, true).link(list) : nil, countText: countText)
  }
}

/// The rows of a page of the register's lists.
package let registerPageSize = 50
