import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// 日程: what somebody has to do by when, and the secret address at which their calendar program reads it.
struct CalendarHandlers: Sendable {
  let services: Services
  let sources: [CalendarSource]
  /// What people type into their browsers; nil where it is not known.
  let address: String?

  /// `GET /desk/calendar`
  func showCalendar(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let (sources, today) = (sources, ShanghaiTime.day(of: request.now))
    let (days, feed) = try await services.databases.read(as: principal) { tx in
      (try sources.days(tx, for: principal, on: today), try tx.first(calendarFeed()))
    }
    return try await services.deskPage(
      request, title: "日程", lead: "到哪一天要办什么；也可以订阅到手机或电脑的日历里。",
      panel("今后的期限", table(days, today))
        + panel("订阅到日历", subscription(feed, csrf: request.csrf)))
  }

  /// `POST /desk/calendar`: a new address, shown once.
  func openFeed(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    let (principal, origin, now) = (
      try request.principal, try request.auditOrigin, request.now
    )
    let token = try await services.databases.transaction(as: principal) { tx in
      try tx.openCalendarFeed(by: origin, principal, at: now)
    }
    return try await services.deskPage(
      request, title: "订阅地址", lead: "只显示这一次，请现在就填进日历程序。",
      breadcrumbs: [("日程", Paths.deskCalendar.link)],
      panel("订阅地址", freshAddress(token)))
  }

  /// `POST /desk/calendar/end`
  func closeFeed(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    let (principal, origin, now) = (
      try request.principal, try request.auditOrigin, request.now
    )
    let wasOpen = try await services.databases.transaction(as: principal) { tx in
      try tx.closeCalendarFeed(by: origin, principal, at: now)
    }
    return .redirect(
      to: Paths.deskCalendar.link, flash: wasOpen ? "已停用订阅地址，日历程序不能再读取。" : "没有正在使用的订阅地址。")
  }

  /// `GET /calendar/:token`: what calendar programs read. Whoever may not open the desk any more reads nothing.
  func readFeed(_ request: WebRequest, _ token: CalendarToken) async throws -> WebResponse {
    let (sources, now) = (sources, request.now)
    let reader = try await services.databases.transactionOfNobody { tx in
      try tx.first(calendarReader(token, at: now))
    }
    guard let reader, reader.may(.viewDesk) else { throw WebError.notFound }
    let days = try await services.databases.read(as: reader) { tx in
      try sources.days(tx, for: reader, on: ShanghaiTime.day(of: now))
    }
    let calendar = ICalendar(
      name: services.site.settings(for: reader).title, days: days, madeAt: now)
    return .bytes(
      Array(calendar.text.utf8), type: "text/calendar; charset=utf-8", filename: "日程.ics")
  }

  private func table(_ days: [CalendarDay], _ today: Day) -> HTML {
    dataTable(
      caption: "今后的期限",
      columns: [
        Column<CalendarDay>("日期") { day -> HTML in
          "<span class=\"keep\">\(day.day.iso)（\(day.day.weekday.title)）</span>"
        },
        Column("事项") { "\($0.title)" },
        Column("说明") { "\($0.detail ?? "—")" },
        Column("还有") { day in
          let left = today.days(until: day.day)
          return left < 0
            ? tag("逾期 \(-left) 天", .alert) : tag("\(left) 天", left <= 7 ? .warn : .neutral)
        },
      ], rows: days, empty: emptyState("没有要办的期限"))
  }

  private func subscription(_ feed: CalendarFeed?, csrf: String) -> HTML {
    let open = FormView().form(
      action: Paths.deskCalendar.link, csrf: csrf,
      button: feed == nil ? "生成订阅地址" : "换一个地址", HTML())
    guard let feed else {
      return """
        <p>日历程序用一个只有您知道的地址读取这些期限，不用登录。里面没有姓名、证件号和房号。谁有这个地址谁就能读，请不要转发；随时可以停用。</p>
        \(open)
        """
    }
    let read = feed.readAt.map { "最近一次读取在 \(ShanghaiTime.hourText($0))" } ?? "还没有读取过"
    return """
      <p>订阅地址于 \(ShanghaiTime.dateTimeText(feed.madeAt)) 生成，\(read)。地址只在生成时显示；忘记了请换一个，原来的随即失效。</p>
      \(open)
      \(FormView(idPrefix: "end-").form(
        action: Paths.deskCalendarEnd.link, csrf: csrf, button: "停用地址", HTML()))
      """
  }

  private func freshAddress(_ token: CalendarToken) -> HTML {
    let path = Paths.calendarFeed.link(token).url
    return """
      <p class="fresh-password"><code>\(address.map { $0 + path } ?? path)</code></p>
      \(if: address == nil, "<p>前面加上您平时打开门户的网址。</p>")
      <p>手机：设置 → 日历 → 账户 → 添加“已订阅的日历”。电脑：在日历程序里选“从网址订阅”。</p>
      <p>\(buttonLink("回到日程", Paths.deskCalendar.link))</p>

      """
  }
}
