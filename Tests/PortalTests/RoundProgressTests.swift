import Domain
import Foundation
import TestSupport
import Testing

/// How far a round is, who is late, and its days.
@Suite(.serialized) struct RoundProgressTests {
  @Test func `what is counted after answers and further answers is what a recount counts`()
    async throws
  {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let civil = try await fixture.browser("minzheng")
    for household in fixture.households.prefix(4) {
      try await fixture.clear(civil, household, "income")
    }
    let changed = try await fixture.checkForm(civil, fixture.households[1], "income").fill([
      "result": "not_found", "reason": "查错了人",
    ]).submit()
    #expect(changed.status == 200)
    let estate = try await fixture.browser("ziran")
    let hit = try await fixture.checkForm(estate, fixture.households[3], "registered_property")
      .fill([
        "result": "hit", "record-0-certificate": "闽0001", "record-0-address": "桥下路1号",
      ]).submit()
    #expect(hit.status == 200)
    let counts = try await fixture.counts()
    #expect(counts.kept == counts.recounted && !counts.kept.isEmpty)
    #expect(counts.kept.contains("350423100|\(fixture.estates[0])|income|3|2|0|1"))
  }

  @Test func `the overview says by bureau, check, township and estate`() async throws {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open()
    let civil = try await fixture.browser("minzheng")
    for household in fixture.households.prefix(2) {
      try await fixture.clear(civil, household, "income")
    }
    let page = try await fixture.officer.open(round)
    #expect(page.has("县民政局 2021-09-10 还有 21 天 15 2 13% 13 0"))
    #expect(page.has("收入 县民政局 5 2 0 0 3"))
    #expect(page.has("龙津镇 3 30 2 6% 0 12 7 3 6"))
    #expect(page.has("嵩溪小区 嵩溪镇 2 0 0% 0 8 6 2 4"))
    let township = try await fixture.officer.open(round + "?township=350423101")
    #expect(township.has("嵩溪小区 嵩溪镇") && !township.has("龙津小区 龙津镇"))
  }

  @Test func `a township sees its own part`() async throws {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open()
    let town = try await fixture.browser("longjin")
    let page = try await town.open(round)
    #expect(page.has("名单 3 户") && page.has("龙津小区") && !page.has("嵩溪小区"))
    #expect(!page.has("结束本轮"))
  }

  @Test func `who is late stands out`() async throws {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open()
    fixture.site.clock.advance(by: 14 * 86_400)
    let officer = try await fixture.browser("zhujian")
    let late = try await officer.open(round)
    #expect(late.has("县住建局逾期 3 天，还有 20 项没有答复"))
    #expect(late.has("县民政局 2021-09-10 还有 7 天"))
    #expect(try await officer.open("/desk/reviews").has("1 个单位逾期"))
    try await fixture.answerAll(
      "zhujian", ["signed_contracts", "other_housing", "rent_arrears", "utilities"])
    let done = try await officer.open(round)
    #expect(!done.has("逾期") && done.has("县住建局 2021-08-31 已答复完"))
  }

  @Test func `the open checks behind a number are listed`() async throws {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open()
    let page = try await fixture.officer.open(round)
    let link = try #require(
      page.links.first { $0.contains("/checks?") && $0.contains("check=vehicles") })
    let list = try await fixture.officer.open(link)
    #expect(list.status == 200 && list.has("共 5 户"))
    let township = try #require(
      page.links.first {
        $0.contains("bureau=public_security") && $0.contains("township=350423101")
          && !$0.contains("estate")
      })
    #expect(try await fixture.officer.open(township).has("共 2 户"))
  }

  @Test func `the list of rounds is taken out as a sheet`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    for format in ["xlsx", "csv"] {
      let rows = try await fixture.officer.open("/desk/reviews?format=\(format)").sheet(format)
      #expect(rows.count == 2 && rows[0].prefix(3) == ["名称", "范围", "所属行动"])
      #expect(rows[1].prefix(8) == ["首轮复核", "清流县", "点题整治", "2021-08-20", "5", "50", "0", "0"])
    }
  }

  @Test func `the overview is taken out as a sheet`() async throws {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open()
    for format in ["xlsx", "csv"] {
      let rows = try await fixture.officer.open("\(round)?format=\(format)").sheet(format)
      #expect(rows.first?.prefix(6) == ["范围", "名称", "户数", "应答复", "已答复", "待答复"])
      #expect(rows.map { $0[0] }.filter { $0 == "核查事项" }.count == 10)
      #expect(rows.contains { $0.prefix(6) == ["项目", "嵩溪小区", "2", "20", "0", "20"] })
      #expect(rows.contains { $0[1] == "县民政局" && $0[9] == "2021-09-10" && $0[5] == "15" })
    }
  }

  @Test func `days are changed, and past ones are refused`() async throws {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open()
    let form = try await fixture.officer.open(round + "/dues").form(to: round + "/dues")
    let refused = try await form.fill(["due_housing": "2021-08-01"]).submit()
    #expect(refused.status == 422 && refused.errors.map(\.field) == ["due_housing"])
    let page = try await form.fill(["due_housing": "2021-10-01"]).submit()
    #expect(page.status == 200 && page.has("县住建局 2021-10-01"))
    #expect(
      try await fixture.lines(
        """
        SELECT before::text, after::text FROM audit_events WHERE action = 'review.change_dues'
        """) == [#"{"due_housing": "2021-08-31"}|{"due_housing": "2021-10-01"}"#])

    // A day that is past already may stay while another is moved.
    fixture.site.clock.advance(by: 60 * 86_400)
    let later = try await fixture.browser("zhujian").open(round + "/dues")
      .form(to: round + "/dues")
    #expect(try await later.fill(["due_civil_affairs": "2021-11-30"]).submit().status == 200)
  }

  @Test func `two who change the days are told of each other`() async throws {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open()
    let lead = try await fixture.browser("zhujian-lead")
    let first = try await fixture.officer.open(round + "/dues").form(to: round + "/dues")
    let second = try await lead.open(round + "/dues").form(to: round + "/dues")
    _ = try await first.fill(["due_housing": "2021-10-01"]).submit()
    let late = try await second.fill(["due_civil_affairs": "2021-10-02"]).submit()
    #expect(late.status == 409)
    #expect(late.has("修改了这一轮") && late.has("县住建局 2021-10-01"))
    let again = try late.form(to: round + "/dues")
    #expect(again["due_civil_affairs"] == "2021-10-02")
    #expect(try await again.submit().status == 200)
  }
}
