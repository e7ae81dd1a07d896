import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/admin/audit/counter`: who asks much at the counter and files little.
struct CounterWatchHandlers: Sendable {
  let services: Services

  /// `GET /admin/audit/counter`; `?until=…` ends the days that are shown, the last seven otherwise.
  func showWatch(_ request: WebRequest) async throws -> WebResponse {
    var form = FormChecker(request.query)
    let today = ShanghaiTime.day(of: request.now)
    let until =
      form.day("until", "截止日期", in: AuditFilter.days, required: false).map { min($0, today) }
      ?? today
    let first = until - (CounterWatchPage.days - 1)
    let query = counterWatch(from: first, through: until)
    if let format = try request.exportFormat {
      let list = ListExport(
        "窗口查询统计", of: "audit_events", columns: { CounterWatchPage.columns }, query: query)
      return try await services.export(list, as: format, request)
    }
    let lines = try await services.databases.read(as: request.principal) { try $0.all(query) }
    let page = CounterWatchPage(
      lines: lines, first: first, until: until, today: today, typed: request.query["until"],
      csrf: request.csrf, errors: form.errors)
    return try await services.deskPage(
      request, title: "窗口查询统计", lead: "查询很多、办理很少的账号或系统，可能在借窗口核查打听他人情况，请向其单位核实。",
      breadcrumbs: [adminCrumb, ("审计记录", Paths.adminAudit.link)],
      actions: exportLinks(page.link), page.html)
  }
}

struct CounterWatchPage {
  static let days = 7

  let lines: [CounterWatchLine]
  let first: Day
  let until: Day
  let today: Day
  let typed: String?
  let csrf: String
  let errors: FormErrors

  var html: HTML {
    """
    \(if: !errors.isEmpty, notice(.alert, "\(errors.list, { "<p>\($0.message)</p>" })"))\
    \(filterBar(action: Paths.adminAuditCounter.link, typed: ["until"], csrf: csrf) {
      filterText("until", label: "截止日期", value: typed, hint: "2021-08-31")
    })\
    \(notice(.neutral, "<p>一天查询 \(CounterDay.questionsNoticed) 次及以上、办理不到可办理的 \(CounterDay.expectedFilings)% 的标为“请核实”。</p>"))\
    \(dataTable(
      caption: "窗口查询统计", columns: Self.columns, rows: lines,
      empty: emptyState("这几天没有窗口查询", hint: "换一个截止日期，看更早的。")))\
    \(pager(next: link(until: first - 1), previous: previous, countText: "\(first.iso) 至 \(until.iso)"))
    """
  }

  static var columns: [Column<CounterWatchLine>] {
    [
      Column("日期", day: \.day),
      Column("账号", text: \.account),
      Column("系统", text: \.system),
      Column("角色", text: { $0.role?.title }),
      Column("查询", number: \.counts.questions),
      Column("命中", number: \.counts.hits),
      Column("事项种数", number: \.purposes),
      Column("办理", number: \.counts.filings),
      Column("办理占比（%）", number: \.counts.filingShare),
      Column("情况", tag: { $0.counts.looksLikeFishing ? ("请核实", .alert) : ("正常", .neutral) }),
    ]
  }

  var link: Link { link(until: until == today ? nil : until) }

  private var previous: Link? {
    guard until < today else { return nil }
    let next = until + Self.days
    return link(until: next >= today ? nil : next)
  }

  private func link(until day: Day?) -> Link {
    Paths.adminAuditCounter.link.query("until", day?.iso)
  }
}
