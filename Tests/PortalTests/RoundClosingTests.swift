import Domain
import Foundation
import TestSupport
import Testing

@testable import Demo

/// A round is closed, and takes no answers afterwards.
@Suite(.serialized) struct RoundClosingTests {
  private func answered() async throws -> (ReviewFixture, String) {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open("嵩溪复核", area: "350423101")
    for bureau in Bureau.allCases {
      let account = ["zhujian", "minzheng", "ziran", "gongan"][
        Bureau.allCases.firstIndex(of: bureau) ?? 0]
      try await fixture.answerAll(account, bureau.checks.map(\.rawValue))
    }
    return (fixture, round)
  }

  @Test func `when everything is answered, one button closes it`() async throws {
    let (fixture, round) = try await answered()
    #expect(try await fixture.officer.open(round).has("20 / 20 项（100%）"))
    let page = try await fixture.officer.open(round + "/closing")
    #expect(!page.has("还没有答复的核查") && page.has("全部答复完"))
    let form = try page.form(button: "结束本轮")
    #expect(form["reason"] == nil)
    let closed = try await form.submit()
    #expect(closed.status == 200 && closed.has("这一轮已结束，全部答复完"))
    #expect(
      try await fixture.lines(
        "SELECT closed_on, closed_by_name, open_checks_at_close, closed_reason FROM review_rounds")
        == ["2021-08-20|\(DemoAccounts.officer)|0|"])
  }

  @Test func `with open checks they are listed, and a reason is needed`() async throws {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open()
    let civil = try await fixture.browser("minzheng")
    try await fixture.clear(civil, fixture.households[0], "income")
    let page = try await fixture.officer.open(round + "/closing")
    #expect(page.has("收入 县民政局 2021-09-10 还有 21 天 4"))
    #expect(page.has("还有 49 项没有答复"))
    let list = try await fixture.officer.open(
      try #require(page.links.first { $0.contains("check=income") }))
    #expect(list.has("共 4 户") && !list.has("H1 "))
    let form = try page.form(button: "结束本轮")
    let refused = try await form.submit()
    #expect(refused.status == 422 && refused.errors.map(\.field) == ["reason"])
    #expect(try await fixture.lines("SELECT closed_on IS NULL FROM review_rounds") == ["t"])
    let closed = try await form.fill(["reason": "系统停用"]).submit()
    #expect(closed.has("还有 49 项没有答复") && closed.has("系统停用"))
    #expect(
      try await fixture.lines(
        "SELECT after ->> 'open_checks', after ->> 'reason' FROM audit_events WHERE action = 'review.close'"
      ) == ["49|系统停用"])
  }

  @Test func `a closed round takes no answers and no days, and another may begin`() async throws {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open()
    let civil = try await fixture.browser("minzheng")
    let form = try await fixture.checkForm(civil, fixture.households[0], "income")
    let dues = try await fixture.officer.open(round + "/dues").form(to: round + "/dues")
    _ = try await fixture.officer.open(round + "/closing").form(button: "结束本轮")
      .fill(["reason": "系统停用"]).submit()
    let late = try await form.fill(["result": "clear", "record-0-amount": "12000"]).submit()
    #expect(late.status == 409 && late.has("已经结束，不再接收答复"))
    #expect(try late.form(button: "保存")["record-0-amount"] == "12000")
    #expect(try await fixture.lines("SELECT count(*) FROM checks") == ["0"])
    #expect(try await fixture.lines("SELECT count(*) FROM deliveries") == ["0"])
    #expect(try await dues.submit().status == 409)
    #expect(try await civil.open("/desk/checks").has("现在没有进行中的资格复核"))
    let again = try await fixture.openingForm("第二轮").submit()
    #expect(again.status == 200)
    let page = try await civil.open("/desk/checks/\(fixture.households[0])?check=income")
    #expect(page.has("第二轮") && !page.has("不再接收答复"))
  }

  @Test func `who closes with an old page is told what has changed`() async throws {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open()
    let closing = try await fixture.officer.open(round + "/closing").form(button: "结束本轮")
    let lead = try await fixture.browser("zhujian-lead")
    _ = try await lead.open(round + "/dues").form(to: round + "/dues")
      .fill(["due_housing": "2021-10-01"]).submit()
    let page = try await closing.fill(["reason": "系统停用"]).submit()
    #expect(page.status == 409 && page.has("县住建局 2021-10-01"))
    #expect(try page.form(button: "结束本轮")["reason"] == "系统停用")
  }
}
