import Domain
import HTML
import Pages
import Postgres
import Web

/// What the list of deliveries is narrowed to; it lives in the address.
struct DeliveryFilter: Hashable, Sendable {
  var type: CheckType?
  /// Nil for all but single answers on the screen, of which there are thousands.
  var way: DeliveryWay?
  var state: DeliveryState?

  init() {}

  /// Throws with a message when the address holds a value that no choice of the page has.
  init(_ query: FormFields) throws {
    type = try query.filterChoice("type")
    way = try query.filterChoice("way")
    state = try query.filterChoice("state")
  }

  /// The list narrowed to this.
  var link: Link {
    Paths.deskDeliveries.link
      .query("type", type?.rawValue).query("way", way?.rawValue).query("state", state?.rawValue)
  }

  /// The condition on `deliveries d`.
  var condition: SQL {
    var all: [SQL] = [way.map { "d.way = \($0)" } ?? "d.way <> 'screen'"]
    if let type { all.append("d.check_type = \(type)") }
    if let state { all.append("d.state = \(state)") }
    return all.joined(separator: " AND ")
  }
}
