import Domain
import Foundation
import HTML
import Pages
import Postgres
import Register

/// A home that came back, and what has become of it since.
struct RecoveredHome: RowDecodable {
  let id: CaseID
  let number: String
  let nature: ExitNature
  let vacatedOn: Day
  let estate: String
  let place: String
  let state: HomeState
  /// When the next lease began, and of which contract.
  let letOn: Day?
  let contract: String?

  init(_ row: Row) throws {
    id = try row("id")
    number = try row("number")
    nature = try row("nature")
    vacatedOn = try row("vacated_on")
    estate = try row("estate")
    place = homeText(
      building: try row("building"), unit: try row("unit"), room: try row("room"))
    state = try row("home_state")
    letOn = try row("let_on")
    contract = try row("contract_number")
  }

  /// How long it stood empty, or stands.
  func daysEmpty(on today: Day) -> Int { vacatedOn.days(until: letOn ?? today) }
}

/// Whether a home that came back has been let since.
enum Reletting: String, CaseIterable, Sendable {
  case again
  case notYet = "not_yet"

  var title: String {
    switch self {
    case .again: "已再出租"
    case .notYet: "还没有再出租"
    }
  }
}

struct RecoveredFilter: ListFilter {
  typealias Choices = [EstateChoice]

  var reletting: Reletting?
  var estate: EstateID?
  var township: AreaCode?

  static var list: Link { Paths.deskRecovered.link }

  static let fields: [FilterField<RecoveredFilter>] = [
    .choice(\.reletting, "let", "再出租", titled: \.title) { reletting in
      switch reletting {
      case .again: "EXISTS \(nextLease)"
      case .notYet: "NOT EXISTS \(nextLease)"
      }
    },
    .estate(\.estate) { "c.estate_id = \($0)" },
    .township(\.township) { "c.area = \($0)" },
  ]
}

/// The lease of whoever came next.
private let nextLease: SQL = """
  (SELECT l.starts_on AS let_on, l.contract_number FROM leases l
    WHERE l.home_id = c.home_id AND l.starts_on >= c.vacated_on AND l.household_id <> c.household_id
    ORDER BY l.starts_on LIMIT 1)
  """

/// 收回的房屋: homes handed back, the newest first.
struct RecoveredList: RecordList {
  var asked: ListRequest<RecoveredFilter>

  let title = "收回的房屋"
  let lead = "清退收回的房屋，空置了多少天，有没有再出租。"
  let sheetTitle = "收回的房屋"
  let entity = "cases"
  let unit = "套"
  var breadcrumbs: [(String, Link)] { [("问题（整改）清单", Paths.deskCases.link)] }
  let tables: SQL = "cases c"

  let basis: SQL = "c.vacated_on IS NOT NULL"

  var order: ListOrder<RecoveredHome> {
    .descending(.key("c.vacated_on", \.vacatedOn), .key("c.id", \.id))
  }

  func query(_ part: ListPart) -> SQL {
    """
    WITH page AS (
      SELECT c.id, c.number, c.nature, c.vacated_on, c.estate_id, c.home_id, c.household_id
      FROM \(part.rows))
    SELECT c.id, c.number, c.nature, c.vacated_on, e.name AS estate, h.building, h.unit, h.room,
      h.state AS home_state, n.let_on, n.contract_number
    FROM page c
    JOIN estates e ON e.id = c.estate_id
    JOIN homes h ON h.id = c.home_id
    LEFT JOIN LATERAL \(nextLease) n ON true
    ORDER BY \(part.order)
    """
  }

  var columns: [Column<RecoveredHome>] {
    [
      Column("问题编号", text: \.number),
      Column("项目", text: \.estate),
      Column("房号", text: \.place),
      Column("退出性质", shown: { tag($0.nature.markedTitle) }),
      Column("收回日期", day: \.vacatedOn),
      Column("现在", shown: { tag($0.state.title) }),
      Column("再出租", text: { $0.letOn.map { "\($0.iso)" } ?? "—" }),
      Column("空置", text: { "\($0.daysEmpty(on: asked.today)) 天" }),
    ]
  }

  func link(_ line: RecoveredHome) -> Link? { Paths.deskCase.link(line.id) }

  var empty: HTML {
    emptyState(
      "没有符合条件的房屋", hint: "问题办到“已清退”以后，收回的房屋列在这里。",
      action: buttonLink("查看全部", RecoveredFilter.list, isPrimary: false))
  }
}
