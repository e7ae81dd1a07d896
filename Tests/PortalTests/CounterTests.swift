import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import Accounts
@testable import Counter
@testable import Ground
@testable import Portal

/// The counter: the clerk asks, the housing bureau lets go on, the clerk sees it.
@Suite struct CounterTests {
  private func ask(
    _ clerk: Browser, _ name: String, _ idNumber: String, purpose: String = "registration"
  ) async throws -> Page {
    let page = try await clerk.open("/desk/counter").form(button: "查询").fill([
      "name": name, "id_number": idNumber, "purpose": purpose,
    ]).submit()
    return page
  }

  @Test func whoIsNoTenantMayGoOnAndOnlyTheIndexIsKept() async throws {
    let site = try await TestPortal.start()
    let clerk = try await site.browser(signedInAs: "chuangkou")
    let number = try TestPortal.stranger()
    let page = try await ask(clerk, "欧阳无名", number)
    #expect(page.has("不是公租房在保对象，可以办理"))
    #expect(page.text.contains(/K20210820-[0-9]+/))
    let row = try await site.database.psql(
      as: .superuser, [:], "SELECT c::text, encode(id_number_index, 'hex') FROM counter_checks c"
    ).lines.joined()
    #expect(!row.contains("欧阳无名") && !row.contains(number))
    let logged = try await site.database.psql(
      as: .superuser, [:],
      "SELECT after::text FROM audit_events WHERE action = 'counter.ask' AND account = 'chuangkou'"
    ).lines.joined()
    #expect(logged.contains("registration") && logged.contains("not_protected"))
    #expect(!logged.contains("欧阳无名") && !logged.contains(number))
    #expect(try await site.count("SELECT count(*) FROM findings WHERE subject ^@ 'counter:'") == 0)
  }

  @Test func aTenantIsFirstHandledByTheHousingBureau() async throws {
    let site = try await TestPortal.start()
    let tenant = try await site.protectedTenant()
    let clerk = try await site.browser(signedInAs: "chuangkou")
    let page = try await ask(clerk, tenant.name, tenant.idNumber)
    #expect(page.has("是公租房在保对象，请先由县住建局处理") && !page.has("不一致"))
    #expect(!page.source.contains(tenant.idNumber) && !page.has(tenant.name))

    // The housing bureau is told on its first page and in its navigation.
    let officer = try await site.browser(signedInAs: "zhujian")
    let desk = try await officer.open("/desk")
    #expect(desk.text.contains(/窗口命中 1/))
    let hits = try await desk.follow("窗口命中")
    #expect(hits.has(tenant.number) && hits.has("等待县住建局"))
    #expect(
      try await site.count(
        """
        SELECT count(*) FROM findings f JOIN counter_checks c ON c.finding_id = f.id
        WHERE f.rule = 'R1' AND f.state = 'open' AND f.household_id = \(tenant.household)
        """) == 1)

    let form = try await hits.follow("放行").form(button: "放行")
    #expect(try await form.fill(["reason": "短"]).submit().errors.map(\.field) == ["reason"])
    let done = try await form.fill(["reason": "已退出公租房，房屋已交回"]).submit()
    #expect(done.has("已放行") && done.has("没有需要处理的窗口命中"))
    #expect(try await form.fill(["reason": "再放行一次看看"]).submit().status == 409)

