package import Domain
package import Foundation
import HTML
import Pages
package import Postgres
import Register

/// One row of the list of cases.
package struct CaseLine: RowDecodable {
  package let id: CaseID
  package let number: String
  package let nature: ExitNature
  package let state: CaseState
  let stateSince: Day
  /// What is owed first: the campaign's day, or that of a clock of the law.
  package let dueOn: Day
  let version: Int
  let isInHardship: Bool
  let plannedOn: Day?
  let assignee: String?
  let estate: String
  package let building: String
  package let unit: String
  package let room: String
  package let applicant: String?

  package init(_ row: Row) throws {
    id = try row("id")
    number = try row("number")
    nature = try row("nature")
    state = try row("state")
    stateSince = try row("state_since")
    dueOn = try row("owed_on")
    version = try row("version")
    isInHardship = try row("in_hardship")
    plannedOn = try row("planned_on")
    assignee = try row("assignee")
    estate = try row("estate")
    building = try row("building")
    unit = try row("unit")
    room = try row("room")
    applicant = try row("applicant")
  }
}

/// 问题（整改）清单: cases, the newest first, or the longest overdue first; several of them can be chosen.
struct CaseList: RecordList {
  var asked: ListRequest<CaseFilter>
  /// Whether the nearest due day comes first, whatever is chosen.
  var isByDueDay = false

  let title = "问题（整改）清单"
  let lead = "每一件从发现到销号，都在这里。"
  let sheetTitle = "问题清单"
  let entity = "cases"
  let unit = "件"
  let tables: SQL = "cases c"

  var order: ListOrder<CaseLine> {
    asked.filter.isByDueDay || isByDueDay
      ? .ascending(.key("c.owed_on", \.dueOn), .key("c.id", \.id))
      : .descending(.carried(\.dueOn), .key("c.id", \.id))
  }

  func query(_ part: ListPart) -> SQL {
    """
    WITH page AS (
      SELECT c.id, \(Self.own), c.estate_id, c.home_id, c.household_id, c.assigned_to
      FROM \(part.rows))
    SELECT c.id, \(Self.own), a.display_name AS assignee, e.name AS estate, h.building, h.unit,
      h.room, f.applicant
    FROM page c
    JOIN estates e ON e.id = c.estate_id
    JOIN homes h ON h.id = c.home_id
    LEFT JOIN households f ON f.id = c.household_id
    LEFT JOIN accounts a ON a.id = c.assigned_to
    ORDER BY \(part.order)
    """
  }

  private static let own: SQL = """
    c.number, c.nature, c.state, c.state_since, c.owed_on, c.version, c.in_hardship, c.planned_on
    """

  var columns: [Column<CaseLine>] {
    [
      Column("编号", text: \.number),
      Column("项目", text: \.estate),
      Column("房号", text: { homeText(building: $0.building, unit: $0.unit, room: $0.room) }),
      Column("承租人", shown: tenantText),
      Column("退出性质", shown: { tag($0.nature.markedTitle) }),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
      Column("进入状态", day: \.stateSince),
      Column("期限", shown: { dueText($0.dueOn, state: $0.state, today: asked.today) }),
      // Who has it, and until when it is planned: of most cases neither is said yet.
      Column(
        "经办",
        text: { line in
          [line.assignee, line.plannedOn?.iso].compactMap(\.self).joined(separator: " ")
        }),
    ]
  }

  var actions: HTML {
    buttonLink(SoundAnnex.shortTitle, Paths.deskAnnex.link, isPrimary: false)
      + buttonLink("收回的房屋", Paths.deskRecovered.link, isPrimary: false)
      + buttonLink("处理依据", Paths.deskExitGrounds.link, isPrimary: false)
      + buttonLink("文书模板", Paths.deskTemplates.link, isPrimary: false)
      + exportLinks(asked.filter.link)
  }

  func link(_ line: CaseLine) -> Link? { Paths.deskCase.link(line.id) }

  var empty: HTML {
    emptyState(
      "没有符合条件的问题", hint: "换一个筛选条件，或清除筛选查看全部。",
      action: buttonLink("查看全部", CaseFilter.list, isPrimary: false))
  }
}

/// The tenant of a case as lists name them, with a word where they are in hardship.
func tenantText(_ line: CaseLine) -> HTML {
  let name = Masking.maskedName(line.applicant ?? "")
  return line.isInHardship ? "\(name) \(tag("困难情形", .warn))" : "\(name)"
}

/// The first cases of a list.
package func firstCases(
  _ filter: CaseFilter, as principal: Principal, at now: Date, limit: Int = registerPageSize
) -> Query<CaseLine> {
  CaseList(asked: ListRequest(filter, as: principal, at: now, among: [])).lines(limit: limit)
}
