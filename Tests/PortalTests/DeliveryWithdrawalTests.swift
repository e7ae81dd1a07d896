import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Deliveries
@testable import Ground
@testable import Portal

/// A wrong delivery is withdrawn by two people: its answers leave force, earlier ones return, findings
/// follow, and the history stays.
@Suite(.serialized) struct DeliveryWithdrawalTests {
  private static func home(_ person: Int, _ certificate: String) throws -> String {
    "林小满,\(try idNumber(person)),\(certificate),桥下路1号,88.5"
  }

  /// The bureau asks, with a reason.
  private func ask(_ county: DeliveryFixture, _ link: String) async throws -> Page {
    let bureau = try await county.site.browser(signedInAs: "ziran")
    let page = try await bureau.open("\(link)/withdrawal")
    return try await page.form(to: "\(link)/withdrawal").fill(["reason": "报成了邻县的数据"]).submit()
  }

  /// Somebody agrees, and what follows from it is done.
  private func approve(
    _ county: DeliveryFixture, _ link: String, as account: String = "zhujian-lead"
  ) async throws -> Page {
    let lead = try await county.site.browser(signedInAs: account)
    let page = try await lead.open("\(link)/withdrawal")
    let answer = try await page.form(to: "\(link)/withdrawal/decision")
      .forging("decision", "approve").submit()
    await county.jobs.finishAll()
    return answer
  }

  private func withdraw(_ county: DeliveryFixture, _ page: Page) async throws {
    let link = DeliveryFixture.link(page)
    _ = try await ask(county, link)
    let done = try await approve(county, link)
    #expect(done.has("已撤回"), "\(done.text.prefix(400))")
  }

  private func progress(_ county: DeliveryFixture) async throws -> [String] {
    try await county.lines(
      """
      SELECT sum(clear) || ' ' || sum(hit) || ' ' || sum(not_found) FROM review_progress
      WHERE check_type = 'registered_property'
      """)
  }

