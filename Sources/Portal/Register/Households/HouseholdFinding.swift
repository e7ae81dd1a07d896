package import Domain
import Foundation
import Pages
package import Postgres
package import Web

/// A household that lives somewhere, as another room offers it to be chosen.
package struct FoundHousehold: RowDecodable, Sendable {
  package let id: HouseholdID
  package let area: AreaCode
  private let number: String
  private let applicant: String?
  private let estate: String
  private let building: String
  private let unit: String
  private let room: String

  package init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    number = try row("number")
    applicant = try row("applicant")
    estate = try row("estate")
    building = try row("building")
    unit = try row("unit")
    room = try row("room")
  }

  /// Where it lives and who it is, masked.
  package var text: String {
    "\(estate) \(homeText(building: building, unit: unit, room: room))，"
      + "\(Masking.maskedName(applicant ?? ""))（家庭 \(number)）"
  }
}

/// Where somebody looks for a household: an address in words, or an estate with building, unit and room.
package struct SoughtPlace: Hashable, Sendable {
  package var words: String?
  package var estate: EstateID?
  package var building: String?
  package var unit: String?
  package var room: String?

  package init(words: String? = nil, estate: EstateID? = nil) {
    self.words = words
    self.estate = estate
  }

  /// As an address says it.
  ///
  /// - Throws: a message when it names an estate that no choice of the page has.
  package init(_ query: FormFields) throws {
    words = query.searchWords("words", max: 100)
    estate = try query.filterChoice("estate")
    building = query.searchWords("building", max: 30)
    unit = query.searchWords("unit", max: 30)
    room = query.searchWords("room", max: 30)
  }

  package var isEmpty: Bool { self == SoughtPlace() }

  /// The condition on a home (`m`); nil where it says nothing that could be looked for.
  fileprivate func condition(among estates: [EstateChoice]) -> SQL? {
    var all: [SQL] = []
    if let words {
      let among = estate.map { id in estates.filter { $0.id == id } } ?? estates
      all.append(homes(at: AddressWords.places(words, among: among)))
    }
    if let estate { all.append("m.estate_id = \(estate)") }
    for (column, typed, suffixes): (SQL, String?, [String]) in [
      ("m.building", building, ["栋", "幢", "座", "号楼", "#"]), ("m.unit", unit, ["单元"]),
      ("m.room", room, ["室", "号"]),
    ] {
      if let typed { all.append("\(column) = ANY(\(list: Self.ways(typed, suffixes)))") }
    }
    return all.isEmpty ? nil : all.joined(separator: " AND ")
  }

  /// The ways in which the register may write what was typed: with the word for it and without.
  private static func ways(_ typed: String, _ suffixes: [String]) -> [String] {
    let plain = typed.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? typed
    let bare =
      suffixes.first { plain.hasSuffix($0) && plain.count > $0.count }
      .map { String(plain.dropLast($0.count)) } ?? plain
    return [typed, plain, bare] + suffixes.map { bare + $0 }
  }
}

/// The households that live there now, in the order of their homes; nil where nothing was said to look for.
package func households(
  at sought: SoughtPlace, among estates: [EstateChoice], limit: Int
) -> Query<FoundHousehold>? {
  sought.condition(among: estates).map { condition in
    Query(
      foundHouseholds(
        """
        WHERE l.state = 'running' AND h.merged_into IS NULL AND \(condition)
        ORDER BY m.estate_id, m.place, h.id LIMIT \(limit)
        """))
  }
}

/// Households and the homes in which they live, or lived last.
package func foundHouseholds(_ ids: [HouseholdID]) -> Query<FoundHousehold> {
  Query(
    """
    SELECT DISTINCT ON (found.id) found.* FROM (
      \(foundHouseholds("WHERE h.id = ANY(\(list: ids)) ORDER BY h.id, l.starts_on DESC, l.id DESC"))) found
    """)
}

private func foundHouseholds(_ rest: SQL) -> SQL {
  """
  SELECT h.id, h.area, h.number, h.applicant, e.name AS estate, m.building, m.unit, m.room
  FROM homes m JOIN estates e ON e.id = m.estate_id
  JOIN leases l ON l.home_id = m.id JOIN households h ON h.id = l.household_id
  \(rest)
  """
}

extension Transaction {
  /// The estates in scope, for a form that offers them.
  package func estateChoices() throws -> [EstateChoice] { try all(Register.estateChoices) }
}
