import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

let holidayCrumbs: [(String, Link)] = [
  ("系统管理", Paths.admin.link), ("节假日", Paths.adminHolidays.link),
]

/// `/admin/holidays`: which years are announced, and the days of one.
struct HolidayHandlers: Sendable {
  let services: Services

  /// `GET /admin/holidays`; `?year=…` for another year than this one.
  func listHolidays(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let today = ShanghaiTime.day(of: request.now)
    let year = try request.query["year"].map(Self.year) ?? today.year
    let years = try await services.databases.all(
      announcedYears(for: principal.area), as: principal)
    return try await services.deskPage(
      request, title: "节假日", lead: "工作日从这里来：国务院办公厅每年公布的放假和调休上班。办理期限按它推算。",
      breadcrumbs: [("系统管理", Paths.admin.link)],
      actions: buttonLink("登记新的一年", Paths.adminHolidayNew.link)
        + buttonLink("从表格导入", Paths.adminHolidayImport.link, isPrimary: false),
      HolidayListPage(years: years, shown: year, today: today).html)
  }

  static func year(_ text: String) throws -> Int {
    guard let year = Int(text), HolidayYear.years.contains(year) else {
      throw WebError.badRequest("网址里的年度不对，请回到“节假日”重新选择。")
    }
    return year
  }
}

struct HolidayListPage: Sendable {
  let years: [AnnouncedYear]
  let shown: Int
  let today: Day

  var html: HTML {
    missing + panel("已登记的年度", table) + panel("\(shown) 年的安排", days) + panel("变更记录", history)
  }

  /// Notices come out in November.
  private var missing: HTML {
    let wanted = [today.year] + (today.month >= 11 ? [today.year + 1] : [])
    let left = wanted.filter { year in !years.contains { $0.year == year } }
    guard !left.isEmpty else { return HTML() }
    return notice(
      .warn,
      """
      <p>\(left.map { "\($0) 年" }.joined(separator: "、"))的放假安排还没有登记：涉及的期限\
      \(WorkCalendar.guessed)。通知公布后请登记。</p>
      """)
  }

  private var table: HTML {
    dataTable(
      caption: "已登记的年度",
      columns: [
        Column<AnnouncedYear>("年度") { "\($0.year) 年" },
        Column("通知") { "\($0.days.document)" },
        Column("放假", numeric: true) { "\($0.days.daysOff.count) 天" },
        Column("调休上班", numeric: true) { "\($0.days.workdays.count) 天" },
        Column("登记") {
          $0.area == nil
            ? "\($0.setByName)" : "\($0.setByName)，\(ShanghaiTime.dateTimeText($0.setAt))"
        },
      ], rows: holding(years),
      link: { Paths.adminHolidays.link.query("year", String($0.year)) },
      empty: emptyState("还没有登记任何一年"))
  }

  private var days: HTML {
    guard let year = holding(years).first(where: { $0.year == shown }) else {
      return emptyState(
        "\(shown) 年还没有登记", hint: "期限\(WorkCalendar.guessed)。",
        action: buttonLink("登记 \(shown) 年", newLink))
    }
    let lines = year.days.lines.split(separator: "\n").map { line -> HTML in
      "<li>\(String(line))</li>"
    }
    return """
      <p>依据：\(year.days.document)</p>
      <ul>\(lines)</ul>
      <p>\(buttonLink("更正", newLink, isPrimary: false))</p>

      """
  }

  private var newLink: Link { Paths.adminHolidayNew.link.query("year", String(shown)) }

  private var history: HTML {
    let changes = years.filter { $0.year == shown }.sorted { $0.id > $1.id }
    guard !changes.isEmpty else { return emptyState("\(shown) 年还没有登记过") }
    return timeline(
      changes.map { change in
        TimelineEvent(
          time: change.area == nil ? "—" : ShanghaiTime.dateTimeText(change.setAt),
          title: change.days.document, actor: change.setByName,
          detail: """
            <p>放假 \(change.days.daysOff.count) 天，调休上班 \(change.days.workdays.count) 天\
            \(ifLet: change.area, { "（\($0.rawValue)）" })</p>
            """)
      })
  }
}
