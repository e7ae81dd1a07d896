import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// What is owed next is reckoned anew when a county corrects a term, or a year's holidays are announced.
@Suite(.serialized) struct CaseClockJobTests {
  private func correct(
    _ site: TestPortal, _ count: Int, _ unit: String = "days"
  ) async throws -> Page {
    try await site.browser(signedInAs: "zhujian-lead").open(
      "/desk/clocks/term?code=sublet_objection"
    )
    .form(to: "/desk/clocks/term")
    .fill(["count": String(count), "unit": unit, "reason": "县司法局复函"]).submit()
  }

  private func owed(_ work: CaseWorkFixture) async throws -> [String] {
    try await work.base.register.lines("SELECT next_due_on, next_clock, version FROM cases")
  }

  @Test func aCorrectedTermMakesCasesOverdueOnEveryDesk() async throws {
    let work = try await CaseWorkFixture()
    let site = work.base.site
    let address = try await work.open()
    _ = try await work.both(.verify, of: address)
    let version = try #require(try await owed(work).first?.split(separator: "|").last)
    #expect(try await owed(work) == ["2021-08-25|campaign|\(version)"])
    #expect(try await work.officer.open("/desk/cases?overdue=1").has("没有符合条件的问题"))
    _ = try await correct(site, 10)
    // The page says that it is on its way, and the case is not changed for whoever has it open.
    #expect(try await work.officer.open("/desk/clocks").has("重算在办问题"))
    let form = try await work.form(.serveNotice, of: address)
    await site.portal.services.jobs.finishAll()
    #expect(try await owed(work) == ["2021-08-12|sublet_objection|\(version)"])
    #expect(try await !work.officer.open("/desk/clocks").has("重算在办问题"))
    let list = try await work.officer.open("/desk/cases?overdue=1")
    #expect(list.has("2021-08-12") && list.has("逾期 8 天"), "\(list.text)")
    for desk in [work.officer, work.lead, work.taskForce] {
      let page = try await desk.open("/desk")
      #expect(page.has("问题逾期1/ 1 件在办") || page.has("逾期 8 天") || page.has("2021-08-12"))
    }
    #expect(try await work.taskForce.open("/desk").has("2021-08-12"))
    #expect(try await form.submit().has("已办理：送达告知"))
    #expect(try await work.officer.open("/desk/cases?overdue=1").has("没有符合条件的问题"))
  }

  @Test func holidaysThatAreAnnouncedCount() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    _ = try await work.both(.verify, of: address)
    _ = try await correct(work.base.site, 8, "workdays")
    await work.base.site.portal.services.jobs.finishAll()
    #expect(try await owed(work).first?.hasPrefix("2021-08-12|") == true)
    let form = try await work.base.site.browser(signedInAs: "sysadmin")
      .open("/admin/holidays/new?year=2021").form(to: "/admin/holidays/new")
    let lines = try #require(form["text"])
    _ = try await form.fill(["document": "更正通知", "text": lines + "\n2021年8月12日放假"]).submit()
    await work.base.site.portal.services.jobs.finishAll()
    #expect(try await owed(work).first?.hasPrefix("2021-08-13|") == true)
    #expect(
      try await work.base.register.lines(
        "SELECT state, message IS NULL FROM jobs WHERE kind = 'case_clocks'") == [
          "done|t", "done|t",
        ])
  }

  /// Ten times as many cases take ten times as long, not a hundred times, and other counties keep their days.
  @Test func itGrowsWithTheCases() async throws {
    var times: [Duration] = []
    for count in [500, 5_000] {
      let work = try await CaseWorkFixture()
      let address = try await work.open()
      _ = try await work.both(.verify, of: address)
      try await work.base.site.owner.transaction { tx in
        try tx.script("SET LOCAL statement_timeout = 0")
        try tx.execute(
          """
          WITH c AS (
            INSERT INTO cases (area, campaign_id, number, household_id, home_id, estate_id, nature, state,
              opened_on, state_since, due_on, route)
            SELECT area, campaign_id, 'B' || i, household_id, home_id, estate_id, nature, state,
              opened_on, state_since, due_on, route FROM cases, generate_series(1, \(count)) i
            RETURNING id, area)
          INSERT INTO case_events (area, case_id, at, account_name, action, from_state, to_state, details)
          SELECT c.area, c.id, now(), '甲', e.action, e.from_state, e.to_state, e.details
          FROM c, case_events e ORDER BY c.id, e.id
          """)
        try tx.execute("ANALYZE")
      }
      _ = try await correct(work.base.site, 10)
      let clock = ContinuousClock()
      let start = clock.now
      await work.base.site.portal.services.jobs.finishAll()
      times.append(start.duration(to: clock.now))
      #expect(
        try await work.base.register.lines(
          "SELECT count(*) FROM cases WHERE next_due_on = '2021-08-12'") == ["\(count + 1)"])
    }
    print("case clocks: 500 in \(times[0]), 5,000 in \(times[1])")
    #expect(times[1] < times[0] * 25 + .seconds(1), "\(times)")
  }
}
