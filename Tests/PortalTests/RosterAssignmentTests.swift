import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// Who goes where, and how far they are.
@Suite struct RosterAssignmentTests {
  private func choose(_ entries: [String], _ browser: Browser) async throws -> PageForm {
    let link = "/desk/visits/roster/choice?" + entries.map { "entry=\($0)" }.joined(separator: "&")
    return try await browser.open(link).form(to: "/desk/visits/roster/choice")
  }

  @Test func homesAreGivenByHandAndTakenBack() async throws {
    let fixture = try await RosterFixture(buildings: [3])
    let team = try await fixture.team("龙津一组")
    let entries = Array(try await fixture.entries().prefix(2))
    let done = try await choose(entries, fixture.town).fill(["team": team]).submit()
    #expect(done.has("已把 2 户分派给龙津一组"))
    #expect(try await fixture.dealt() == ["0|1", "龙津一组|2"])
    try await fixture.isCountedRight()
    let back = try await choose(entries, fixture.town).fill(["team": "nobody"]).submit()
    #expect(back.has("已收回 2 户"))
    #expect(try await fixture.dealt() == ["0|3"])
    try await fixture.isCountedRight()
    let audited = try await fixture.lines(
      """
      SELECT account, after->>'visit_team', after->>'households' FROM audit_events
      WHERE action = 'roster.assign' ORDER BY id
      """)
    #expect(audited.count == 2 && audited[0].contains("龙津一组") && audited[1] == "longjin||2")
  }

  @Test func whatOthersHaveChangedMeanwhileIsSaid() async throws {
    let fixture = try await RosterFixture(buildings: [3])
    let (one, two) = (try await fixture.team("一组"), try await fixture.team("二组"))
    let entries = Array(try await fixture.entries().prefix(2))
    let seen = try await choose(entries, fixture.officer)
    _ = try await choose([entries[0]], fixture.town).fill(["team": one]).submit()
    let refused = try await seen.fill(["team": two]).submit()
    #expect(refused.status == 409 && refused.has("一户也没有分派"))
    #expect(try await fixture.dealt() == ["0|2", "一组|1"])
  }

  @Test func allOfAFilterAreGivenAtOnce() async throws {
    let fixture = try await RosterFixture(buildings: [60])
    let team = try await fixture.team("一组")
    let page = try await fixture.town.open("/desk/visits/roster?holder=nobody").follow("分派筛选出的全部")
    #expect(page.has("筛选出的 60 户"))
    let done = try await page.form(to: "/desk/visits/roster/choice").fill(["team": team]).submit()
    #expect(done.has("已把 60 户分派给一组"))
    try await fixture.isCountedRight()
  }

