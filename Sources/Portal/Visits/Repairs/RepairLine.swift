import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres

/// A repair note, as lists and pages show it.
struct RepairLine: RowDecodable {
  let id: RepairID
  let area: AreaCode
  let home: HomeID
  let place: String
  let visit: VisitID?
  let kind: RepairKind
  let words: String
  let isUrgent: Bool
  let enteredBy: String
  let enteredOn: Day
  let plannedOn: Day?
  let state: RepairState
  let version: Int

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    home = try row("home_id")
    place = try row("place")
    visit = try row("visit_id")
    kind = try row("kind")
    words = try row("words")
    isUrgent = try row("is_urgent")
    enteredBy = try row("entered_by_name")
    enteredOn = ShanghaiTime.day(of: try row("entered_at"))
    plannedOn = try row("planned_on")
    state = try row("state")
    version = try row("version")
  }

  static let columns: SQL = """
    r.id, r.area, r.home_id, e.name || ' ' || m.building || '-' || m.unit || '-' || m.room AS place,
    r.visit_id, r.kind, r.words, r.is_urgent, r.entered_by_name, r.entered_at, r.planned_on, r.state,
    r.version
    """
  static let joins: SQL = "JOIN homes m ON m.id = r.home_id JOIN estates e ON e.id = m.estate_id"

  /// In a list of a few.
  var item: HTML {
    """
    <li><a href="\(path: Paths.deskRepair.link(id))">\(kind.title)</a>：\(words) \
    \(tag(state.title, state.tagKind))\(if: isUrgent, " " + tag("紧急", .alert))</li>

    """
  }
}

extension RepairState {
  var tagKind: TagKind {
    switch self {
    case .open: .warn
    case .working: .info
    case .done: .ok
    case .declined: .neutral
    }
  }
}

private func repairs(_ condition: SQL) -> Query<RepairLine> {
  Query(
    """
    SELECT \(RepairLine.columns) FROM repair_notes r \(RepairLine.joins)
    WHERE \(condition) ORDER BY r.id DESC
    """)
}

func repair(_ id: RepairID) -> Query<RepairLine> { repairs("r.id = \(id)") }
func repairs(of visit: VisitID) -> Query<RepairLine> { repairs("r.visit_id = \(visit)") }
func repairs(of home: HomeID) -> Query<RepairLine> { repairs("r.home_id = \(home)") }
