import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Findings
@testable import Ground
@testable import Pages
@testable import Portal

/// All findings of a filter are decided together, and not the page alone that is shown.
@Suite struct FindingWholeFilterTests {
  private func fixture(_ count: Int = 120) async throws -> FindingFixture {
    let fixture = try await FindingFixture()
    try await fixture.addHouseholdsInArrears(count)
    _ = try await fixture.run()
    return fixture
  }

  private func count(_ fixture: FindingFixture, _ state: String) async throws -> Int {
    try await fixture.site.count("SELECT count(*) FROM findings WHERE state = \(state)")
  }

  private func all(_ officer: Browser, _ query: String = "?rule=R7") async throws -> Page {
    try await officer.open("/desk/findings\(query)").follow("处理筛选出的全部疑点")
  }

  @Test func allOfAFilterAreDismissedWithTheCountSaidBefore() async throws {
    let fixture = try await fixture()
    let officer = try await fixture.officer()
    #expect(try await officer.open("/desk/findings").has("先按规则筛选"))
    let page = try await all(officer)
    #expect(page.has("筛选出的 120 个疑点") && page.has("还有 70 个也在其中"))
    let form = try page.form(to: "/desk/findings/dismissal")
    let none = try await form.submit()
    #expect(none.status == 422 && none.has("排除 120 个疑点"))
    let done = try await none.form(to: "/desk/findings/dismissal").fill(["reason": "数据有误，已更正"])
      .submit()
    #expect(done.has("已排除 120 个疑点。"))
    #expect(try await count(fixture, "dismissed") == 120)
    #expect(
      try await fixture.site.count(
        "SELECT count(*) FROM finding_events WHERE action = 'dismissed' AND note = '数据有误，已更正'")
        == 120)
    #expect(
      try await fixture.register.lines(
        """
        SELECT array_length(string_to_array(after ->> 'findings', ' '), 1) FROM audit_events
        WHERE action = 'finding.dismiss'
        """) == ["120"])
  }

  @Test func whatChangedMeanwhileIsLeftAndSaid() async throws {
    let fixture = try await fixture()
    let officer = try await fixture.officer()
    let form = try await all(officer).form(to: "/desk/findings/dismissal")
    // One is decided by somebody else, one says something new.
    _ = try await fixture.register.lines(
      """
      UPDATE findings f SET version = f.version + 1,
        state = CASE h.number WHEN 'N7' THEN 'dismissed' ELSE f.state END
      FROM households h WHERE h.id = f.household_id AND h.number IN ('N7', 'N9') RETURNING 1
      """)
    let done = try await form.fill(["reason": "已核实"]).submit()
    #expect(done.has("已排除 118 个疑点。") && done.has("2 个疑点在您打开页面以后有了变化"))
    #expect(done.has("N7") && done.has("N9"))
    #expect(try await fixture.findings().filter { $0.hasSuffix("open") } == ["N9 R7 open"])
    let again = try await form.fill(["reason": "再来一次"]).submit()
    #expect(again.status == 409)
    #expect(try await count(fixture, "open") == 1)
  }

  @Test func allOfAFilterBecomeCasesButThoseThatCannot() async throws {
    let fixture = try await fixture()
    let officer = try await fixture.officer()
    _ = try await fixture.register.lines(
      """
      UPDATE leases SET state = 'ended', ended_on = '2021-08-01'
      WHERE contract_number = 'HTN5' RETURNING 1
      """)
    let form = try await all(officer).form(to: "/desk/findings/confirmation")
    let done = try await form.submit()
    #expect(done.has("新列 119 件问题") && done.has("家庭 N5") && done.has("没有履行中的租约"))
    #expect(
      try await fixture.site.count("SELECT count(*) FROM cases WHERE state = 'suspected'") == 119)
    #expect(try await fixture.findings().filter { $0.hasSuffix("open") } == ["N5 R7 open"])
  }

  @Test func aFormThatIsNoFormIsRefused() async throws {
    let fixture = try await fixture(2)
    let officer = try await fixture.officer()
    let token = try await all(officer).form(to: "/desk/findings/dismissal")["csrf"] ?? ""
    for packed in [
      "", "0", "-1", "1.0", "zzzzzzzzzzzzzz", "1.1.1", "%3C", "zzzzzzzzzzzz zzzzzzzzzzzz",
    ] {
      let body = "packed=\(packed)&reason=xx&csrf=\(token)".replacing(" ", with: "+")
      let page = try await officer.send("/desk/findings/dismissal", body: Array(body.utf8))
      #expect([400, 409].contains(page.status), "\(packed): \(page.status)")
    }
    #expect(try await count(fixture, "open") == 2)
    let town = try await fixture.site.browser(signedInAs: "longjin")
    #expect(try await town.open("/desk/findings/all?rule=R7").status == 403)
    #expect(try await officer.open("/desk/findings/all?rule=R99").status == 400)
    #expect(try await officer.open("/desk/findings/all?rule=R2").has("没有待处理的疑点"))
  }

  @Test func packedSelectionsComeBackAsTheyWent() throws {
    let chosen = [(7, 1), (8, 3), (4_000_000_000, 1), (4_000_000_001, 90)].map {
      SeenVersion(FindingID(rawValue: $0.0), version: $0.1)
    }
    let packed = FindingSelection(chosen, isWholeFilter: true).packed
    #expect(packed == "7 1.3 1u5hvqw 1.2i")
    #expect(FindingSelection(packed: packed)?.findings == chosen)
  }

  /// Twice as many take about twice as long, not four times.
  @Test func whatIsDecidedGrowsWithTheNumber() async throws {
    var seconds: [Double] = []
    for count in [300, 1_200] {
      let fixture = try await fixture(count)
      let officer = try await fixture.officer()
      let form = try await all(officer).form(to: "/desk/findings/confirmation")
      let start = ContinuousClock.now
      let done = try await form.submit()
      let time = ContinuousClock.now - start
      #expect(done.has("新列 \(count) 件问题"))
      seconds.append(time / .seconds(1))
    }
    #expect(seconds[1] < 10 * max(seconds[0], 0.05), "\(seconds)")
    print("converted 300, 1200: \(seconds)")
  }

  @Test func anotherHomeSaysWhetherItIsAContractOrRegistered() async throws {
    let fixture = try await FindingFixture()
    let buyer = try await fixture.household("B", sequence: 1)
    let owner = try await fixture.household("O", sequence: 2)
    _ = try await fixture.register.lines(
      """
      INSERT INTO findings (area, household_id, rule, subject, evidence) VALUES
        ('350423100', \(buyer), 'R1', 'a', '{"checks": "signed_contracts"}'),
        ('350423100', \(buyer), 'R1', 'counter:1', '{"purpose": "contract_filing"}'),
        ('350423100', \(owner), 'R1', 'b', '{"checks": "registered_property"}'),
        ('350423100', \(owner), 'R1', 'counter:2', '{"purpose": "registration"}') RETURNING 1
      """)
    let officer = try await fixture.officer()
    let contracts = try await officer.open("/desk/findings?origin=contract")
    #expect(contracts.text.matches(of: /（B）/).count == 2 && !contracts.has("（O）"))
    #expect(contracts.has("（网签合同）"))
    let registered = try await officer.open("/desk/findings?origin=registered")
    #expect(registered.text.matches(of: /（O）/).count == 2 && !registered.has("（B）"))
    #expect(registered.has("（不动产登记）"))
    #expect(try await officer.open("/desk/findings?origin=x").status == 400)
  }
}
