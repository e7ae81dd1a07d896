package import Domain
package import HTML
import Pages
import Postgres
import Web

/// What a list of cases is narrowed to; it lives in the address.
package struct CaseFilter: Hashable, Sendable {
  package var state: CaseState?
  var nature: ExitNature?
  package var estate: EstateID?
  var township: AreaCode?
  /// Only cases that still owe something, or only those that do not.
  var isOpen: Bool?
  /// Only cases past their due day, the longest overdue first.
  package var isOverdue = false

  package init() {}

  /// Throws with a message when the address holds a value that no choice of the page has.
  init(_ query: FormFields) throws {
    state = try Self.choice(query, "state")
    nature = try Self.choice(query, "nature")
    estate = try Self.choice(query, "estate")
    township = try Self.choice(query, "township")
    isOverdue = query["overdue"].map { !$0.isEmpty } ?? false
    switch query["status"] ?? "" {
    case "": isOpen = nil
    case "open": isOpen = true
    case "closed": isOpen = false
    default: throw Self.unknown
    }
  }

  private static let unknown = WebError.badRequest("网址里的筛选条件不对，请回到清单重新选择。")

  private static func choice<T: LosslessStringConvertible>(
    _ query: FormFields, _ name: String
  ) throws -> T? {
    guard let text = query[name], !text.isEmpty else { return nil }
    guard let value = T(text) else { throw unknown }
    return value
  }

  private static func choice<T: RawRepresentable<String>>(
    _ query: FormFields, _ name: String
  ) throws -> T? {
    guard let text = query[name], !text.isEmpty else { return nil }
    guard let value = T(rawValue: text) else { throw unknown }
    return value
  }

  private static func choice(_ query: FormFields, _ name: String) throws -> AreaCode? {
    guard let text = query[name], !text.isEmpty else { return nil }
    guard let area = AreaCode(rawValue: text) else { throw unknown }
    return area
  }

  /// The list narrowed to this.
  package var link: Link {
    Paths.deskCases.link
      .query("state", state?.rawValue).query("nature", nature?.rawValue)
      .query("estate", estate?.description).query("township", township?.rawValue)
      .query("status", isOpen.map { $0 ? "open" : "closed" })
      .query("overdue", isOverdue ? "1" : nil)
  }

  /// The condition on `cases c`.
  func condition(today: Day) -> SQL {
    var all: [SQL] = ["true"]
    if let state { all.append("c.state = \(state)") }
    if let nature { all.append("c.nature = \(nature)") }
    if let estate { all.append("c.estate_id = \(estate)") }
    if let township { all.append("c.area = \(township)") }
    if let isOpen {
      all.append(
        isOpen
          ? "c.state <> ALL(\(list: CaseState.ended))" : "c.state = ANY(\(list: CaseState.ended))")
    }
    if isOverdue {
      all.append("c.due_on < \(today) AND c.state = ANY(\(list: CaseState.waiting))")
    }
    return all.joined(separator: " AND ")
  }
}

/// Where a page of the list starts: after or before the case at the end of another page.
package struct CasePosition: Sendable {
  let isBackward: Bool
  let dueOn: Day
  let id: CaseID

  init(isBackward: Bool, dueOn: Day, id: CaseID) {
    self.isBackward = isBackward
    self.dueOn = dueOn
    self.id = id
  }

  /// Reads `after` or `before`, such as `2021-08-25.123`; nil for the first page and for anything
  /// that is not a position.
  init?(_ query: FormFields) {
    let isBackward = query["before"] != nil
    guard let text = query["before"] ?? query["after"] else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let day = Day(String(parts[0])), let id = CaseID(String(parts[1]))
    else { return nil }
    self.init(isBackward: isBackward, dueOn: day, id: id)
  }

  func link(_ filter: CaseFilter) -> Link {
    filter.link.query(isBackward ? "before" : "after", "\(dueOn).\(id)")
  }
}
