import Domain
import Foundation
import Logging
import Postgres
import TestSupport
import Testing

@testable import Findings
@testable import Ground
@testable import Portal

@Suite struct RuleRunTests {
  private static let deed: FindingFixture.Values = [
    .certificate: "闽（2020）清流县不动产权第0001号", .address: "龙津镇人民路1号",
  ]

  @Test func aRunFindsTheFindingsAndASecondOneChangesNothing() async throws {
    let fixture = try await FindingFixture()
    let first = try await fixture.household("A", members: 2, sequence: 1)
    try await fixture.answer(first, .income, [(1, [.amount: "60000"])])
    try await fixture.answer(first, .registeredProperty, [(2, Self.deed)])
    _ = try await fixture.household("B", sequence: 10)
    let run = try await fixture.run()
    #expect(run.state == .done && run.households == 2 && run.found == 2)
    #expect(try await fixture.findings() == ["A R1 open", "A R2 open"])
    let before = try await fixture.register.lines("SELECT f::text FROM findings f ORDER BY id")
    let again = try await fixture.run()
    #expect(again.found == 0 && again.changed == 0 && again.lapsed == 0 && again.unchanged == 2)
    #expect(
      try await fixture.register.lines("SELECT f::text FROM findings f ORDER BY id") == before)
    let events = try await fixture.register.lines("SELECT action FROM finding_events")
    #expect(events == ["found", "found"])
  }

  @Test func aRunThatACommandEntersIsTakenUpByThePortal() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    let command = RuleRunCommand(
      connectionString: fixture.site.database.connectionString(as: .staff),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    await #expect(throws: UnknownAccount.self) { try await command.enter(account: "nobody") }
    await #expect(throws: RuleRunCommand.Refusal.self) {
      try await command.enter(account: "minzheng")
    }
    let (id, isNew) = try await command.enter(account: "zhujian", at: FindingFixture.now)
    #expect(isNew)
    let second = try await command.enter(account: "zhujian", at: FindingFixture.now)
    #expect(second.id == id && !second.isNew)
    await fixture.services.jobs.finishAll()
    #expect(try await fixture.findings() == ["A R2 open"])
    let audited = try await fixture.register.lines(
      "SELECT account, entity_id FROM audit_events WHERE action = 'rule.run'")
    #expect(audited == ["zhujian|\(id)"])
  }

  @Test func whatBureausSaidStandsNowhereInTheClear() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .registeredProperty, [(1, Self.deed)])
    _ = try await fixture.run()
    let all = try await fixture.register.lines(
      "SELECT f::text || e::text FROM findings f JOIN finding_events e ON e.finding_id = f.id")
    #expect(all.count == 1)
    #expect(!all[0].contains("0001") && !all[0].contains("龙津镇人民路"))
    let officer = try await fixture.officer()
    let page = try await officer.open("/desk/findings")
    #expect(page.has("申请人名下有住房") && page.has("龙津镇人民路1号"))
  }

  @Test func evidenceThatSaysSomethingElseChangesOrLapsesTheFinding() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    try await fixture.answer(household, .rentArrears, [(0, [.months: "7", .amount: "1176"])])
    _ = try await fixture.run()
    try await fixture.answer(
      household, .income, asOf: "2021-08-10", inRound: false, [(1, [.amount: "70000"])])
    try await fixture.answer(
      household, .rentArrears, .clear, asOf: "2021-08-10", inRound: false,
      [(0, [.months: "0", .amount: "0"])])
    let run = try await fixture.run()
    #expect(run.found == 0 && run.changed == 1 && run.lapsed == 1 && run.unchanged == 0)
    #expect(try await fixture.findings() == ["A R2 open", "A R7 lapsed"])
    try await fixture.answer(
      household, .rentArrears, asOf: "2021-08-15", inRound: false,
      [(0, [.months: "7", .amount: "1176"])])
    #expect(try await fixture.run().reopened == 1)
    #expect(try await fixture.findings() == ["A R2 open", "A R7 open"])
    let steps = try await fixture.register.lines(
      """
      SELECT f.rule || ' ' || e.action FROM finding_events e JOIN findings f ON f.id = e.finding_id
      ORDER BY f.rule, e.id
      """)
    #expect(steps == ["R2 found", "R2 changed", "R7 found", "R7 lapsed", "R7 reopened"])
  }

  @Test func whatSomebodyDismissedStaysSoUntilTheEvidenceSaysSomethingNew() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    _ = try await fixture.run()
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute(
        """
        UPDATE findings SET state = 'dismissed', decided_by_name = '林立', decided_at = now(),
          decision_reason = '已核实'
        """)
    }
    #expect(try await fixture.run().unchanged == 1)
    #expect(try await fixture.findings() == ["A R2 dismissed"])
    try await fixture.answer(
      household, .income, asOf: "2021-08-10", inRound: false, [(1, [.amount: "70000"])])
    #expect(try await fixture.run().reopened == 1)
    #expect(
      try await fixture.register.lines(
        "SELECT state || coalesce(decision_reason, '-') FROM findings") == ["open-"])
  }

  @Test func theLastAnswerOfARoundIsInForceWhateverItsDay() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(
      household, .income, asOf: "2021-07-31", sequence: 1, [(1, [.amount: "60000"])])
    try await fixture.answer(
      household, .income, .clear, asOf: "2021-06-30", sequence: 2, [(1, [.amount: "6000"])])
    _ = try await fixture.run()
    #expect(try await fixture.findings() == ["A R8 open"])
  }

  @Test func aContradictionStaysUntilSomebodyDecidesWhateverIsSaidLater() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, .clear, sequence: 1, [(1, [.amount: "9"])])
    try await fixture.answer(household, .income, .notFound, sequence: 2)
    try await fixture.answer(
      household, .otherHousing, [(1, [.kind: "public_rental", .address: "老街4号"])])
    _ = try await fixture.run()
    #expect(try await fixture.findings() == ["A R8 open", "A R8 open"])
    try await fixture.answer(
      household, .income, .clear, asOf: "2021-08-10", inRound: false, [(1, [.amount: "9"])])
    try await fixture.answer(household, .otherHousing, .clear, asOf: "2021-08-10", inRound: false)
    #expect(try await fixture.run(over: .area).lapsed == 0)
    #expect(try await fixture.findings() == ["A R8 open", "A R8 open"])
    // An answer that never counted is another matter: it is not there any more.
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute(
        """
        UPDATE findings SET evidence = jsonb_set(evidence, '{answers}', '"999"')
        WHERE subject ^@ 'answers:'
        """)
    }
    #expect(try await fixture.run(over: .area).lapsed == 1)
  }

  @Test func aContradictionThatNoRuleSaysAnyMoreLapses() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(
      household, .signedContracts,
      [(1, [.contractNumber: "WQ-1", .address: "新城", .signedOn: "2021-07-01"])])
    try await fixture.answer(household, .registeredProperty, .clear)
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute(
        """
        INSERT INTO findings (area, household_id, rule, subject, evidence)
        VALUES ('350423100', \(household), 'R8', 'contract_without_registration',
          '{"checks": "signed_contracts,registered_property"}')
        """)
    }
    #expect(try await fixture.run().lapsed == 1)
    #expect(try await fixture.findings() == ["A R1 open", "A R8 lapsed"])
  }

  // MARK: Whom the rules concern

  @Test func whoseLeaseHasEndedHasNoDoubtsAnyMore() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    try await fixture.answer(
      household, .otherHousing, [(1, [.kind: "public_rental", .address: "老街4号"])])
    let without = try await fixture.household("B", sequence: 5, hasLease: false)
    try await fixture.answer(without, .income, [(1, [.amount: "60000"])])
    _ = try await fixture.run()
    #expect(try await fixture.findings() == ["A R2 open", "A R8 open"])
    _ = try await fixture.register.lines(
      "UPDATE leases SET state = 'ended', ended_on = '2021-08-01', ended_reason = '退房'")
    #expect(try await fixture.run().lapsed == 2)
    #expect(try await fixture.findings() == ["A R2 lapsed", "A R8 lapsed"])
  }

  @Test func ofHomesThatAreNotTheGovernmentsTheCampaignsScopeDecides() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A", hasLease: false)
    try await fixture.register.lease(to: household, of: .other)
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    #expect(try await fixture.run().found == 0)
    let officer = try await fixture.officer()
    let plan = try await officer.open("/desk/campaign")
    #expect(plan.has("整治范围 政府投资公租房"))
    let form = try await plan.follow("修改").form(button: "保存")
    let stale = form
    let done = try await form.fill([
      "scope": "all", "stage_title_1": "自查自纠", "stage_from_1": "2021-06-11",
      "stage_to_1": "2021-08-31",
    ]).submit()
    #expect(done.has("整治范围 全部公租房"))
    let late = try await stale.fill([
      "scope": "government", "stage_title_1": "自查自纠", "stage_from_1": "2021-06-11",
      "stage_to_1": "2021-08-31",
    ]).submit()
    #expect(late.status == 409)
    #expect(try await fixture.run().found == 1)
    #expect(
      try await fixture.register.lines(
        "SELECT account, before ->> 'scope', after ->> 'scope' FROM audit_events WHERE action = 'campaign.change'"
      ) == ["zhujian|政府投资公租房|全部公租房"])
  }

  @Test func whoHasLeftSinceTheLeaseBeganIsAChangeOfTheFamily() async throws {
    let fixture = try await FindingFixture()
    _ = try await fixture.household("A", members: 3, sequence: 1)
    _ = try await fixture.household("B", members: 2, sequence: 20)
    _ = try await fixture.register.lines(
      """
      UPDATE persons SET left_on = CASE household_id WHEN 1 THEN '2021-05-04'::date ELSE '2019-05-04' END,
        left_reason = 'died'
      WHERE id IN (SELECT max(id) FROM persons GROUP BY household_id)
      """)
    _ = try await fixture.run()
    #expect(try await fixture.findings() == ["A R4 open"])
    let page = try await fixture.officer().open("/desk/findings")
    #expect(page.has("家庭成员减少：公租房信息系统登记其他已于2021年5月4日离开（去世）"))
    _ = try await fixture.register.lines("UPDATE persons SET left_on = NULL, left_reason = NULL")
    #expect(try await fixture.run().lapsed == 1)
  }

  @Test func aRuleWhoseLineIsNotSetSaysNothingAndTheRunSaysSo() async throws {
    let fixture = try await FindingFixture(lines: [.incomePerHead: "1980"])
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    try await fixture.answer(household, .assets, [(1, [.amount: "900000"])])
    let run = try await fixture.run()
    #expect(try await fixture.findings() == ["A R2 open"])
    #expect(run.lines?.map(\.kind) == ["income_per_head"])
    let page = try await fixture.officer().open("/desk/findings/runs/\(run.id)")
    #expect(page.has("R3 资产或车辆超标：没有设置“家庭资产线”"))
    #expect(page.has("1,980.00 元") && page.has("清政〔2021〕12号") && !page.has("R2 收入超标：没有设置"))
  }

  @Test func aFindingWhoseLineIsGoneWithTheYearWaits() async throws {
    let fixture = try await FindingFixture(of: 2020)
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    try await fixture.answer(household, .assets, [(1, [.amount: "900000"])])
    _ = try await fixture.run()
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute(
        """
        INSERT INTO thresholds (area, year, kind, amount, document, set_by_name, set_at)
        VALUES ('350423', 2021, 'income_per_head', 9000, '清政〔2021〕99号', '林立', now())
        """)
    }
    #expect(try await fixture.run().lapsed == 1)
    #expect(try await fixture.findings() == ["A R2 lapsed", "A R3 open"])
  }

  @Test func aRunOverARoundLooksAtItsFrameAndOneOverTheAreaAtAll() async throws {
    let fixture = try await FindingFixture()
    let outside = try await fixture.register.household("Z", members: [try idNumber(950)])
    try await fixture.register.lease(to: outside)
    try await fixture.answer(outside, .income, inRound: false, [(1, [.amount: "60000"])])
    #expect(try await fixture.run().households == 0)
    #expect(try await fixture.run(over: .area).found == 1)
    #expect(try await fixture.findings() == ["Z R2 open"])
  }

  @Test func afterADeliveryOnlyItsHouseholdsAreLookedAt() async throws {
    let fixture = try await FindingFixture()
    let first = try await fixture.household("A", sequence: 1)
    let second = try await fixture.household("B", sequence: 2)
    try await fixture.answer(first, .income, [(1, [.amount: "60000"])])
    let delivery = try await fixture.answer(second, .income, [(1, [.amount: "60000"])])
    await fixture.services.deliveryDone(delivery, fixture.register.officer)
    await fixture.services.jobs.finishAll()
    #expect(try await fixture.findings() == ["B R2 open"])
    #expect(
      try await fixture.register.lines("SELECT households || ' ' || found FROM rule_runs")
        == ["1 1"])
  }

  @Test func anAnswerOnTheScreenIsJudgedAtOnce() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    let delivery = try await fixture.answer(
      household, .income, way: .screen, [(1, [.amount: "60000"])])
    await fixture.services.deliveryDone(delivery, fixture.register.officer)
    #expect(try await fixture.findings() == ["A R2 open"])
    #expect(try await fixture.register.lines("SELECT count(*) FROM rule_runs") == ["0"])
  }

  @Test func moreHouseholdsThanABatchAreAllLookedAt() async throws {
    let fixture = try await FindingFixture()
    try await fixture.addHouseholdsInArrears(4_100)
    let run = try await fixture.run()
    #expect(run.households == 4100 && run.householdsExpected == 4100 && run.found == 4100)
    #expect(try await fixture.run(over: .area).unchanged == 4100)
    let delivery = try await fixture.site.owner.read { tx in
      try tx.one(Query<DeliveryID>("SELECT id FROM deliveries"))
    }
    let third = try await fixture.run(over: .delivery(delivery))
    #expect(third.households == 4100 && third.unchanged == 4100)
  }

  @Test func aRunThatIsInterruptedGoesOnFromItsLastBatchAndCountsNothingTwice() async throws {
    let fixture = try await FindingFixture()
    try await fixture.addHouseholdsInArrears(4_100)
    try await fixture.site.interruptOnce("rule_runs", when: "NEW.households = 4000")
    let run = try await fixture.run()
    #expect(run.state == .done && run.households == 4_100 && run.found == 4_100)
    #expect(run.unchanged == 0 && run.lines?.isEmpty == false)
    #expect(
      try await fixture.register.lines("SELECT state, attempts FROM jobs") == ["done|2"])
  }

  @Test func aRunThatADeadProgramLeftIsGivenUpAndOneThatWaitsIsTakenUp() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    let account = fixture.register.officer.accountID
    try await fixture.site.owner.transaction { tx in
      for (state, worker) in [("running", "dead"), ("waiting", nil)] {
        try tx.execute(
          """
          WITH run AS (
            INSERT INTO rule_runs (area, year, at, account_id, account_name, state)
            VALUES ('350423', 2021, now(), \(account), '林立', \(state)) RETURNING id)
          INSERT INTO jobs (kind, subject, area, account_id, lane, state, worker, heard_at)
          SELECT 'rule_run', id, '350423', \(account), 'rules', \(state), \(optional: worker),
            now() - interval '10 minutes' FROM run
          """)
      }
    }
    try await fixture.services.jobs.takeUp()
    await fixture.services.jobs.finishAll()
    #expect(
      try await fixture.register.lines("SELECT state FROM rule_runs ORDER BY id")
        == ["failed", "done"])
    #expect(try await fixture.findings() == ["A R2 open"])
  }

  @Test func anOfficerStartsARunAndReadsWhatItFound() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    let officer = try await fixture.officer()
    let form = try await officer.open("/desk/findings/runs").form(button: "运行规则")
    let page = try await form.fill(["scope": "round-\(fixture.round)"]).submit()
    await fixture.services.jobs.finishAll()
    let done = try await officer.open(page.address)
    #expect(done.has("已完成") && done.has("核对 1 户") && done.has("第一轮"))
    let found = try await officer.open(
      try #require(done.all("a").first { $0.text.contains("新发现") }?["href"]))
    #expect(found.has("人均月收入 5,000.00 元"))
    #expect(
      try await fixture.register.lines(
        "SELECT account FROM audit_events WHERE action = 'rule.run'") == ["zhujian"])
  }

  @Test func aRunThatIsGoingOnIsNotStartedAgain() async throws {
    let fixture = try await FindingFixture()
    let account = fixture.register.officer.accountID
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute(
        """
        INSERT INTO rule_runs (area, year, at, account_id, account_name, state)
        VALUES ('350423', 2021, now(), \(account), '林立', 'running')
        """)
    }
    let form = try await fixture.officer().open("/desk/findings/runs").form(button: "运行规则")
    let page = try await form.fill(["scope": "area"]).submit()
    #expect(page.has("规则正在运行"))
    #expect(try await fixture.register.lines("SELECT count(*) FROM rule_runs") == ["1"])
  }
}
