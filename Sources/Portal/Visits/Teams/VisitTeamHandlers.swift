import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// 走访小组: who goes with whom, where, and how far they are.
struct VisitTeamHandlers: Sendable {
  let services: Services

  /// `GET /desk/visits/teams`
  func listTeams(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let (teams, hasRoster) = try await services.databases.read(as: principal) { tx in
      let rosters = try tx.all(currentRosters(for: principal.area)).map(\.id)
      return (try tx.all(visitTeams(of: rosters)), !rosters.isEmpty)
    }
    return try await services.deskPage(
      request, title: "走访小组", lead: "两个人一组；一户分派给一个小组。",
      breadcrumbs: [("走访名单", Paths.deskRoster.link)],
      actions: hasRoster && principal.may(.planVisits)
        ? buttonLink("建立小组", Paths.deskVisitTeamNew.link) : HTML(),
      table(teams, hasRoster: hasRoster, principal))
  }

  private func table(_ teams: [VisitTeam], hasRoster: Bool, _ principal: Principal) -> HTML {
    dataTable(
      caption: "走访小组",
      columns: [
        Column<VisitTeam>("小组") { "\($0.name)" }, Column("走访人") { "\($0.visitors)" },
        Column("辖区") { "\($0.areaName)" },
        Column("分派", numeric: true) { "\(grouped($0.entries))" },
        Column("已走访", numeric: true) { "\(grouped($0.visited))" },
        Column("无人在家", numeric: true) { "\(grouped($0.tried))" },
        Column("待走访", numeric: true) { team in waiting(team) },
      ], rows: teams,
      link: { team in
        principal.may(.planVisits) && principal.area.contains(team.area)
          ? Paths.deskVisitTeam.link(team.id) : nil
      },
      empty: emptyState(
        "还没有走访小组", hint: hasRoster ? "两个人一组，再把名单里的家庭分派给小组。" : "生成走访名单以后，再建立小组。",
        action: buttonLink("走访名单", Paths.deskRoster.link, isPrimary: false)))
  }

  private func waiting(_ team: VisitTeam) -> HTML {
    var filter = RosterFilter()
    filter.team = team.id
    return "<a href=\"\(path: filter.link)\">\(grouped(team.waiting))</a>"
  }
}
