import Clocks
import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// One home of the roster: who should live there, what is known, what comes next.
struct RosterEntryHandlers: Sendable {
  let services: Services

  /// `GET /desk/visits/homes/:id`
  func showEntry(_ request: WebRequest, _ id: RosterEntryID) async throws -> WebResponse {
    let principal = try request.principal
    let (entry, visits, watch, repairs) = try await services.databases.read(as: principal) { tx in
      let entry = try tx.found(rosterEntry(id))
      return (
        entry, try tx.all(householdVisits(of: entry.household)),
        try tx.all(watches(of: entry.home)).first { $0.endedAt == nil },
        try tx.all(Visits.repairs(of: entry.home))
      )
    }
    return try await services.deskPage(
      request, title: "\(entry.estateName) \(entry.place)",
      lead: "\(entry.township) · \(entry.state.title)",
      breadcrumbs: [("走访名单", Paths.deskRoster.link)],
      actions: actions(entry, watch, principal),
      panel("这一户", definitionList(facts(entry, watch, principal)))
        + panel("走访", VisitTable(visits: visits).html)
        + (repairs.isEmpty
          ? HTML() : panel("报修", "<ul>\(repairs.map(\.item).joined())</ul>")))
  }

  private func actions(
    _ entry: RosterEntry, _ watch: HomeWatch?, _ principal: Principal
  ) -> HTML {
    var buttons = HTML()
    if principal.may(.recordVisits) {
      buttons = buttons + buttonLink("登记走访", Paths.deskVisitForm.link(entry.id))
    }
    if entry.attempts >= AttemptPlan.untilNotice {
      buttons =
        buttons + buttonLink("打印入户通知", Paths.deskDoorNotice.link(entry.id), isPrimary: false)
    }
    if principal.may(.watchHomes), watch == nil {
      buttons =
        buttons + buttonLink("列入重点监控", Paths.deskHomeWatch.link(entry.home), isPrimary: false)
    }
    return buttons
  }

  private func facts(
    _ entry: RosterEntry, _ watch: HomeWatch?, _ principal: Principal
  ) -> [(String, HTML)] {
    let name = principal.may(.viewNames) ? entry.applicant : entry.applicant.map(Masking.maskedName)
    var rows: [(String, HTML)] = [
      (
        "家庭",
        """
        <a href="\(path: Paths.deskHousehold.link(entry.household))">\(entry.householdNumber)</a> \
        \(optional: name)，\(entry.members) 人
        """
      ),
      ("房屋", "<a href=\"\(path: Paths.deskHome.link(entry.home))\">\(entry.place)</a>"),
      ("走访小组", "\(entry.teamName ?? "未分派")\(ifLet: entry.visitors, { "（\($0)）" })"),
      ("状态", tag(entry.state.title, entry.state.tagKind)),
    ]
    if let day = entry.endedOn { rows.append(("租约", "已于\(day.chinese)结束")) }
    if entry.attempts > 0 { rows.append(("无人在家", "连续 \(entry.attempts) 次")) }
    if let next = entry.next {
      rows.append(("下次走访", "\(next.day.chinese) \(next.slot.title)（\(next.slot.hours)）"))
    }
    if !entry.signals.isEmpty {
      rows.append(("优先走访", entry.signals.map { tag($0.title, .warn) }.joined(separator: " ")))
    }
    if let watch {
      rows.append(
        (
          "重点监控",
          """
          <a href="\(path: Paths.deskWatch.link(watch.id))">\(watch.reason.title)</a>，每 \
          \(watch.rhythmDays) 天一次，下次 \(watch.next.day.chinese) \(watch.next.slot.title)
          """
        ))
    }
    return rows
  }

  // MARK: The notice for the door

  /// `GET /desk/visits/homes/:id/notice`
  func printNotice(_ request: WebRequest, _ id: RosterEntryID) async throws -> WebResponse {
    let principal = try request.principal
    let (entry, visits) = try await services.databases.read(as: principal) { tx in
      let entry = try tx.found(rosterEntry(id))
      return (entry, try tx.all(householdVisits(of: entry.household)))
    }
    let site = services.site.settings(for: principal)
    let absent = visits.filter { $0.met == .nobody && $0.state != .void }.reversed()
    let days = absent.map { "\($0.visitedOn.chinese)\($0.slot.map { "（\($0.title)）" } ?? "")" }
    let sheet = PrintPage(
      title: "入户走访通知", site: site, back: Paths.deskRosterEntry.link(id),
      body: DoorNotice(
        entry: entry, days: days, contact: site.footerItems.first { $0.name == "联系方式" }?.text
      ).html,
      sealedBy: site.bureaus.first, day: ShanghaiTime.dateText(request.now))
    return .page(sheet.html)
  }
}

/// What is posted on a door where nobody was at home three times. No name: whoever passes reads it.
struct DoorNotice {
  let entry: RosterEntry
  /// The days on which somebody was there.
  let days: [String]
  let contact: String?

  var html: HTML {
    let tried: HTML =
      days.isEmpty ? "多次" : "先后于\(days.joined(separator: "、"))"
    let again: HTML = entry.next.map { "\($0.day.chinese)\($0.slot.hours)" } ?? "近日"
    return """
      <p>\(entry.estateName) \(entry.place) 承租户：</p>
      <p class="indented">根据公租房租后管理工作安排，走访人员\(tried)到您家走访，均无人在家。\
      我们定于\(again)再次上门，请届时留人在家，并准备好身份证件和租赁合同。</p>
      <p class="indented">如果这个时间不方便，请与走访人员联系另约时间\(ifLet: contact, { "，电话：\($0)" })。\
      公租房应由承租家庭自住，无正当理由连续空置 6 个月以上，或者转租、出借的，应当退回（《公共租赁住房管理办法》第二十七条）。</p>
      """
  }
}