  @Test func itsAnswersLeaveForceEarlierOnesReturnAndTheHistoryStays() async throws {
    let county = try await DeliveryFixture()
    try await county.bring(
      .registeredProperty, DeliveryFixture.property(try Self.home(3, "闽0003")), asOf: "2021-07-01",
      complete: true)
    let before = try await county.answers(.registeredProperty)
    #expect(before == ["QL-1 clear", "QL-2 hit", "QL-3 clear"])
    let wrong = try await county.bring(
      .registeredProperty, DeliveryFixture.property(try Self.home(1, "闽0001")), complete: true,
      reason: "新的数据")
    #expect(try await county.answers(.registeredProperty).first == "QL-1 hit")
    try await withdraw(county, wrong)
    #expect(try await county.answers(.registeredProperty) == before)
    #expect(try await progress(county) == ["2 1 0"])
    #expect(
      try await county.lines("SELECT result FROM withdrawn_checks ORDER BY household_id")
        == ["hit", "clear"])
    #expect(try await county.lines("SELECT count(*) FROM check_records") == ["2"])
    let lead = try await county.site.browser(signedInAs: "zhujian-lead")
    let dossier = try await lead.open("/desk/households/\(county.households[0])")
    #expect(dossier.has("已撤回的答复") && dossier.has("闽0001") && dossier.has("报成了邻县的数据"))
    let shown = try await lead.open(DeliveryFixture.link(wrong))
    #expect(shown.has("已撤回") && shown.has("撤回的经过"))
  }

  @Test func whatWasAnsweredByItAloneIsOpenAgain() async throws {
    let county = try await DeliveryFixture()
    let wrong = try await county.bring(
      .registeredProperty, DeliveryFixture.property(try Self.home(1, "闽0001")), complete: true)
    #expect(try await progress(county) == ["2 1 0"])
    try await withdraw(county, wrong)
    #expect(try await county.answers(.registeredProperty).isEmpty)
    #expect(try await progress(county) == ["0 0 0"])
    // The same file may come again.
    let again = try await county.deliver(
      .registeredProperty, DeliveryFixture.property(try Self.home(1, "闽0001")), complete: true)
    #expect(again.has("等待确认") && DeliveryFixture.link(again) != DeliveryFixture.link(wrong))
  }

  @Test func findingsFollow() async throws {
    let county = try await DeliveryFixture()
    let wrong = try await county.bring(
      .registeredProperty, DeliveryFixture.property(try Self.home(1, "闽0001")))
    let states = "SELECT rule || ' ' || state FROM findings ORDER BY id"
    #expect(try await county.lines(states) == ["R1 open"])
    try await withdraw(county, wrong)
    #expect(try await county.lines(states) == ["R1 lapsed"])
  }

  @Test func whatALaterDeliveryOnlyRepeatedIsItsOwnAnswerThen() async throws {
    let county = try await DeliveryFixture()
    let rows = DeliveryFixture.property(try Self.home(1, "闽0001"))
    let first = try await county.bring(.registeredProperty, rows, complete: true)
    let second = try await county.bring(
      .registeredProperty, rows + "路人,\(try idNumber(500)),闽0002,桥下路2号,60\n", asOf: "2021-08-10",
      complete: true)
    let answers = try await county.answers(.registeredProperty)
    try await withdraw(county, first)
    #expect(try await county.answers(.registeredProperty) == answers)
    #expect(
      try await county.lines("SELECT DISTINCT delivery_id, as_of FROM checks")
        == ["\(DeliveryFixture.link(second).split(separator: "/").last ?? "")|2021-08-10"])
    #expect(try await progress(county) == ["2 1 0"])
    try await withdraw(county, second)
    #expect(try await county.answers(.registeredProperty).isEmpty)
  }

  @Test func whatCameLaterStays() async throws {
    let county = try await DeliveryFixture()
    let wrong = try await county.bring(
      .registeredProperty, DeliveryFixture.property(try Self.home(1, "闽0001")))
    try await county.bring(
      .registeredProperty,
      DeliveryFixture.property("路人,\(try idNumber(500)),闽0009,桥下路9号,60"), asOf: "2021-08-10",
      complete: true, reason: "已经出售")
    try await withdraw(county, wrong)
    #expect(
      try await county.answers(.registeredProperty) == ["QL-1 clear", "QL-2 clear", "QL-3 clear"])
    #expect(try await progress(county) == ["3 0 0"])
  }

  @Test func regularExchangeIsWithdrawnToo() async throws {
    let county = try await DeliveryFixture(hasRound: false)
    try await county.bring(
      .registeredProperty, DeliveryFixture.property(try Self.home(3, "闽0003")), asOf: "2021-07-01")
    let wrong = try await county.bring(
      .registeredProperty,
      DeliveryFixture.property(try Self.home(1, "闽0001"), try Self.home(3, "闽0004")))
    try await withdraw(county, wrong)
    #expect(try await county.answers(.registeredProperty) == ["QL-2 hit"])
  }

  // MARK: Two people

  @Test func thePageSaysInFiguresWhatWillHappen() async throws {
    let county = try await DeliveryFixture()
    try await county.bring(
      .registeredProperty, DeliveryFixture.property(try Self.home(3, "闽0003")), asOf: "2021-07-01")
    let wrong = try await county.bring(
      .registeredProperty,
      DeliveryFixture.property(try Self.home(1, "闽0001"), try Self.home(3, "闽0004")),
      reason: "新的数据")
    let lead = try await county.site.browser(signedInAs: "zhujian-lead")
    let page = try await lead.open("\(DeliveryFixture.link(wrong))/withdrawal")
    #expect(page.has("不再有效的答复 2 户 其中现在有情况的 2 户"))
    #expect(page.has("恢复以前的答复 1 户") && page.has("变为没有答复 1 户"))
    #expect(page.has("重新核对的疑点 2 条"))
  }

  @Test func whoAsksDoesNotDecide() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.bring(
      .registeredProperty, DeliveryFixture.property(try Self.home(1, "闽0001")))
    let link = DeliveryFixture.link(page)
    let lead = try await county.site.browser(signedInAs: "zhujian-lead")
    let asked = try await lead.open("\(link)/withdrawal").form(to: "\(link)/withdrawal")
      .fill(["reason": "列错了一列"]).submit()
    #expect(asked.has("已申请撤回"))
    let own = try await lead.open("\(link)/withdrawal")
    #expect(own.has("申请撤回的人不能自己同意") && !own.has("同意撤回"))
    let token = try #require(try await lead.open("/account/password").form()["csrf"])
    let forged = try await lead.send(
      "\(link)/withdrawal/decision",
      body: Array("version=4&decision=approve&csrf=\(token)".utf8))
    #expect(forged.status == 409)
    #expect(try await county.answers(.registeredProperty) == ["QL-1 hit"])
    // The task force approves what the lead may not approve alone.
    #expect(try await approve(county, link, as: "zhuanban").has("已撤回"))
    #expect(try await county.answers(.registeredProperty).isEmpty)
  }

  @Test func withoutTheLeadNobodyWithdraws() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.bring(
      .registeredProperty, DeliveryFixture.property(try Self.home(1, "闽0001")))
    let link = DeliveryFixture.link(page)
    _ = try await ask(county, link)
    let taskForce = try await county.site.browser(signedInAs: "zhuanban")
    #expect(try await taskForce.open("\(link)/withdrawal").has("须由县住建局负责人决定"))
    let other = try await county.site.browser(signedInAs: "minzheng")
    let token = try #require(try await other.open("/account/password").form()["csrf"])
    let stranger = try await other.send(
      "\(link)/withdrawal", body: Array("reason=no+reason&csrf=\(token)".utf8))
    #expect(stranger.status == 403)
  }

  @Test func aRefusalLeavesEverythingAsItIs() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.bring(
      .registeredProperty, DeliveryFixture.property(try Self.home(1, "闽0001")))
    let link = DeliveryFixture.link(page)
    _ = try await ask(county, link)
    let lead = try await county.site.browser(signedInAs: "zhujian-lead")
    let form = try await lead.open("\(link)/withdrawal").form(to: "\(link)/withdrawal/decision")
      .forging("decision", "decline")
    #expect(try await form.submit().status == 422)
    #expect(try await form.fill(["note": "数据没有错"]).submit().has("仍然有效"))
    #expect(try await county.answers(.registeredProperty) == ["QL-1 hit"])
    #expect(
      try await county.lines(
        "SELECT action FROM audit_events WHERE action LIKE 'delivery.%withdraw%' ORDER BY id")
        == ["delivery.ask_withdrawal", "delivery.decline_withdrawal"])
  }

  // MARK: What the database holds

  @Test func theDatabaseKnowsNoWithdrawalByOnePerson() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.bring(
      .registeredProperty, DeliveryFixture.property(try Self.home(1, "闽0001")))
    let id = DeliveryFixture.link(page).split(separator: "/").last ?? ""
    let lead =
      try await county.lines("SELECT id FROM accounts WHERE account = 'zhujian-lead'").first ?? ""
    let scope: KeyValuePairs = [
      "portal.area": "350423", "portal.account": lead, "portal.role": "housing_lead",
    ]
    func ask(as account: String) -> String {
      """
      INSERT INTO delivery_withdrawals (area, delivery_id, reason, proposed_by, proposed_by_name,
        proposed_role, proposed_at)
      VALUES ('350423', \(id), '理由理由', \(account), '甲', 'housing_lead', now())
      """
    }
    let approve = """
      UPDATE delivery_withdrawals SET outcome = 'approved', decided_by = \(lead),
        decided_by_name = '甲', decided_role = 'housing_lead', decided_at = now()
      """
    let database = county.site.database
    #expect(try await database.refused(as: .staff, scope, ask(as: "1 + \(lead)")))
    let alone = try await database.psql(as: .staff, scope, "\(ask(as: lead)); \(approve)")
    #expect(alone.status != 0 && alone.errors.contains("second_person"), "\(alone.errors)")
    #expect(
      try await database.refused(
        as: .staff, scope, "UPDATE deliveries SET state = 'withdrawn' WHERE id = \(id)"))
    #expect(
      try await database.refused(as: .staff, scope, "DELETE FROM checks WHERE delivery_id = \(id)"))
    #expect(try await database.refused(as: .staff, scope, "UPDATE checks SET result = 'clear'"))
    #expect(!(try await database.refused(as: .staff, scope, ask(as: lead))))
  }
}
