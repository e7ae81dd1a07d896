import Domain
import HTML
import Pages
import Postgres
import Web

/// What the list of findings is narrowed to; it lives in the address.
struct FindingFilter: Hashable, Sendable {
  var rule: FindingRule?
  /// Nil for all; the list begins with those that are open.
  var state: FindingState? = .open
  var township: AreaCode?
  var estate: EstateID?
  var household: HouseholdID?
  /// Those that one run found, or found changed.
  var run: RuleRunID?

  init() {}

  /// Throws with a message when the address holds a value that no choice of the page has.
  init(_ query: FormFields) throws {
    rule = try query.filterChoice("rule")
    if query["state"] != Self.anyState {
      state = try query.filterChoice("state") ?? .open
    } else {
      state = nil
    }
    township = try query.filterChoice("township")
    estate = try query.filterChoice("estate")
    household = try query.filterChoice("household")
    run = try query.filterChoice("run")
  }

  /// Stands for all states, since no state means those that are open.
  static let anyState = "all"

  /// The list narrowed to this.
  var link: Link {
    Paths.deskFindings.link
      .query("rule", rule?.rawValue)
      .query("state", state == .open ? nil : state?.rawValue ?? Self.anyState)
      .query("township", township?.rawValue).query("estate", estate?.description)
      .query("household", household?.description).query("run", run?.description)
  }

  /// The condition on `findings f` and, where an estate is asked for, `households h`.
  var condition: SQL {
    var all: [SQL] = ["true"]
    if let rule { all.append("f.rule = \(rule)") }
    if let state { all.append("f.state = \(state)") }
    if let township { all.append("f.area = \(township)") }
    if let estate { all.append("h.estate_id = \(estate)") }
    if let household { all.append("f.household_id = \(household)") }
    if let run { all.append("f.run_id = \(run)") }
    return all.joined(separator: " AND ")
  }

  /// Households are looked at only where they matter.
  var tables: SQL {
    estate == nil ? "findings f" : "findings f JOIN households h ON h.id = f.household_id"
  }
}

/// Where a page of the list starts: after or before the finding at the end of another page. The newest
/// come first.
struct FindingPosition: Sendable {
  let isBackward: Bool
  let id: FindingID

  init(isBackward: Bool, id: FindingID) {
    self.isBackward = isBackward
    self.id = id
  }

  /// Nil for the first page and for anything that is not a position.
  init?(_ query: FormFields) {
    isBackward = query["before"] != nil
    guard let id = (query["before"] ?? query["after"]).flatMap({ FindingID($0) }) else {
      return nil
    }
    self.id = id
  }

  func link(_ filter: FindingFilter) -> Link {
    filter.link.query(isBackward ? "before" : "after", id.description)
  }

  var condition: SQL { isBackward ? "f.id > \(id)" : "f.id < \(id)" }
}