    let seen = try await clerk.open("/desk/counter")
    #expect(seen.has("已退出公租房，房屋已交回") && seen.has("已放行"))
    #expect(
      try await site.count(
        "SELECT count(*) FROM finding_events WHERE action = 'released' AND note LIKE '已退出%'") == 1)
    #expect(
      try await site.count("SELECT count(*) FROM audit_events WHERE action = 'counter.release'")
        == 1)
  }

  /// Tenants in so many households about whom the counter has asked, in the order of the list.
  private func hits(
    _ site: TestPortal, _ clerk: Browser, purposes: [String]
  ) async throws -> [String] {
    let numbers = try await site.owner.read { tx in
      try tx.all(
        Query<Int64>(
          """
          SELECT min(p.id) FROM persons p JOIN households h ON h.id = p.household_id
          WHERE p.left_on IS NULL AND h.estate_id IS NOT NULL AND h.merged_into IS NULL
            AND p.id_number_index IS NOT NULL
          GROUP BY h.id ORDER BY h.id LIMIT \(purposes.count)
          """))
    }
    for (person, purpose) in zip(numbers, purposes) {
      let index = try await site.count("SELECT count(*) FROM persons WHERE id = \(person)")
      #expect(index == 1)
      try await site.owner.transaction { tx in
        let finding = try tx.one(
          Query<Int64>(
            """
            INSERT INTO findings (area, household_id, rule, subject, evidence)
            SELECT area, household_id, 'R1', 'counter:' || id,
              jsonb_build_object('purpose', \(purpose)::text) FROM persons WHERE id = \(person)
            RETURNING id
            """))
        try tx.execute(
          """
          INSERT INTO counter_checks (area, reference, asked_at, account_id, account_name, purpose,
            id_number_index, result, person_id, household_id, name_matches, finding_id)
          SELECT '350423', 'K20210820-9' || id, now(), (
              SELECT id FROM accounts WHERE account = 'chuangkou'), '窗口', \(purpose),
            id_number_index, 'protected', id, household_id, true, \(finding)
          FROM persons WHERE id = \(person)
          """)
      }
    }
    return numbers.map { "K20210820-9\($0)" }
  }

  @Test func whoAreLetGoOnTogetherShareTheReasonAndTheirFindingsAreSettled() async throws {
    let site = try await TestPortal.start()
    let clerk = try await site.browser(signedInAs: "chuangkou")
    let references = try await hits(
      site, clerk,
      purposes: ["registration", "registration", "contract_filing", "registration", "registration"])
    // One has become a case, one is let go on by somebody else, one waits for a second question.
    let row = { (place: Int) in "reference = '\(references[place])'" }
    let officer = try await site.browser(signedInAs: "zhujian")
    let list = try await officer.open("/desk/counter/hits?purpose=registration")
    #expect(list.has(references[0]) && !list.has(references[2]))
    let page = try await list.follow("放行筛选出的全部")
    #expect(page.has("选中的 4 条") && page.has("放行这 4 条"))
    _ = try await site.database.psql(
      as: .superuser, [:],
      """
      UPDATE findings SET state = 'confirmed' WHERE id = (
        SELECT finding_id FROM counter_checks WHERE \(row(0)));
      UPDATE counter_checks SET released_at = now(), released_by_name = '别人',
        release_reason = '先放行了', version = version + 1 WHERE \(row(1));
      """)
    let form = try page.form(button: "放行 4 条")
    #expect(try await form.fill(["reason": "短"]).submit().errors.map(\.field) == ["reason"])
    let done = try await form.fill(["reason": "已核实不影响资格"]).submit()
    #expect(done.has("已放行 3 条") && done.has("同时排除 2 个疑点"))
    #expect(done.has("1 个疑点没有排除：已转为问题") && done.has("1 条在您打开页面以后已被别人处理"))
    #expect(
      try await site.count(
        """
        SELECT count(*) FROM findings WHERE subject ^@ 'counter:' AND state = 'dismissed'
          AND decision_reason = '已核实不影响资格'
        """) == 2)
    #expect(
      try await site.count("SELECT count(*) FROM audit_events WHERE action = 'counter.release'")
        == 3)
    #expect(
      try await site.count("SELECT count(*) FROM audit_events WHERE action = 'counter.settle'")
        == 1)
    #expect(try await form.fill(["reason": "再放行一次"]).submit().status == 409)
  }

  @Test func someAreChosenAndAFindingIsKeptOnWish() async throws {
    let site = try await TestPortal.start()
    let clerk = try await site.browser(signedInAs: "chuangkou")
    let references = try await hits(
      site, clerk, purposes: ["registration", "registration", "registration"])
    let officer = try await site.browser(signedInAs: "zhujian")
    let list = try await officer.open("/desk/counter/hits")
    let boxes = list.all("input").filter { $0["name"] == "hit" }.compactMap { $0["value"] }
    #expect(boxes.count == 3)
    let page = try await officer.open(
      "/desk/counter/hits/release?hit=\(boxes[0])&hit=\(boxes[1])")
    #expect(page.has("选中的 2 条") && !page.has(references[0]))
    let done = try await page.form(button: "放行 2 条").fill([
      "reason": "先放行，资格另查", "findings": "keep",
    ]).submit()
    #expect(done.has("2 个疑点没有排除：按您的选择保留"))
    #expect(
      try await site.count(
        "SELECT count(*) FROM findings WHERE subject ^@ 'counter:' AND state = 'open'") == 3)
    #expect(try await officer.open("/desk/counter/hits/release").has("没有选择等待放行的命中"))
    let token = try await officer.open("/desk/counter/hits/release?all=yes").form(button: "放行")[
      "csrf"]
    let body = "packed=0&reason=xxxxxx&findings=keep&csrf=\(token ?? "")"
    #expect(
      try await officer.send("/desk/counter/hits/release", body: Array(body.utf8)).status == 400)
  }

  @Test func nothingIsFiledBeforeTheRelease() async throws {
    let site = try await TestPortal.start()
    let tenant = try await site.protectedTenant()
    let clerk = try await site.browser(signedInAs: "chuangkou")
    _ = try await ask(clerk, tenant.name, tenant.idNumber)
    let id = try await site.count("SELECT max(id) FROM counter_checks")
    let page = try await clerk.open("/desk/counter/\(id)/filing")
    #expect(page.has("还没有放行"))
    let free = try await ask(clerk, "无名", TestPortal.stranger())
    let form = try await free.follow("填").form(button: "保存")
    let forged = try await clerk.send(
      "/desk/counter/\(id)/filing",
      body: Array("filing_number=A1&csrf=\(form["csrf"] ?? "")".utf8))
    #expect(forged.status == 422)
    #expect(
      try await site.count("SELECT count(*) FROM counter_checks WHERE filing_number IS NOT NULL")
        == 0)
  }

  @Test func theNumberOfTheFilingIsEnteredOnce() async throws {
    let site = try await TestPortal.start(.empty)
    let clerk = try await site.browser(signedInAs: "chuangkou")
    let page = try await ask(clerk, "无名", TestPortal.stranger())
    let form = try await page.follow("填备案或登记编号").form(button: "保存")
    #expect(try await form.submit().errors.map(\.field) == ["filing_number"])
    let list = try await form.fill(["filing_number": "QL-2021-7"]).submit()
    #expect(list.has("QL-2021-7") && list.has("已记下"))
    #expect(try await form.fill(["filing_number": "QL-2021-8"]).submit().status == 409)
  }

  @Test func aNameThatIsAnotherIsSaid() async throws {
    let site = try await TestPortal.start()
    let tenant = try await site.protectedTenant()
    let clerk = try await site.browser(signedInAs: "ziran")
    #expect(try await ask(clerk, "别的名字", tenant.idNumber).has("所填姓名与公租房登记的不一致"))
    let spaced = tenant.name.map(String.init).joined(separator: " ")
    #expect(try await !ask(clerk, spaced, tenant.idNumber).has("不一致"))
  }

  @Test func aQuestionNeedsNameNumberAndPurpose() async throws {
    let site = try await TestPortal.start(.empty)
    let clerk = try await site.browser(signedInAs: "chuangkou")
    let page = try await clerk.open("/desk/counter").form(button: "查询").fill([
      "name": "某人", "id_number": "350423199001010013",
    ]).submit()
    #expect(page.status == 422)
    #expect(page.errors.map(\.field) == ["id_number", "purpose"])
    #expect(page.source.contains("value=\"某人\""))
    #expect(try await site.count("SELECT count(*) FROM counter_checks") == 0)
  }

  @Test func theKeyboardIsInTheFirstFieldAndThePurposeStays() async throws {
    let site = try await TestPortal.start(.empty)
    let clerk = try await site.browser(signedInAs: "chuangkou")
    let page = try await ask(clerk, "某人", TestPortal.stranger(), purpose: "contract_filing")
    let focused = page.all("input").filter { $0["autofocus"] != nil }
    #expect(focused.map { $0["name"] } == ["name"])
    #expect(try page.form(button: "查询")["purpose"] == "contract_filing")
    #expect(try page.form(button: "查询")["id_number"] == "")
  }

  @Test func whoLeftOrHasNoHomeIsNotProtected() async throws {
    let site = try await TestPortal.start()
    let tenant = try await site.protectedTenant()
    let clerk = try await site.browser(signedInAs: "chuangkou")
    #expect(try await ask(clerk, tenant.name, tenant.idNumber).has("请先由县住建局处理"))
    _ = try await site.owner.transaction { tx in
      try tx.execute(
        "UPDATE persons SET left_on = '2021-08-01', left_reason = 'moved_out' WHERE id = \(tenant.person)"
      )
    }
    #expect(try await ask(clerk, tenant.name, tenant.idNumber).has("可以办理"))
    _ = try await site.owner.transaction { tx in
      try tx.execute(
        "UPDATE persons SET left_on = NULL, left_reason = NULL WHERE id = \(tenant.person)")
      try tx.execute(
        """
        UPDATE leases SET state = 'ended', ended_on = '2021-08-01'
        WHERE household_id = \(tenant.household) AND state = 'running'
        """)
    }
    #expect(try await ask(clerk, tenant.name, tenant.idNumber).has("可以办理"))
  }

  @Test func aWindowInOneTownshipKnowsTheTenantsOfTheWholeCounty() async throws {
    let site = try await TestPortal.start()
    try await AccountAdministration(
      database: site.owner,
      passwords: PasswordHasher(cost: .init(logRounds: 4, blockSize: 1, parallelism: 1))
    ).create(
      NewAccount(
        account: "songxi-window", displayName: "嵩溪窗口", role: .counterClerk,
        area: try #require(AreaCode("350423101")), password: TestPortal.password,
        mustChangePassword: false), at: TestPortal.start)
    let tenant = try await site.protectedTenant(in: "350423100")
    let clerk = try await site.browser(signedInAs: "songxi-window")
    let page = try await ask(clerk, tenant.name, tenant.idNumber)
    #expect(page.has("请先由县住建局处理"))
    #expect(
      try await site.count("SELECT count(*) FROM counter_checks WHERE area = '350423101'") == 1)
    #expect(
      try await site.browser(signedInAs: "zhujian").open("/desk/counter/hits").has(tenant.number))
  }

  @Test func everyoneSeesTheirOwnQuestionsAlone() async throws {
    let site = try await TestPortal.start(.empty)
    let (one, other) = (
      try await site.browser(signedInAs: "chuangkou"), try await site.browser(signedInAs: "ziran")
    )
    let page = try await ask(one, "某人", TestPortal.stranger())
    let reference = try #require(page.text.firstMatch(of: /K20210820-[0-9]+/)).0
    #expect(try await one.open("/desk/counter").has(String(reference)))
    #expect(try await !other.open("/desk/counter").has(String(reference)))
    #expect(try await other.open("/desk/counter").has("还没有查询过"))
  }

  @Test func whoAsksMuchAndFilesNothingStandsOut() async throws {
    let site = try await TestPortal.start(.empty)
    let clerk = try await site.system(for: "chuangkou", .askCounter)
    let office = try await site.system(for: "ziran", .askCounter)
    for sequence in 1...CounterDay.questionsNoticed {
      let question: JSONValue = [
        "name": "某人", "id_number": .string(try TestPortal.stranger(sequence)),
        "purpose": "registration",
      ]
      #expect(try await clerk.post("/api/v1/counter-checks", question).status == 201)
      let asked = try await office.post("/api/v1/counter-checks", question)
      let reference = try #require(asked.json["reference"]?.text)
      let filed = try await office.post(
        "/api/v1/counter-checks/\(reference)/filing", ["filing_number": .string("N\(sequence)")])
      #expect(filed.status == 200)
    }
    let auditor = try await site.browser(signedInAs: "auditadmin")
    let page = try await auditor.open("/admin/audit").follow("窗口查询统计")
    let rows = page.all("tr").map(\.text)
    let suspect = try #require(rows.first { $0.contains("chuangkou") })
    let honest = try #require(rows.first { $0.contains("ziran") })
    #expect(suspect.contains("请核实") && suspect.contains("20"))
    #expect(honest.contains("正常") && honest.contains("100"))
    #expect(try await auditor.open("/admin/audit/counter?until=2021-08-12").has("没有窗口查询"))
    #expect(
      try await auditor.open("/admin/audit/counter?format=csv").text.contains("chuangkou"))
  }

  @Test func manyQuestionsAtOnceAreEachAnsweredAndRecorded() async throws {
    let site = try await TestPortal.start()
    let tenant = try await site.protectedTenant()
    let actor = try await principal(of: "chuangkou", site)
    let desk = site.portal.services.counter
    let questions = try (0..<200).map { index in
      CounterQuestion(
        name: tenant.name,
        idNumber: try ResidentID(index == 50 ? tenant.idNumber : TestPortal.stranger(index)),
        purpose: .registration, at: site.clock.now, address: "203.0.113.9", request: "R\(index)")
    }
    let answers = try await withThrowingTaskGroup(of: (Int, CounterAnswer).self) { group in
      for (index, question) in questions.enumerated() {
        group.addTask {
          (index, try await desk.ask(question, as: CounterCaller(principal: actor)))
        }
      }
      return try await group.reduce(into: [Int: CounterAnswer]()) { $0[$1.0] = $1.1 }
    }
    #expect(answers.count == 200)
    #expect(answers.filter { $0.value.state == .waiting }.keys.sorted() == [50])
    #expect(Set(answers.values.map(\.reference)).count == 200)
    #expect(try await site.count("SELECT count(*) FROM counter_checks") == 200)
    #expect(
      try await site.count(
        "SELECT count(DISTINCT reference) FROM audit_events WHERE action = 'counter.ask'") == 200)
    // One commit for many: far fewer transactions than questions.
    #expect(
      try await site.count("SELECT count(DISTINCT xmin::text) FROM counter_checks") < 100)
  }

  private func principal(of account: String, _ site: TestPortal) async throws -> Principal {
    try await site.owner.read { tx in
      try tx.one(
        Query(
          "SELECT id, account, display_name, role, area FROM accounts WHERE account = \(account)"
        ) { try Principal($0) })
    }
  }
}
