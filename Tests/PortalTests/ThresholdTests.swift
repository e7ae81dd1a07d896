import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Demo
@testable import Ground
@testable import Pages
@testable import Portal
@testable import Reviews

@Suite struct ThresholdTests {
  private func lead(_ fixture: FindingFixture) async throws -> Browser {
    try await fixture.site.browser(signedInAs: "zhujian-lead")
  }

  private func lines(_ fixture: FindingFixture, _ year: Int) async throws -> [String] {
    try await fixture.register.lines(
      """
      SELECT kind || ' ' || amount || ' ' || sequence FROM thresholds WHERE year = \(year)
      ORDER BY kind, sequence
      """)
  }

  @Test func theLeadSetsALineWithItsDocumentAndTheHistoryShowsFromWhatToWhat() async throws {
    let fixture = try await FindingFixture()
    let lead = try await lead(fixture)
    let form = try await lead.open("/desk/thresholds").form(button: "保存")
    #expect(form["amount_income_per_head"] == "1980.00" && form["amount_empty_months"] == "6")
    let page = try await form.fill([
      "amount_income_per_head": "２，１００.５", "document_income_per_head": "清政〔2021〕30号",
    ]).submit()
    #expect(page.has("已设置 2021 年的 1 项标准"))
    #expect(page.has("1,980.00 元 2,100.50 元 清政〔2021〕12号 清政〔2021〕30号"))
    #expect(
      try await lines(fixture, 2021).filter { $0.hasPrefix("income") } == [
        "income_per_head 1980.00 1", "income_per_head 2100.50 2",
      ])
    let events = try await fixture.register.lines(
      """
      SELECT account || ' ' || entity_id || ' ' || (before ->> 'amount') || ' ' ||
        (after ->> 'amount') FROM audit_events WHERE action = 'threshold.set'
      """)
    #expect(events == ["zhujian-lead 350423-2021-income_per_head 1980.00 2100.50"])
  }

  @Test func theHistoryIsTakenOut() async throws {
    let fixture = try await FindingFixture(lines: [.water: "1"])
    let page = try await lead(fixture).open("/desk/thresholds?year=2021&format=csv")
    #expect(page.text.contains("空置月用水量,,1.00 吨,,清政〔2021〕12号,林立"))
  }

  @Test func othersReadThemAndCannotSetThem() async throws {
    let fixture = try await FindingFixture()
    for account in ["zhujian", "minzheng", "longjin"] {
      let browser = try await fixture.site.browser(signedInAs: account)
      let page = try await browser.open("/desk/thresholds")
      #expect(page.has("1,980.00 元") && page.has("清政〔2021〕12号"))
      #expect(!page.forms.contains { $0.isPost && $0.action == "/desk/thresholds" })
      let token = try #require(try await browser.open("/account/password").form()["csrf"])
      let forged = try await browser.send(
        "/desk/thresholds", body: Array("year=2021&amount_water=2&csrf=\(token)".utf8))
      #expect(forged.status == 403)
    }
    #expect(try await lines(fixture, 2021).count == 7)
  }

  @Test func aFormWithMistakesComesBackWithEverythingTyped() async throws {
    let fixture = try await FindingFixture()
    let form = try await lead(fixture).open("/desk/thresholds").form(button: "保存")
    let page = try await form.fill([
      "amount_income_per_head": "-1", "amount_empty_months": "六", "amount_water": "",
      "document_electricity": "",
    ]).submit()
    #expect(page.status == 422)
    #expect(
      page.errors.map(\.field).sorted() == [
        "amount_empty_months", "amount_income_per_head", "amount_water", "document_electricity",
      ])
    let again = try page.form(button: "保存")
    #expect(again["amount_empty_months"] == "六" && again["amount_income_per_head"] == "-1")
    #expect(try await lines(fixture, 2021).count == 7)
  }

  @Test func ofTwoLeadsWhoSetTheSameLineTheSecondIsShownTheFirst() async throws {
    let fixture = try await FindingFixture()
    let (first, second) = (try await lead(fixture), try await lead(fixture))
    let form = try await first.open("/desk/thresholds").form(button: "保存")
    let late = try await second.open("/desk/thresholds").form(button: "保存")
    _ = try await form.fill(["amount_income_per_head": "2100"]).submit()
    let page = try await late.fill(["amount_income_per_head": "2200", "amount_water": "2"]).submit()
    #expect(page.status == 409)
    #expect(page.has("人均月收入线：1,980.00 元 → 2,100.00 元") && page.has("别人已设置了下面的标准"))
    #expect(
      page.has(try #require(DemoAccounts.all.first { $0.account == "zhujian-lead" }).displayName))
    #expect(try await lines(fixture, 2021).count == 8)
    let again = try page.form(button: "保存")
    #expect(again["amount_income_per_head"] == "2200")
    #expect(try await again.submit().has("已设置 2021 年的 2 项标准"))
    #expect(try await lines(fixture, 2021).contains("income_per_head 2200.00 3"))
  }

  @Test func whoChangesAnotherLineDoesNotUndoWhatSomebodyElseSet() async throws {
    let fixture = try await FindingFixture()
    let lead = try await lead(fixture)
    let late = try await lead.open("/desk/thresholds").form(button: "保存")
    let form = try await lead.open("/desk/thresholds").form(button: "保存")
    _ = try await form.fill(["amount_income_per_head": "2100"]).submit()
    #expect(try await late.fill(["amount_water": "2"]).submit().has("已设置 2021 年的 1 项标准"))
    #expect(
      try await lines(fixture, 2021).filter { $0.hasPrefix("income") } == [
        "income_per_head 1980.00 1", "income_per_head 2100.00 2",
      ])
  }

  @Test func aNewYearStartsFromTheLinesOfTheLast() async throws {
    let fixture = try await FindingFixture()
    let lead = try await lead(fixture)
    let page = try await lead.open("/desk/thresholds?year=2022")
    #expect(page.has("2022 年还没有设置标准，规则仍按 2021 年的标准判断"))
    let form = try page.form(button: "保存")
    #expect(form["amount_income_per_head"] == "1980.00")
    #expect(try await lines(fixture, 2022).isEmpty)
    #expect(
      try await form.fill(["amount_income_per_head": "2300"]).submit()
        .has("已设置 2022 年的 7 项标准"))
    #expect(try await lines(fixture, 2022).contains("income_per_head 2300.00 1"))
    #expect(try await lines(fixture, 2021).contains("income_per_head 1980.00 1"))
  }

  @Test func theLatestYearUpToTheWantedOneHolds() async throws {
    let fixture = try await FindingFixture(lines: [.incomePerHead: "1980"], of: 2019)
    let area = try #require(AreaCode("350423100"))
    let officer = fixture.register.officer
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute(
        """
        INSERT INTO thresholds (area, year, kind, amount, document, sequence, set_by_name, set_at)
        VALUES ('350423', 2021, 'water', 1, '文件', 1, '林', now()),
          ('350423', 2021, 'water', 2, '文件', 2, '林', now())
        """)
    }
    let found = try await fixture.services.databases.read(as: officer) { tx in
      try [2018, 2019, 2020, 2021, 2025].map { try tx.eligibilityLines(for: area, year: $0) }
    }
    #expect(found.map(\.year) == [nil, 2019, 2019, 2021, 2021])
    #expect(found[2][.incomePerHead]?.amount == Hundredths("1980"))
    #expect(found[3][.incomePerHead] == nil && found[3][.water]?.amount == Hundredths("2"))
  }
}
