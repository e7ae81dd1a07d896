import Domain
import Postgres

/// Homes of one estate whose place (building, unit and room in one) begins so.
struct PlaceRange: Hashable, Sendable {
  let estate: EstateID
  /// Empty for all homes of the estate.
  let prefix: String
}

extension HouseholdSelection {
  /// Tables joined to `households h`, and the columns of its key that are in order there.
  struct Source {
    var tables: SQL
    var area: SQL = "h.area"
    var id: SQL = "h.id"
    /// Whether this is the table of households itself, in which each stands once.
    var isTable = false
  }

  var sources: [Source] {
    switch filter.words {
    case .name(let part): byName(part)
    case .contract(let number): [byContract(number)]
    case .address: [byPlaces]
    case nil: filter.hasFinding ? [byFindings] : [Source(tables: "households h", isTable: true)]
    }
  }

  /// The condition that a finding is open, where it does not lead.
  private var finding: SQL {
    filter.hasFinding
      ? """
      AND EXISTS (SELECT FROM findings f WHERE f.household_id = h.id AND f.state = 'open')
      """ : ""
  }

  private var byFindings: Source {
    Source(
      tables: "findings s JOIN households h ON h.id = s.household_id AND s.state = 'open'",
      area: "s.area", id: "s.household_id")
  }

  private func byName(_ part: String) -> [Source] {
    let (gram, isWhole) = NameGrams.key(for: part)
    let name: SQL =
      isWhole ? "" : "JOIN persons p ON p.id = s.person_id AND strpos(p.name, \(part)) > 0"
    let indexed = Source(
      tables: """
        person_name_grams s JOIN households h ON h.id = s.household_id AND s.gram = \(gram)
          \(finding) \(name)
        """, area: "s.area", id: "s.household_id")
    return [indexed]
      + backlog.map { people in
        Source(
          tables: """
            persons s JOIN households h ON h.id = s.household_id \(finding)
              AND s.id BETWEEN \(people.first) AND \(people.last) AND strpos(s.name, \(part)) > 0
            """, area: "s.area", id: "s.household_id")
      }
  }

  private func byContract(_ number: String) -> Source {
    Source(
      tables: """
        leases l JOIN households h ON h.id = l.household_id \(finding)
          AND \(hasPrefix("l.contract_number", number))
        """)
  }

  private var byPlaces: Source {
    return Source(
      tables: """
        homes m JOIN leases l ON l.home_id = m.id AND l.state = 'running'
        JOIN households h ON h.id = l.household_id \(finding) AND \(homes(at: places))
        """)
  }
}

/// The condition that a home (`m`) is one of these.
func homes(at places: [PlaceRange]) -> SQL {
  let ranges = places.map { place -> SQL in
    "(m.estate_id = \(place.estate) AND \(hasPrefix("m.place", place.prefix)))"
  }
  return ranges.isEmpty ? "false" : "(\(ranges.joined(separator: " OR ")))"
}

/// The condition that a text begins so, as a range that an index in the order of code points serves.
func hasPrefix(_ column: SQL, _ prefix: String) -> SQL {
  """
  \(column) COLLATE "C" >= \(prefix) AND \(column) COLLATE "C" < \(prefix + "\u{10FFFF}")
  """
}
