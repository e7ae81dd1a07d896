import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// The roster of homes to visit: made of the leases, brought up to date, sorted by risk.
@Suite struct RosterTests {
  @Test func itIsMadeOfTheLeasesThatRunInTheEstatesOfTheCampaign() async throws {
    let fixture = try await RosterFixture(buildings: [3, 2], isMade: false)
    try await fixture.add(2, in: "1栋", of: "企业宿舍")
    try await fixture.write(
      "UPDATE leases SET state = 'ended', ended_on = '2021-08-01' WHERE contract_number = 'HT-安居苑-2栋-102'"
    )
    #expect(try await fixture.officer.open("/desk/visits/roster").has("还没有走访名单"))
    let asked = try await fixture.officer.open("/desk/visits/roster/making")
    #expect(asked.has("4 份"))
    try await fixture.make()
    let made = try await fixture.lines(
      """
      SELECT h.number, r.area, r.state FROM roster_entries r JOIN households h ON h.id = r.household_id
      ORDER BY r.estate_id, r.route
      """)
    #expect(
      made == [
        "安居苑-1栋-101|350423100|waiting", "安居苑-1栋-102|350423100|waiting",
        "安居苑-1栋-103|350423100|waiting", "安居苑-2栋-101|350423100|waiting",
      ])
    let audited = try await fixture.lines(
      "SELECT account, after->>'households' FROM audit_events WHERE action = 'roster.make'")
    #expect(audited == ["zhujian|4"])
    try await fixture.isCountedRight()
  }

  @Test func askedForAgainNothingIsTwice() async throws {
    let fixture = try await RosterFixture(buildings: [3])
    let before = try await fixture.lines("SELECT r::text FROM roster_entries r ORDER BY id")
    #expect(try await fixture.officer.open("/desk/visits/roster").has("更新名单"))
    try await fixture.make()
    #expect(try await fixture.lines("SELECT r::text FROM roster_entries r ORDER BY id") == before)
    #expect(try await fixture.lines("SELECT count(*) FROM visit_rosters") == ["1"])
  }

  @Test func twoWhoAskAtOnceGetOneJob() async throws {
    let fixture = try await RosterFixture(buildings: [3], isMade: false)
    let forms = [
      try await fixture.officer.open("/desk/visits/roster/making").form(
        to: "/desk/visits/roster/making"),
      try await fixture.site.browser(signedInAs: "zhujian-lead").open("/desk/visits/roster/making")
        .form(to: "/desk/visits/roster/making"),
    ]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for form in forms { group.addTask { _ = try await form.submit() } }
      try await group.waitForAll()
    }
    await fixture.site.portal.services.jobs.finishAll()
    #expect(try await fixture.entries().count == 3)
    #expect(try await fixture.lines("SELECT count(*) FROM visit_rosters") == ["1"])
  }

  @Test func itFollowsTheLeases() async throws {
    let fixture = try await RosterFixture(buildings: [3])
    let entries = try await fixture.entries()
    try await fixture.visit(entries[0], met: "tenant")
    try await fixture.write(
      """
      UPDATE leases SET state = 'ended', ended_on = '2021-08-01' WHERE contract_number LIKE '%-10_' AND contract_number <> 'HT-安居苑-1栋-103';
      UPDATE homes SET building = '9栋' WHERE room = '103';
      """)
    try await fixture.add(1, in: "3栋", of: "嵩溪苑", area: "350423101")
    try await fixture.make()
    let states = "SELECT state, left(route, 8), area FROM roster_entries ORDER BY id"
    #expect(
      try await fixture.lines(states) == [
        "gone|0000011栋|350423100", "gone|0000011栋|350423100", "waiting|0000099栋|350423100",
        "waiting|0000033栋|350423101",
      ])
    try await fixture.isCountedRight()
    // A lease that runs again is where its visits left it.
    try await fixture.write("UPDATE leases SET state = 'running', ended_on = NULL")
    try await fixture.make()
    #expect(
      try await fixture.lines("SELECT state FROM roster_entries ORDER BY id")
        == ["visited", "waiting", "waiting", "waiting"])
    try await fixture.isCountedRight()
  }

  @Test func whatPointsOneWaySortsItAndSaysWhy() async throws {
    let fixture = try await RosterFixture(buildings: [4])
    try await fixture.write(
      """
      INSERT INTO findings (area, household_id, rule, subject, evidence)
        SELECT area, id, CASE WHEN number LIKE '%103' THEN 'R5' ELSE 'R1' END, 'x', '{}' FROM households
        WHERE number LIKE '%102' OR number LIKE '%103';
      INSERT INTO home_watches (area, home_id, reason, rhythm_days, started_by, started_by_name, started_at, next_on, next_slot)
        SELECT m.area, m.id, 'sublet', 7, a.id, '样本', now(), '2021-09-01', 'evening' FROM homes m, accounts a
        WHERE m.room = '103' AND a.account = 'zhujian';
      INSERT INTO patrols (area, home_id, key, observed_at, signal, note_sealed, recorded_by, recorded_by_name, recorded_at)
        SELECT m.area, m.id, gen_random_uuid(), timestamptz '2021-08-01', s, '\\x00', a.id, '样本', now()
        FROM homes m, accounts a, unnest('{nothing,listing,strangers}'::text[]) s
        WHERE m.room = '104' AND a.account = 'zhujian';
      INSERT INTO patrols (area, home_id, key, observed_at, signal, note_sealed, recorded_by, recorded_by_name, recorded_at)
        SELECT m.area, m.id, gen_random_uuid(), timestamptz '2021-01-01', 'listing', '\\x00', a.id, '样本', now()
        FROM homes m, accounts a WHERE m.room = '101' AND a.account = 'zhujian';
      """)
    try await fixture.make()
    let risks = try await fixture.lines(
      "SELECT risk, array_to_string(risk_signals, ' ') FROM roster_entries ORDER BY id")
    #expect(risks == ["0|", "10|finding", "70|watched occupant", "20|patrol"])
    let page = try await fixture.officer.open("/desk/visits/roster?order=risk")
    let numbers = page.table.rows.map { $0[3] }
    #expect(numbers == ["安居苑-1栋-103", "安居苑-1栋-104", "安居苑-1栋-102"])
    #expect(page.has("重点监控") && page.has("疑似转租出借"))
    let versions = try await fixture.lines("SELECT DISTINCT version FROM roster_entries")
    #expect(versions == ["1"])
  }

  @Test func aTownshipSeesItsOwnHomesOfTheCountysRoster() async throws {
    let fixture = try await RosterFixture(buildings: [2])
    try await fixture.add(1, in: "3栋", of: "嵩溪苑", area: "350423101")
    try await fixture.make()
    #expect(try await fixture.officer.open("/desk/visits/roster").table.rows.count == 3)
    #expect(try await fixture.town.open("/desk/visits/roster").table.rows.count == 2)
    let other = try await fixture.entries("r.area = '350423101'")[0]
    let page = try await fixture.town.open("/desk/visits/roster/choice?entry=\(other)")
    #expect(page.has("没有选择家庭"))
    #expect(try await fixture.town.open("/desk/visits/roster/making").status == 403)
  }
}
