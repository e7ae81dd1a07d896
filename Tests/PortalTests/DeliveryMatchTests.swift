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
    #expect(queue.has("文件第 2 行：林小满") && queue.has("桥下路1号"))
    #expect(queue.has("林小满，350423********0011，申请人，家庭 QL-1"))
    let token = try #require(try await queue.browser.open("/account/password").form()["csrf"])
    let forged = try await queue.browser.send(
      "\(DeliveryFixture.link(page))/confirmation", body: Array("version=9&csrf=\(token)".utf8))
    #expect(forged.status == 409)
    #expect(try await county.answers(.registeredProperty).isEmpty)
  }

  @Test func whoeverSeesTheNamesIsRecordedAndNobodyElseSeesThem() async throws {
    let county = try await DeliveryFixture()
    let page = try await extract(county)
    let looks = "SELECT account FROM audit_events WHERE action = 'delivery.view_match'"
    #expect(try await county.lines(looks).isEmpty)
    _ = try await page.follow("开始认定")
    #expect(try await county.lines(looks) == ["ziran"])
    let stranger = try await county.site.browser(signedInAs: "minzheng")
    let queue = try await stranger.open("\(DeliveryFixture.link(page))/matches")
    #expect(queue.has("只有报送单位可以认定") && !queue.has("桥下路1号") && !queue.has("林小满"))
  }

  @Test func severalRowsAreDecidedOnOnePage() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .registeredProperty,
      Self.titles + """
        林小满,1980-03-08,,闽0001,桥下路1号
        林小满,1980-03-08,,闽0002,桥下路2号
        林小满,1980-03-08,,闽0003,桥下路3号

        """)
    let queue = try await page.follow("开始认定")
    #expect(queue.has("还有 3 行") && queue.forms.filter { $0.isPost }.count >= 1)
    let some = try await Self.decide(
      queue, [2: nil, 3: try await Self.candidate(county, "QL-2", 3)])
    #expect(some.has("已认定 2 行，还有 1 行"))
    let none = try await Self.decide(some, [:])
    #expect(none.has("还没有选择"))
    _ = try await Self.decide(none, [4: nil])
    await county.jobs.finishAll()
    _ = try await county.press(
      try await page.browser.open(DeliveryFixture.link(page)), "confirmation")
    #expect(try await county.records() == ["闽0002|桥下路2号"])
  }

  /// Chooses on rows of the queue, nil for nobody, and sends the page.
  static func decide(_ queue: Page, _ rows: [Int: String?]) async throws -> Page {
    let form = try queue.form(to: "\(DeliveryFixture.link(queue))")
    return try await rows.reduce(form) { form, row in
      try form.fill(["line-\(row.key)": row.value ?? "none"])
    }.submit()
  }

  /// The candidate of a row who belongs to a household, the first of several.
  static func candidate(
    _ county: DeliveryFixture, _ household: String, _ line: Int
  ) async throws -> String {
    try await county.lines(
      """
      SELECT min(m.id) FROM delivery_matches m JOIN households h ON h.id = m.household_id
      WHERE h.number = '\(household)' AND m.line = \(line) AND m.state = 'open'
      """
    ).first ?? ""
  }

  @Test func acceptingMakesItARecordOfThatPersonAndOfNobodyElse() async throws {
    let county = try await DeliveryFixture()
    let page = try await extract(county)
    let queue = try await page.follow("开始认定")
    let done = try await Self.decide(queue, [2: try await Self.candidate(county, "QL-2", 2)])
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
    let page = try await extract(county, complete: true)
    _ = try await Self.decide(try await page.follow("开始认定"), [2: nil])
    await county.jobs.finishAll()
    #expect(try await county.lines("SELECT count(values_sealed) FROM delivery_matches") == ["0"])
    #expect(try await county.lines("SELECT count(*) FROM check_records") == ["0"])
    _ = try await county.press(
      try await page.browser.open(DeliveryFixture.link(page)), "confirmation")
    #expect(
      try await county.answers(.registeredProperty) == ["QL-1 clear", "QL-2 clear", "QL-3 clear"])
  }

  @Test func aDecisionIsMadeOnce() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .registeredProperty,
      Self.titles + "林小满,1980-03-08,,闽0001,桥下路1号\n林小满,1980-03-08,,闽0002,桥下路2号\n")
    let queue = try await page.follow("开始认定")
    let chosen = try await Self.candidate(county, "QL-2", 2)
    _ = try await Self.decide(queue, [2: nil])
    let again = try await Self.decide(queue, [2: chosen])
    #expect(again.has("有 1 行别人刚刚认定过了"))
    #expect(try await county.lines("SELECT count(*) FROM check_records") == ["0"])
  }

  @Test func anotherBureauDecidesNothing() async throws {
    let county = try await DeliveryFixture()
    let page = try await extract(county)
    let stranger = try await county.site.browser(signedInAs: "minzheng")
    let token = try #require(try await stranger.open("/account/password").form()["csrf"])
    let forged = try await stranger.send(
      "\(DeliveryFixture.link(page))/matches", body: Array("line-2=none&csrf=\(token)".utf8))
    #expect(forged.status == 403)
    #expect(try await county.lines("SELECT count(*) FROM match_decisions") == ["0"])
  }

  // MARK: The next delivery

  /// Decides on the one row of an extract and lets it come into force.
  private func decideOnce(
    _ county: DeliveryFixture, as household: String?
  ) async throws {
    let page = try await extract(county)
    let queue = try await page.follow("开始认定")
    var chosen: String?
    if let household { chosen = try await Self.candidate(county, household, 2) }
    _ = try await Self.decide(queue, [2: chosen])
    await county.jobs.finishAll()
    _ = try await county.press(
      try await page.browser.open(DeliveryFixture.link(page)), "confirmation")
  }

  @Test func theNextDeliveryFollowsWhatWasDecidedOnTheSameRow() async throws {
    let county = try await DeliveryFixture()
    try await decideOnce(county, as: "QL-2")
    let next = try await county.deliver(
      .registeredProperty,
      Self.titles + "路人甲,1980-03-08,,闽0003,桥下路3号\n林小满,1980-03-08,,闽0001,桥下路1号\n",
      asOf: "2021-08-10")
    #expect(try await county.counts() == "2 1 1 0 0")
    #expect(next.has("确认生效"))
    let done = try await county.press(next, "confirmation")
    #expect(done.has("已生效"))
    #expect(
      try await county.lines(
        """
        SELECT h.number FROM check_records r JOIN households h ON h.id = r.household_id ORDER BY r.id
        """) == ["QL-2", "QL-2"])
    let memory = try await done.browser.open("\(DeliveryFixture.link(done))/matches")
    #expect(memory.has("沿用以前的认定") && memory.has("同一人"))
  }

  @Test func whatWasRejectedIsNotAskedAgainButForAnotherThing() async throws {
    let county = try await DeliveryFixture()
    try await decideOnce(county, as: nil)
    _ = try await county.deliver(
      .registeredProperty, Self.titles + "林小满,1980-03-08,,闽0001,桥下路1号\n", asOf: "2021-08-10")
    #expect(try await county.counts() == "1 0 1 0 0")
    _ = try await county.deliver(
      .registeredProperty, Self.titles + "林小满,1980-03-08,,闽0009,桥下路9号\n", asOf: "2021-08-11")
    #expect(try await county.counts() == "1 0 0 0 1")
  }

  @Test func anotherBureauIsAskedAboutTheSameName() async throws {
    let county = try await DeliveryFixture()
    try await decideOnce(county, as: nil)
    _ = try await county.deliver(
      .vehicles, "姓名,出生日期,身份证号,号牌号码,车辆价值\n林小满,1980-03-08,,闽0001,50000\n", asOf: "2021-08-10")
    #expect(try await county.counts() == "1 0 0 0 1")
  }

  @Test func aWrongDecisionIsNotFollowedAnyMore() async throws {
    let county = try await DeliveryFixture()
    try await decideOnce(county, as: "QL-2")
    let row = Self.titles + "林小满,1980-03-08,,闽0001,桥下路1号\n"
    let next = try await county.deliver(.registeredProperty, row, asOf: "2021-08-10")
    let link = DeliveryFixture.link(next)
    let memory = try await next.browser.open("\(link)/matches")
    let revoked = try await memory.form(to: "\(link)/matches/revocation").submit()
    #expect(revoked.has("会请您重新认定"))
    _ = try await county.deliver(.registeredProperty, row, asOf: "2021-08-11")
    #expect(try await county.counts() == "1 0 0 0 1")
  }

  @Test func nothingOfTheRowIsKeptWithTheDecision() async throws {
    let county = try await DeliveryFixture()
    try await decideOnce(county, as: nil)
    #expect(try await county.tables(with: "闽0001").isEmpty)
    #expect(
      try await county.lines("SELECT count(*), min(octet_length(row_hash)) FROM match_decisions")
        == ["4|32"])
  }
}
