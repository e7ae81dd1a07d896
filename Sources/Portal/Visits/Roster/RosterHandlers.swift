import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// 走访名单: the list, from which homes are chosen for a team.
struct RosterHandlers: Sendable {
  let services: Services
  let estates: EstateOverview

  /// `GET /desk/visits/roster`
  func listRoster(_ request: WebRequest) async throws -> WebResponse {
    try await services.answer(request, RosterList(asked: try await asked(request)))
  }

  /// What is asked for, with what the filter offers.
  func asked(_ request: WebRequest) async throws -> ListRequest<RosterFilter> {
    let principal = try request.principal
    let estates = try await estates.choices(for: principal, at: request.now)
    let choices = try await services.databases.read(as: principal) { tx in
      let rosters = try tx.all(currentRosters(for: principal.area))
      return RosterChoices(
        estates: estates, teams: try tx.all(teamChoices(of: rosters.map(\.id))), rosters: rosters)
    }
    return try ListRequest(request, among: choices)
  }
}

extension RosterList {
  func body(_ page: ListPage<RosterList>) -> HTML {
    guard !asked.choices.rosters.isEmpty else { return empty }
    return asked.choices.rosters.map(\.progress).joined() + page.filters + choice(page) + page.pager
  }

  private func choice(_ page: ListPage<RosterList>) -> HTML {
    guard asked.principal.may(.planVisits), !page.lines.lines.isEmpty else { return page.table }
    let all = asked.filter.link(at: Paths.deskRosterWhole.link)
    return """
      <form method="get" action="\(path: Paths.deskRosterChoice.link)">
      \(page.table(columns + [Self.checkbox]))
      <div class="form-actions"><button class="button" type="submit">分派所选的家庭</button>\
      \(buttonLink("分派筛选出的全部", all, isPrimary: false))\
      <span class="hint">分派给一个小组，或者收回到“还没有分派”。</span></div>
      </form>

      """
  }

  private static var checkbox: Column<RosterLine> {
    Column("选择") { line -> HTML in
      guard line.state != .gone else { return HTML() }
      return """
        <input type="checkbox" name="entry" value="\(line.id.description)" \
        aria-label="选择 \(line.estate) \(line.place)">
        """
    }
  }
}

extension VisitRoster {
  /// How far its making is; nothing where nothing is done to it.
  var progress: HTML {
    guard let phase else { return HTML() }
    let body: HTML = "<p>\(phase.isEmpty ? "排队" : phase)……</p>"
    return """
      <div id="roster-progress-\(id.description)" data-refresh="1000">
      <noscript><meta http-equiv="refresh" content="3"></noscript>
      \(panel(readyAt == nil ? "正在生成名单" : "正在更新名单", body + refreshLink))</div>

      """
  }

  private var refreshLink: HTML {
    """
    <p class="hint">页面会自己更新，可以离开，名单照常生成。\
    <a href="\(path: Paths.deskRoster.link)">刷新</a></p>
    """
  }
}
