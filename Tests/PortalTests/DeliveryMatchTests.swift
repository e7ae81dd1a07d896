import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Deliveries
@testable import Ground

/// Rows without an ID number: found by name and day of birth, decided by a person.
@Suite(.serialized) struct DeliveryMatchTests {
  private static let titles = "权利人,出生日期,身份证号,不动产权证号,坐落\n"

  /// An extract with a row that may be about any of four people of the register, one of another day of
  /// birth, and one of another name.
  private func extract(_ county: DeliveryFixture, complete: Bool = false) async throws -> Page {
    try await county.deliver(
      .registeredProperty,
      Self.titles + """
        林 小 满,1980/3/8,,闽0001,桥下路1号
        林小满,1981-03-08,,闽0002,桥下路2号
        路人甲,1980-03-08,,闽0003,桥下路3号

        """, complete: complete)
  }

  @Test func aRowWaitsUntilSomebodyDecidesAndCountsOnlyThen() async throws {
    let county = try await DeliveryFixture()
    let page = try await extract(county)
    #expect(try await county.counts() == "3 0 2 0 1")
    #expect(page.has("待认定") && !page.has("确认生效"))
    #expect(try await county.lines("SELECT count(*) FROM delivery_matches") == ["4"])
    #expect(try await county.tables(with: "路人甲").isEmpty)
    let queue = try await page.follow("开始认定")
    #expect(queue.has("林*满") && queue.has("桥下路1号") && queue.has("350423********"))
    #expect(!queue.has("林小满"))
    let token = try #require(try await queue.browser.open("/account/password").form()["csrf"])
    let forged = try await queue.browser.send(
      "\(DeliveryFixture.link(page))/confirmation", body: Array("version=9&csrf=\(token)".utf8))
    #expect(forged.status == 409)
    #expect(try await county.answers(.registeredProperty).isEmpty)
  }

  @Test func acceptingMakesItARecordOfThatPersonAndOfNobodyElse() async throws {
    let county = try await DeliveryFixture()
    let page = try await extract(county)
    let queue = try await page.follow("开始认定")
    let id =
      try await county.lines(
        """
        SELECT m.id FROM delivery_matches m JOIN households h ON h.id = m.household_id
        WHERE h.number = 'QL-2'
        """
      ).first ?? ""
    let done = try await queue.form(to: "/desk/delivery-matches/\(id)/decision")
      .forging("decision", "accept").submit()
    await county.jobs.finishAll()
    let ready = try await done.browser.open(DeliveryFixture.link(page))
    #expect(ready.has("确认生效"))
    _ = try await county.press(ready, "confirmation")
    #expect(try await county.answers(.registeredProperty) == ["QL-2 hit"])
    #expect(
      try await county.lines(
        """
        SELECT state, count(*), count(values_sealed) FROM delivery_matches GROUP BY 1 ORDER BY 1
        """) == ["accepted|1|0", "rejected|3|0"])
    #expect(try await county.records() == ["闽0001|桥下路1号"])
  }

  @Test func rejectingAllForgetsWhatTheRowSaid() async throws {
    let county = try await DeliveryFixture()
    var page = try await extract(county, complete: true)
    let address = DeliveryFixture.link(page)
    for _ in 0..<4 {
      page = try await page.browser.open("\(address)/matches")
      let form = try #require(page.forms.first { $0.action.hasSuffix("/decision") })
      _ = try await form.forging("decision", "reject").submit()
    }
    await county.jobs.finishAll()
    page = try await page.browser.open(address)
    #expect(try await county.lines("SELECT count(values_sealed) FROM delivery_matches") == ["0"])
    #expect(try await county.lines("SELECT count(*) FROM check_records") == ["0"])
    _ = try await county.press(page, "confirmation")
    #expect(
      try await county.answers(.registeredProperty) == ["QL-1 clear", "QL-2 clear", "QL-3 clear"])
  }

  @Test func aDecisionIsMadeOnce() async throws {
    let county = try await DeliveryFixture()
    let page = try await extract(county)
    let queue = try await page.follow("开始认定")
    let form = try #require(queue.forms.first { $0.action.hasSuffix("/decision") })
    _ = try await form.forging("decision", "reject").submit()
    let again = try await form.forging("decision", "accept").submit()
    #expect(again.has("别人刚刚认定过"))
    #expect(try await county.lines("SELECT count(*) FROM check_records") == ["0"])
  }

  @Test func anotherBureauSeesNothingOfTheRowsAndDecidesNothing() async throws {
    let county = try await DeliveryFixture()
    let page = try await extract(county)
    let stranger = try await county.site.browser(signedInAs: "minzheng")
    let queue = try await stranger.open("\(DeliveryFixture.link(page))/matches")
    #expect(queue.has("只有报送单位可以认定") && !queue.has("桥下路1号"))
    let token = try #require(try await stranger.open("/account/password").form()["csrf"])
    let id = try await county.lines("SELECT min(id) FROM delivery_matches").first ?? ""
    let forged = try await stranger.send(
      "/desk/delivery-matches/\(id)/decision",
      body: Array("decision=accept&csrf=\(token)".utf8))
    #expect(forged.status == 403)
  }
}
