import Domain
import HTML
import Pages
import Postgres
import Web

/// How near the end of a running lease is.
enum LeaseExpiry: String, CaseIterable, Sendable {
  case past
  case within30 = "30"
  case within90 = "90"

  var title: String {
    switch self {
    case .past: "已到期未终止"
    case .within30: "30 天内到期"
    case .within90: "90 天内到期"
    }
  }

  /// The last days of the leases that are meant.
  func condition(today: Day) -> SQL {
    switch self {
    case .past: "l.ends_on < \(today)"
    case .within30: "l.ends_on BETWEEN \(today) AND \(today + 30)"
    case .within90: "l.ends_on BETWEEN \(today) AND \(today + 90)"
    }
  }
}

/// What the list of leases is narrowed to; it lives in the address.
struct LeaseFilter: Hashable, Sendable {
  var township: AreaCode?
  var estate: EstateID?
  var state: LeaseState?
  var expiry: LeaseExpiry?
  /// The beginning of the contract number.
  var contract: String?

  init() {}

  /// Throws with a message when the address holds a value that no choice of the page has.
  init(_ query: FormFields) throws {
    township = try query.filterChoice("township")
    estate = try query.filterChoice("estate")
    state = try query.filterChoice("state")
    expiry = try query.filterChoice("expiry")
    contract = query.searchWords("contract", max: 60)
  }

  /// The list narrowed to this.
  var link: Link {
    Paths.deskLeases.link
      .query("township", township?.rawValue).query("estate", estate?.description)
      .query("state", state?.rawValue).query("expiry", expiry?.rawValue)
      .query("contract", contract)
  }

  /// The condition on `leases l` and, where an estate is asked for, `homes m`.
  func condition(in scope: RegisterScope, today: Day) -> SQL {
    var all: [SQL] = [township.map { "l.area = \($0)" } ?? scope.holds("l.area")]
    if let estate { all.append("m.estate_id = \(estate)") }
    if let state { all.append("l.state = \(state)") }
    if let expiry { all.append("l.state = 'running' AND \(expiry.condition(today: today))") }
    if let contract { all.append(hasPrefix("l.contract_number", contract)) }
    return all.joined(separator: " AND ")
  }

  /// Homes are looked at only where they matter.
  var tables: SQL {
    estate == nil ? "leases l" : "leases l JOIN homes m ON m.id = l.home_id"
  }
}
