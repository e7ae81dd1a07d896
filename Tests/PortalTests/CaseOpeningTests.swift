import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct CaseOpeningTests {
  private func ids(_ fixture: FindingFixture, _ rule: String) async throws -> [String] {
    try await fixture.register.lines(
      """
      SELECT f.id FROM findings f JOIN households h ON h.id = f.household_id
      WHERE f.rule = '\(rule)' AND f.state = 'open' ORDER BY h.number, f.id
      """)
  }

  private func confirmation(_ browser: Browser, _ ids: [String]) async throws -> PageForm {
    try await browser.open(
      "/desk/findings/choice?" + ids.map { "finding=\($0)" }.joined(separator: "&")
    ).form(to: "/desk/findings/confirmation")
  }

  private func cases(_ fixture: FindingFixture) async throws -> [String] {
    try await fixture.register.lines(
      """
      SELECT h.number || ' ' || c.number || ' ' || c.nature || ' ' || c.state || ' ' || c.due_on
      FROM cases c JOIN households h ON h.id = c.household_id ORDER BY c.id
      """)
  }

  @Test func aFindingBecomesASuspectedCaseByTheRuleOfItsNature() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    _ = try await fixture.run()
    let officer = try await fixture.officer()
    let id = try await ids(fixture, "R2")[0]
    let form = try await confirmation(officer, [id])
    #expect(form.page.has("期限 2021年8月25日") && form.page.has("①B收入资产超标"))
    let page = try await form.fill(["note": "工资单已调取"]).submit()
    #expect(page.has("已转为问题：新列 1 件问题") && page.heading == "问题 WT2021-000001")
    #expect(page.has("疑点待核") && page.has("人均月收入 5,000.00 元，超过 1,980.00 元"))
    #expect(page.has("疑点：R2 收入超标。工资单已调取"))
    #expect(
      try await cases(fixture) == ["A WT2021-000001 over_limit suspected 2021-08-25"])
    #expect(try await fixture.findings() == ["A R2 confirmed"])
    let finding = try await officer.open("/desk/findings/\(id)")
    #expect(finding.has("已转为问题") && finding.has("WT2021-000001"))
    let events = try await fixture.register.lines(
      "SELECT action FROM audit_events WHERE action ~ 'case.open|confirm' ORDER BY id")
    #expect(events == ["case.open", "finding.confirm"])
    #expect(
      try await fixture.register.lines("SELECT action || ' ' || to_state FROM case_events")
        == ["open suspected"])
  }

  @Test func severalAlikeBecomeACaseForEachHousehold() async throws {
    let fixture = try await FindingFixture()
    for (place, number) in ["A", "B"].enumerated() {
      let household = try await fixture.household(number, sequence: place + 1)
      try await fixture.answer(
        household, .registeredProperty,
        [
          (1, [.certificate: "闽\(number)1", .address: "街1号"]),
          (1, [.certificate: "闽\(number)2", .address: "街2号"]),
        ])
    }
    _ = try await fixture.run()
    let page = try await confirmation(fixture.officer(), ids(fixture, "R1")).submit()
    #expect(page.has("新列 2 件问题"))
    #expect(
      try await cases(fixture) == [
        "A WT2021-000001 purchased_home suspected 2021-08-25",
        "B WT2021-000002 purchased_home suspected 2021-08-25",
      ])
    #expect(
      try await fixture.register.lines(
        "SELECT case_id - min(case_id) OVER (), count(*) FROM case_findings GROUP BY case_id ORDER BY 1"
      )
        == ["0|2", "1|2"])
  }

  @Test func aFurtherFindingJoinsTheCaseThatIsNotFinished() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    _ = try await fixture.run()
    let officer = try await fixture.officer()
    _ = try await confirmation(officer, ids(fixture, "R2")).submit()
    try await fixture.answer(household, .assets, [(1, [.amount: "900000"])])
    _ = try await fixture.run()
    let page = try await confirmation(officer, ids(fixture, "R3")).submit()
    #expect(page.has("并入已有的 1 件") && page.has("并入疑点"))
    #expect(page.has("R2 收入超标") && page.has("R3 资产或车辆超标"))
    #expect(try await cases(fixture).count == 1)
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute("UPDATE cases SET state = 'closed'")
    }
    try await fixture.answer(household, .vehicles, [(1, [.plate: "闽G1", .value: "900000"])])
    _ = try await fixture.run()
    _ = try await confirmation(officer, ids(fixture, "R3")).submit()
    #expect(try await cases(fixture).count == 2)
  }

  @Test func whereTheRuleLeavesItOpenAPersonChoosesTheNature() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(
      household, .otherHousing, [(1, [.kind: "public_rental", .address: "老街4号"])])
    _ = try await fixture.run()
    let form = try await confirmation(fixture.officer(), ids(fixture, "R8"))
    let missing = try await form.submit()
    #expect(missing.status == 422 && missing.errors.first?.field == "confirmation-nature")
    #expect(try await cases(fixture).isEmpty)
    _ = try await missing.form(to: "/desk/findings/confirmation").fill(["nature": "lent"]).submit()
    #expect(try await cases(fixture) == ["A WT2021-000001 lent suspected 2021-08-25"])
  }

  @Test func aHomeGotByDeceitIsACaseOfANatureOfItsOwn() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(
      household, .registeredProperty,
      [(1, [.certificate: "闽1号", .address: "街", .registeredOn: "2018-05-06"])])
    _ = try await fixture.run()
    let form = try await confirmation(fixture.officer(), ids(fixture, "R9"))
    let page = try await form.submit()
    #expect(page.has("骗租") && page.has("疑点：R9 隐瞒住房骗租"))
    #expect(try await cases(fixture) == ["A WT2021-000001 deceit suspected 2021-08-25"])
  }

  @Test func aNatureThatTheRuleDoesNotHaveIsNotTaken() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .rentArrears, [(0, [.months: "7", .amount: "1"])])
    _ = try await fixture.run()
    _ = try await confirmation(fixture.officer(), ids(fixture, "R7"))
      .forging("nature", "sublet").submit()
    #expect(try await cases(fixture) == ["A WT2021-000001 arrears suspected 2021-08-25"])
  }

  @Test(
    arguments: [
      (
        "UPDATE leases SET state = 'ended', ended_on = '2021-08-01' WHERE household_id = 2",
        "没有履行中的租约"
      ),
      (
        """
        INSERT INTO estates (area, name, address, ownership) VALUES ('350423100', '厂区', '1号', 'other');
        UPDATE homes SET estate_id = (SELECT id FROM estates WHERE name = '厂区') WHERE room = 'B';
        UPDATE leases SET deposit = deposit + 1 WHERE household_id = 2
        """, "不在整治范围内"
      ),
    ])
  func aHouseholdThatRentsNoHomeOfTheCampaignHoldsAllOfThemBack(change: String, why: String)
    async throws
  {
    let fixture = try await FindingFixture()
    for (place, number) in ["A", "B"].enumerated() {
      let household = try await fixture.household(number, sequence: place + 1)
      try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    }
    _ = try await fixture.run()
    _ = try await fixture.register.lines(change)
    let page = try await confirmation(fixture.officer(), ids(fixture, "R2"))
      .fill(["note": "两户"]).submit()
    #expect(page.status == 422 && page.has("家庭 B ") && page.has(why), "\(page.text.prefix(500))")
    #expect(try page.form(to: "/desk/findings/confirmation")["note"] == "两户")
    #expect(try await cases(fixture).isEmpty)
    #expect(try await fixture.findings() == ["A R2 open", "B R2 open"])
    #expect(try await fixture.register.lines("SELECT count(*) FROM case_findings") == ["0"])
  }

  @Test func aNumberThatIsTakenIsPassedOverEvenOutOfSight() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    _ = try await fixture.run()
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute(
        """
        INSERT INTO cases (area, campaign_id, number, household_id, home_id, estate_id, nature, state,
          opened_on, state_since, due_on)
        SELECT n.area, g.id, n.number, l.household_id, l.home_id, m.estate_id, 'lent', 'closed',
          '2021-07-01', '2021-07-01', '2021-08-01'
        FROM (VALUES ('350423100', 'WT2021-000001'), ('350423101', 'WT2021-000002')) n (area, number),
          campaigns g, leases l JOIN homes m ON m.id = l.home_id
        """)
      _ = try tx.execute("UPDATE accounts SET area = '350423100' WHERE account = 'zhujian'")
    }
    _ = try await confirmation(fixture.officer(), ids(fixture, "R2")).submit()
    #expect(
      try await cases(fixture).last == "A WT2021-000003 over_limit suspected 2021-08-25")
  }

  @Test func afterTheDayOfTheCampaignACaseIsDueInThirtyDays() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    _ = try await fixture.run()
    fixture.site.clock.advance(by: 10 * 86_400)
    let form = try await confirmation(fixture.officer(), ids(fixture, "R2"))
    #expect(form.page.has("期限 2021年9月29日"))
    _ = try await form.submit()
    #expect(
      try await cases(fixture) == ["A WT2021-000001 over_limit suspected 2021-09-29"])
  }

  @Test func twoWhoConfirmFindingsOfOneHouseholdAtOnceMakeOneCase() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .assets, [(1, [.amount: "900000"])])
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    _ = try await fixture.run()
    let forms = [
      try await confirmation(fixture.officer(), ids(fixture, "R2")),
      try await confirmation(fixture.officer(), ids(fixture, "R3")),
    ]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for form in forms { group.addTask { _ = try await form.submit() } }
      try await group.waitForAll()
    }
    #expect(try await cases(fixture).count == 1)
    #expect(try await fixture.register.lines("SELECT count(*) FROM case_findings") == ["2"])
  }
}
