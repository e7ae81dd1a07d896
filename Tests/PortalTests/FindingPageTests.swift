import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Desk
@testable import Findings
@testable import Ground
@testable import Pages
@testable import Portal

@Suite struct FindingPageTests {
  /// Households A, B, C with an income above the line, and D with arrears, after a run.
  private func fixture() async throws -> FindingFixture {
    let fixture = try await FindingFixture()
    for (place, number) in ["A", "B", "C"].enumerated() {
      let household = try await fixture.household(number, sequence: place + 1)
      try await fixture.answer(household, .income, [(1, [.amount: "\(40_000 + place)"])])
    }
    let debtor = try await fixture.household("D", sequence: 9)
    try await fixture.answer(debtor, .rentArrears, [(0, [.months: "7", .amount: "1176"])])
    _ = try await fixture.run()
    return fixture
  }

  private func ids(_ fixture: FindingFixture, _ rule: String) async throws -> [String] {
    try await fixture.register.lines(
      "SELECT id FROM findings WHERE rule = '\(rule)' ORDER BY id")
  }

  private func choose(_ browser: Browser, _ ids: [String]) async throws -> Page {
    try await browser.open(
      "/desk/findings/choice?" + ids.map { "finding=\($0)" }.joined(separator: "&"))
  }

  @Test func theListIsNarrowedByItsAddressAndTakenOut() async throws {
    let fixture = try await fixture()
    let officer = try await fixture.officer()
    func numbers(_ query: String) async throws -> [String] {
      let page = try await officer.open("/desk/findings" + query)
      return page.text.matches(of: /（([A-D])）/).map { String($0.1) }
    }
    #expect(try await numbers("") == ["D", "C", "B", "A"])
    #expect(try await numbers("?rule=R2") == ["C", "B", "A"])
    #expect(try await numbers("?state=dismissed") == [])
    #expect(try await numbers("?state=all&township=350423100").count == 4)
    #expect(try await numbers("?township=350423101") == [])
    #expect(try await numbers("?estate=\(fixture.estate)&rule=R7") == ["D"])
    let household = try await fixture.register.lines(
      "SELECT id FROM households WHERE number = 'B'")
    #expect(try await numbers("?household=\(household[0])") == ["B"])
    #expect(try await officer.open("/desk/findings?rule=R11").status == 400)
    let file = try await officer.open("/desk/findings?rule=R2&format=csv")
    #expect(file.text.split(whereSeparator: \.isNewline).count == 4)
    #expect(file.text.contains("人均月收入 3,333.34 元，超过 1,980.00 元"))
    #expect(
      try await fixture.register.lines(
        "SELECT after ->> 'filter' FROM audit_events WHERE action = 'list.export'")
        == ["rule=R2"])
  }

  @Test func pagesFollowEachOtherAndShowEveryFindingOnce() async throws {
    let fixture = try await fixture()
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute(
        """
        INSERT INTO findings (area, household_id, rule, subject, evidence)
        SELECT area, id, 'R1', 's' || i, '{}' FROM households, generate_series(1, 30) i
        """)
    }
    let officer = try await fixture.officer()
    var page = try await officer.open("/desk/findings")
    var seen: [String] = []
    for _ in 0..<5 {
      seen += page.links.filter { $0.contains(/^\/desk\/findings\/[0-9]+$/) }
      guard let next = page.all("a").first(where: { $0.text.contains("下一页") })?["href"] else {
        break
      }
      page = try await officer.open(next)
    }
    #expect(seen.count == 124 && Set(seen).count == 124)
    let back = try await page.follow("上一页")
    #expect(back.has("本页 50 个") && back.has("共 124 个"))
  }

  /// A cast is not leakproof: under row-level security it keeps the planner from every index.
  @Test func noPageOfFindingsReadsThroughTheRegister() async throws {
    let fixture = try await fixture()
    let id = try #require(FindingID(try await ids(fixture, "R7")[0]))
    let household = HouseholdID(rawValue: 1)
    let keys = fixture.site.keys
    let asked = ListRequest(
      FindingFilter(), as: fixture.register.officer, at: FindingFixture.now, among: [])
    let queries = [
      FindingList(asked: asked, keys: keys).lines().sql, findingLines([id]).sql,
      findingDetail(id).sql,
      findings(of: household, keys: keys).sql, answerRows(of: [household]).sql,
    ]
    let plans = try await fixture.services.databases.read(as: fixture.register.officer) { tx in
      try tx.execute("SELECT set_config('enable_seqscan', 'off', true)")
      return try queries.map { try tx.all(Query<String>("EXPLAIN \($0)")).joined() }
    }
    for plan in plans { #expect(!plan.contains("Seq Scan"), "\(plan)") }
  }

  @Test func aFindingShowsWhatItRestsOnAndItsHistory() async throws {
    let fixture = try await fixture()
    let id = try await ids(fixture, "R7")[0]
    let page = try await fixture.officer().open("/desk/findings/\(id)")
    #expect(page.has("累计欠租 7 个月，共 1,176.00 元，达到 6 个月（依据：清政〔2021〕12号）"))
    #expect(page.has("租金缴纳 县住建局 有情况") && page.has("欠租月数 7 个月，欠租金额 1176.00 元"))
    #expect(page.has("数据比对，民政员") && page.has("2021-07-31"))
    #expect(page.has("发现疑点") && page.has("欠租"))
    let dossier = try await page.follow("的全部核查")
    #expect(dossier.has("疑点 R7：累计欠租 7 个月") && dossier.has("D"))
    #expect(dossier.links.contains("/desk/findings/\(id)"))
  }

  @Test func theDeskOfWhoDecidesSaysHowManyWait() async throws {
    let fixture = try await fixture()
    let open = try await fixture.register.lines(
      "SELECT count(*) FROM findings WHERE state = 'open'")[0]
    let desk = try await fixture.officer().open("/desk")
    #expect(desk.has("规则找出的疑点 \(open) 个待处理"))
    #expect(desk.has("疑点 \(open)"))
    for account in ["minzheng", "longjin"] {
      let other = try await fixture.site.browser(signedInAs: account).open("/desk")
      #expect(other.status == 200 && !other.has("规则找出的疑点") && !other.has("疑点 \(open)"))
    }
  }

  @Test func whoMayOnlyReadReadsAndWhoIsElsewhereSeesNothing() async throws {
    let fixture = try await fixture()
    let id = try await ids(fixture, "R7")[0]
    let town = try await fixture.site.browser(signedInAs: "longjin")
    let page = try await town.open("/desk/findings/\(id)")
    #expect(page.status == 200 && !page.has("处理所选"))
    #expect(try await town.open("/desk/findings").has("（D）"))
    #expect(
      !(try await town.open("/desk/findings").source.contains("type=\"checkbox\" name=\"finding\""))
    )
    #expect(try await choose(town, [id]).status == 403)
    let far = try await fixture.register.lines(
      "UPDATE accounts SET area = '350423101' WHERE account = 'longjin' RETURNING 1")
    #expect(far.first == "1")
    let elsewhere = try await fixture.site.browser(signedInAs: "longjin")
    #expect(try await elsewhere.open("/desk/findings/\(id)").status == 404)
    #expect(!(try await elsewhere.open("/desk/findings").has("（D）")))
  }

  @Test func alikeFindingsAreDismissedTogetherWithOneReason() async throws {
    let fixture = try await fixture()
    let officer = try await fixture.officer()
    let list = try await officer.open("/desk/findings?rule=R2")
    let form = try list.form(button: "处理所选")
    let offered = list.all("input").filter { $0["name"] == "finding" }.compactMap { $0["value"] }
    #expect(offered.count == 3)
    #expect(form.values.isEmpty)
    let page = try await choose(officer, Array(offered.prefix(2)))
    let none = try await page.form(to: "/desk/findings/dismissal").submit()
    #expect(none.status == 422 && none.errors.first?.field == "dismissal-reason")
    let done = try await none.form(to: "/desk/findings/dismissal").fill(["reason": "已核实，单位多报"])
      .submit()
    #expect(done.has("已排除 2 个疑点"))
    #expect(
      try await fixture.findings() == [
        "A R2 open", "B R2 dismissed", "C R2 dismissed", "D R7 open",
      ])
    let finding = try await officer.open("/desk/findings/\(offered[0])")
    #expect(finding.has("已排除") && finding.has("已核实，单位多报"))
    #expect(
      try await fixture.register.lines(
        "SELECT after ->> 'reason' FROM audit_events WHERE action = 'finding.dismiss'")
        == ["已核实，单位多报"])
  }

  @Test func findingsOfDifferentRulesAreNotDecidedTogether() async throws {
    let fixture = try await fixture()
    let officer = try await fixture.officer()
    let mixed = [try await ids(fixture, "R2")[0], try await ids(fixture, "R7")[0]]
    let page = try await choose(officer, mixed)
    #expect(page.has("不是同一规则") && !page.forms.contains { $0.action.hasSuffix("dismissal") })
    let one = try await choose(officer, [mixed[0]]).form(to: "/desk/findings/dismissal")
    let token = try #require(one["csrf"])
    let body = "chosen=\(mixed[0])%3A1&chosen=\(mixed[1])%3A1&reason=x&csrf=\(token)"
    let forged = try await officer.send("/desk/findings/dismissal", body: Array(body.utf8))
    #expect(forged.status == 422)
    #expect(try await fixture.findings().allSatisfy { $0.hasSuffix("open") })
  }

  @Test func ofTwoWhoDecideTheSecondIsShownTheFirstAndNothingHalfIsDone() async throws {
    let fixture = try await fixture()
    let (first, second) = (try await fixture.officer(), try await fixture.officer())
    let chosen = try await ids(fixture, "R2")
    let late = try await choose(second, chosen).form(to: "/desk/findings/dismissal")
    _ = try await choose(first, [chosen[0]]).form(to: "/desk/findings/dismissal")
      .fill(["reason": "先到"]).submit()
    let page = try await late.fill(["reason": "后到"]).submit()
    #expect(page.status == 409)
    #expect(page.has("一个也没有处理") && page.has("家庭 A 的 R2") && page.has("先到"))
    #expect(try await fixture.findings().filter { $0.hasSuffix("open") }.count == 3)
    let again = try page.form(to: "/desk/findings/dismissal")
    #expect(again["reason"] == "后到" && again.values.filter { $0.name == "chosen" }.count == 2)
    #expect(try await again.submit().has("已排除 2 个疑点"))
  }

  @Test func aDismissalIsTakenBackWithAReason() async throws {
    let fixture = try await fixture()
    let officer = try await fixture.officer()
    let id = try await ids(fixture, "R7")[0]
    _ = try await choose(officer, [id]).form(to: "/desk/findings/dismissal")
      .fill(["reason": "已补缴"]).submit()
    let page = try await officer.open("/desk/findings/\(id)").follow("取消排除")
    #expect(page.has("已补缴"))
    let form = try page.form(button: "重新打开")
    #expect(try await form.submit().status == 422)
    let done = try await form.fill(["reason": "补缴未到账"]).submit()
    #expect(done.has("待处理") && done.has("补缴未到账") && done.has("重新打开"))
    #expect(try await form.fill(["reason": "再来一次"]).submit().status == 409)
    #expect(
      try await fixture.register.lines(
        """
        SELECT e.action FROM finding_events e JOIN findings f ON f.id = e.finding_id
        WHERE f.rule = 'R7' ORDER BY e.id
        """) == ["found", "dismissed", "reopened"])
  }
}
