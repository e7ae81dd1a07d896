import Domain
import Postgres
import TestSupport
import Testing

@testable import Clocks

/// The terms of clocks, as a county confirms and corrects them.
@Suite struct ClockTermTests {
  private func overrides(_ site: TestPortal, _ code: String = "350423100") async throws
    -> [ClockCode: ClockOverride]
  {
    let area = try #require(AreaCode(code))
    return try await site.owner.read { try $0.clockOverrides(for: area) }
  }

  @Test func `every clock is shown with its rule, source and term`() async throws {
    let site = try await TestPortal.start()
    let page = try await site.browser(signedInAs: "longjin").open("/desk/clocks")
    for rule in ClockTable.rules {
      #expect(page.has(rule.title) && page.has(rule.scope), "\(rule.code)")
    }
    #expect(page.has("《民法典》第七百一十八条") && page.has("10个工作日"))
    #expect(!page.links.contains { $0.hasPrefix("/desk/clocks/term") })
  }

  @Test func `the lead corrects a term with a reason, and the clocks count with it`() async throws {
    let site = try await TestPortal.start()
    let lead = try await site.browser(signedInAs: "zhujian-lead")
    let form = try await lead.open("/desk/clocks/term?code=demand_wait")
      .form(to: "/desk/clocks/term")
    #expect(form["count"] == "10" && form["unit"] == "workdays")
    let page = try await form.fill(["count": "１５", "reason": "县司法局复函"]).submit()
    #expect(page.address == "/desk/clocks")
    #expect(page.has("已确认“催告期”：15个工作日") && page.has("原为 10个工作日") && page.has("县司法局复函"))
    #expect(
      try await overrides(site) == [
        .demandWait: ClockOverride(
          term: try #require(LegalTerm(15, .workdays)), reason: "县司法局复函")
      ])
    #expect(try await overrides(site, "350424").isEmpty)
    let event = try await site.owner.read {
      try $0.one(
        Query<String>(
          """
          SELECT account || ' ' || entity_id || ' ' || (after ->> 'term') FROM audit_events
          WHERE action = 'clock.set'
          """))
    }
    #expect(event == "zhujian-lead 350423-demand_wait 15个工作日")
    // The history keeps what was before.
    _ = try await lead.open("/desk/clocks/term?code=demand_wait").form(to: "/desk/clocks/term")
      .fill(["count": "10", "reason": "按法律"]).submit()
    let history = try await lead.open("/desk/clocks")
    #expect(history.has("15个工作日；县司法局复函") && history.has("10个工作日；按法律"))
    #expect(try await overrides(site)[.demandWait]?.term.count == 10)
  }

  @Test func `a term beyond reason or without a reason comes back with what was typed`()
    async throws
  {
    let site = try await TestPortal.start()
    let form = try await site.browser(signedInAs: "zhujian-lead")
      .open("/desk/clocks/term?code=suit").form(to: "/desk/clocks/term")
    let page = try await form.fill(["count": "0", "reason": ""]).submit()
    #expect(page.status == 422)
    #expect(page.errors.map(\.field).sorted() == ["count", "reason"])
    let again = try page.form(to: "/desk/clocks/term")
    #expect(again["count"] == "0" && again["code"] == "suit")
    #expect(
      try await again.fill(["count": "31", "unit": "years", "reason": "复函"]).submit().status == 422)
    #expect(try await overrides(site).isEmpty)
  }

  @Test func `of two leads who correct the same term the second is told`() async throws {
    let site = try await TestPortal.start()
    let lead = try await site.browser(signedInAs: "zhujian-lead")
    let first = try await lead.open("/desk/clocks/term?code=suit").form(to: "/desk/clocks/term")
      .fill(["count": "5", "reason": "第一份复函"])
    _ = try await first.submit()
    let late = try await first.fill(["count": "7", "reason": "第二份复函"]).submit()
    #expect(late.status == 409 && late.has("第一份复函"))
    let again = try late.form(to: "/desk/clocks/term")
    #expect(again["count"] == "7")
    #expect(try await again.submit().has("已确认“提起行政诉讼”：7个月"))
  }

  @Test func `a clock whose day is given has no term to correct`() async throws {
    let site = try await TestPortal.start()
    let lead = try await site.browser(signedInAs: "zhujian-lead")
    for code in ["campaign", "demand", "nothing"] {
      #expect(try await lead.open("/desk/clocks/term?code=\(code)").status == 400)
    }
    let officer = try await site.browser(signedInAs: "zhujian")
    #expect(try await officer.open("/desk/clocks/term?code=suit", following: false).status == 403)
  }
}
