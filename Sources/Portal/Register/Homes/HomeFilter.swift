import Domain
import HTML
import Pages
import Postgres
import Web

/// What the list of homes is narrowed to; it lives in the address.
struct HomeFilter: Hashable, Sendable {
  var township: AreaCode?
  var estate: EstateID?
  var state: HomeState?
  /// An estate with building, unit and room, or part of it.
  var address: String?

  init() {}

  /// Throws with a message when the address holds a value that no choice of the page has.
  init(_ query: FormFields) throws {
    township = try query.filterChoice("township")
    estate = try query.filterChoice("estate")
    state = try query.filterChoice("state")
    address = query.searchWords("address", max: 100)
  }

  /// The list narrowed to this.
  var link: Link {
    Paths.deskHomes.link
      .query("township", township?.rawValue).query("estate", estate?.description)
      .query("state", state?.rawValue).query("address", address)
  }
}

/// Which homes a list shows, with the places that the address words were found to mean.
struct HomeSelection: Sendable {
  let filter: HomeFilter
  let scope: RegisterScope
  let places: [PlaceRange]

  init(_ filter: HomeFilter, in scope: RegisterScope, among estates: [EstateChoice]) {
    self.filter = filter
    self.scope = scope
    places = filter.address.map { AddressWords.places($0, among: estates) } ?? []
  }

  /// The condition on `homes m`.
  var condition: SQL {
    var all: [SQL] = [filter.township.map { "m.area = \($0)" } ?? scope.holds("m.area")]
    if let estate = filter.estate { all.append("m.estate_id = \(estate)") }
    if let state = filter.state { all.append("m.state = \(state)") }
    if filter.address != nil { all.append(homes(at: places)) }
    return all.joined(separator: " AND ")
  }
}
