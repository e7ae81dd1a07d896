import Domain
import HTML
import Pages
import Postgres
import Web

/// Where a household stands.
enum HouseholdStanding: String, CaseIterable, Sendable {
  case renting
  case withoutLease = "without_lease"
  case merged

  var title: String {
    switch self {
    case .renting: "在租"
    case .withoutLease: "无租约"
    case .merged: "已并户"
    }
  }

  var tagKind: TagKind {
    switch self {
    case .renting: .ok
    case .withoutLease: .warn
    case .merged: .neutral
    }
  }

  /// The condition on `households h`.
  var condition: SQL {
    switch self {
    case .renting: "h.estate_id IS NOT NULL AND h.merged_into IS NULL"
    case .withoutLease: "h.estate_id IS NULL AND h.merged_into IS NULL"
    case .merged: "h.merged_into IS NOT NULL"
    }
  }
}

/// Words by which households are looked for. ID numbers and phones are not among them: they never
/// stand in an address.
enum HouseholdWords: Hashable, Sendable {
  /// Part of a member's name, of those who left too.
  case name(String)
  /// The beginning of a lease's contract number.
  case contract(String)
  /// An estate with building, unit and room, or part of it.
  case address(String)

  var item: (name: String, value: String) {
    switch self {
    case .name(let words): ("name", words)
    case .contract(let words): ("contract", words)
    case .address(let words): ("address", words)
    }
  }

  var title: String {
    switch self {
    case .name(let words): "姓名含“\(words)”"
    case .contract(let words): "合同编号“\(words)”"
    case .address(let words): "地址“\(words)”"
    }
  }
}

/// What the list of households is narrowed to; it lives in the address.
struct HouseholdFilter: Hashable, Sendable {
  var township: AreaCode?
  var estate: EstateID?
  var category: HouseholdCategory?
  /// Nil for all that are not merged into another.
  var standing: HouseholdStanding?
  /// Only households with a finding that nobody has decided.
  var hasFinding = false
  var words: HouseholdWords?

  init() {}

  /// Throws with a message when the address holds a value that no choice of the page has.
  init(_ query: FormFields) throws {
    township = try query.filterChoice("township")
    estate = try query.filterChoice("estate")
    category = try query.filterChoice("category")
    standing = try query.filterChoice("state")
    hasFinding = query.isChecked("finding")
    if let name = query.searchWords("name", max: 60) {
      words = .name(NormalForm.name(name))
    } else if let contract = query.searchWords("contract", max: 60) {
      words = .contract(contract)
    } else if let address = query.searchWords("address", max: 100) {
      words = .address(address)
    }
  }

  /// The list narrowed to this.
  var link: Link {
    let list = items.reduce(Paths.deskHouseholds.link) { $0.query($1.name, $1.value) }
    return list.query(secret: words?.item.name ?? "", words?.item.value)
  }

  var items: [(name: String, value: String)] {
    let choices: [(String, String?)] = [
      ("township", township?.rawValue), ("estate", estate?.description),
      ("category", category?.rawValue), ("state", standing?.rawValue),
      ("finding", hasFinding ? "1" : nil),
    ]
    return choices.compactMap { name, value in value.map { (name, $0) } }
  }

  /// The condition on `households h`, but for the area and the words.
  var condition: SQL {
    var all: [SQL] = [standing?.condition ?? "h.merged_into IS NULL"]
    if let estate { all.append("h.estate_id = \(estate)") }
    if let category { all.append("h.category = \(category)") }
    return all.joined(separator: " AND ")
  }
}