  @Test func wholeBuildingsAreDealtOutSoThatTeamsHaveAboutTheSame() async throws {
    let fixture = try await RosterFixture(buildings: [4, 3, 5, 4, 8])
    let teams = [try await fixture.team("一组"), try await fixture.team("二组")]
    let link = "/desk/visits/roster/assignment?township=350423100"
    var form = try await fixture.town.open(link).form(button: "分派")
      .fill(["all": "yes"])
    for team in teams { form = form.adding("teams", team) }
    let done = try await form.submit()
    #expect(done.has("一组 3 栋 12 户") && done.has("二组 2 栋 12 户"))
    #expect(
      try await fixture.lines(
        """
        SELECT count(*) FROM (
          SELECT m.building FROM roster_entries r JOIN homes m ON m.id = r.home_id
          GROUP BY 1 HAVING count(DISTINCT r.team_id) > 1) split
        """) == ["0"])
    try await fixture.isCountedRight()
    let nobody = try await fixture.town.open(link).form(button: "分派")
      .fill(["all": "yes", "teams": "nobody"]).submit()
    #expect(nobody.has("已收回 24 户"))
    #expect(try await fixture.dealt() == ["0|24"])
  }

  @Test func oneBuildingIsGivenToOneTeam() async throws {
    let fixture = try await RosterFixture(buildings: [2, 3])
    let team = try await fixture.team("一组")
    let estate = try await fixture.lines("SELECT id FROM estates WHERE name = '安居苑'")[0]
    let done = try await fixture.town.open("/desk/visits/roster/assignment?estate=\(estate)")
      .form(button: "分派")
      .fill(["building": "\(estate):2栋", "teams": team]).submit()
    #expect(done.has("一组 1 栋 3 户"))
    #expect(try await fixture.dealt() == ["0|2", "一组|3"])
  }

  @Test func aTeamGoesNoFurtherThanItsArea() async throws {
    let fixture = try await RosterFixture(buildings: [2])
    try await fixture.add(1, in: "3栋", of: "嵩溪苑", area: "350423101")
    try await fixture.make()
    let team = try await fixture.team("龙津组")
    let entries = try await fixture.entries()
    let refused = try await choose(entries, fixture.officer).fill(["team": team]).submit()
    #expect(refused.status == 422 && refused.has("1 户不在这个小组的辖区里"))
    let wide = try await fixture.team("县组", by: fixture.officer, area: "350423")
    _ = try await choose(entries, fixture.officer).fill(["team": wide]).submit()
    #expect(try await fixture.dealt() == ["县组|3"])
    // The township sees whose they are, and leaves the county's team alone.
    #expect(try await fixture.town.open("/desk/visits/roster").has("县组"))
    #expect(try await fixture.town.open("/desk/visits/teams/\(wide)").status == 404)
  }

  @Test func whatADisbandedTeamHasNotVisitedIsNobodys() async throws {
    let fixture = try await RosterFixture(buildings: [3])
    let team = try await fixture.team("一组")
    let entries = try await fixture.entries()
    _ = try await choose(entries, fixture.town).fill(["team": team]).submit()
    try await fixture.visit(entries[0], met: "tenant")
    let done = try await fixture.town.open("/desk/visits/teams/\(team)/end")
      .form(to: "/desk/visits/teams/\(team)/end").submit()
    #expect(done.has("小组已解散，2 户等待分派"))
    #expect(try await fixture.dealt() == ["0|2", "一组|1"])
    try await fixture.isCountedRight()
  }

  @Test func coverageIsWhatACountOfAllSays() async throws {
    let fixture = try await RosterFixture(buildings: [6])
    let team = try await fixture.team("一组")
    let entries = try await fixture.entries()
    _ = try await choose(Array(entries.prefix(4)), fixture.town).fill(["team": team]).submit()
    try await fixture.visit(entries[0], met: "tenant", slot: "evening")
    try await fixture.visit(entries[1], met: "nobody")
    try await fixture.visit(entries[1], met: "family", on: "2021-08-21", slot: "weekend")
    try await fixture.visit(entries[2], met: "nobody")
    try await fixture.visit(entries[5], met: "other")
    try await fixture.isCountedRight()
    let page = try await fixture.town.open("/desk/visits/coverage")
    #expect(page.has("3 / 6 户") && page.has("晚上 1 次，休息日 1 次"))
    try await fixture.write(
      "UPDATE visits SET state = 'void' WHERE entry_id = \(entries[0]); UPDATE roster_entries SET state = 'waiting' WHERE id = \(entries[0])"
    )
    try await fixture.isCountedRight()
    #expect(try await fixture.town.open("/desk/visits/coverage").has("2 / 6 户"))
    _ = try await choose([entries[1]], fixture.town).fill(["team": "nobody"]).submit()
    try await fixture.isCountedRight()
  }

  @Test func sheetsArePrintedByBuildingAndRecorded() async throws {
    let fixture = try await RosterFixture(buildings: [2, 3])
    let page = try await fixture.town.open("/desk/visits/sheets")
    let printed = try await page.follow("打印列出的 5 户")
    #expect(printed.has("安居苑 1栋（2 户）") && printed.has("安居苑 2栋（3 户）"))
    let audited = try await fixture.lines(
      "SELECT account, after->>'rows' FROM audit_events WHERE action = 'roster.print'")
    #expect(audited == ["longjin|5"])
  }
}
