import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Deliveries

/// Regular exchange: what is expected, what is late, what has changed.
@Suite(.serialized) struct ExchangeTests {
  private func vehicles(_ rows: [(Int, String, Int)]) throws -> String {
    "所有人身份证号,号牌号码,车辆价值\n"
      + (try rows.map { "\(try idNumber($0.0)),\($0.1),\($0.2)\n" }.joined())
  }

  private func schedule(
    _ county: DeliveryFixture, _ type: CheckType, _ every: String, _ day: String,
    as account: String = "zhujian"
  ) async throws -> Page {
    try await county.site.browser(signedInAs: account)
      .open("/desk/exchange/schedule?type=\(type.rawValue)")
      .form(to: "/desk/exchange/schedule").fill(["every": every, "due_day": day]).submit()
  }

  /// The row of a source on the page of exchange.
  private func row(_ county: DeliveryFixture, _ title: String) async throws -> String {
    let page = try await county.site.browser(signedInAs: "gongan").open("/desk/exchange")
    return page.all("tr").map(\.text).first { $0.contains(title) } ?? ""
  }

  @Test func theDifferenceToTheDeliveryBeforeIsListed() async throws {
    let county = try await DeliveryFixture(hasRound: false)
    try await county.bring(
      .vehicles, try vehicles([(1, "闽G00001", 50_000), (3, "闽G00003", 60_000)]),
      asOf: "2021-06-30", complete: true)
    let second = try await county.bring(
      .vehicles,
      try vehicles([(1, "闽G00001", 50_000), (2, "闽G00002", 70_000), (4, "闽G00004", 10_000)]),
      complete: true)
    let page = try await second.follow("与上一次报送比较")
    let rows = page.all("tr").map(\.text).filter { $0.contains("闽G") }
    #expect(rows.count == 3)
    #expect(rows.contains { $0.contains("QL-1") && $0.contains("新出现") && $0.contains("闽G00002") })
    #expect(rows.contains { $0.contains("QL-2") && $0.contains("不再有") && $0.contains("闽G00003") })
    #expect(rows.contains { $0.contains("QL-3") && $0.contains("新出现") && $0.contains("闽G00004") })
    #expect(page.has("林*满") && !page.has("林小满"))
    let sheet = try await page.browser.open(
      "\(DeliveryFixture.link(second))/differences?format=csv")
    #expect(try sheet.sheet("csv").count == 4)
  }

  @Test func ofAPartialDeliveryOnlyTheHouseholdsThatItNamesAreCompared() async throws {
    let county = try await DeliveryFixture(hasRound: false)
    try await county.bring(
      .vehicles, try vehicles([(1, "闽G00001", 50_000), (3, "闽G00003", 60_000)]),
      asOf: "2021-06-30", complete: true)
    let second = try await county.bring(.vehicles, try vehicles([(1, "闽G00009", 50_000)]))
    let page = try await second.follow("与上一次报送比较")
    let rows = page.all("tr").map(\.text).filter { $0.contains("闽G") }
    #expect(rows.count == 2 && rows.allSatisfy { $0.contains("QL-1") })
  }

  @Test func theFirstDeliveryHasNothingToBeComparedWith() async throws {
    let county = try await DeliveryFixture(hasRound: false)
    let first = try await county.bring(.vehicles, try vehicles([(1, "闽G00001", 50_000)]))
    #expect(try await first.follow("与上一次报送比较").has("没有可以比较的"))
  }

  @Test func whatIsNotThereOnItsDayIsLateUntilItComes() async throws {
    let county = try await DeliveryFixture(hasRound: false)
    // Agreed on 20 August, due on the 22nd of each month.
    #expect(try await schedule(county, .vehicles, "month", "22").has("每月 22 日"))
    #expect(try await row(county, "车辆登记数据").contains("还没有到期"))
    county.site.clock.advance(by: 2 * 86_400)
    #expect(try await row(county, "车辆登记数据").contains("今天截止"))
    county.site.clock.advance(by: 3 * 86_400)
    #expect(try await row(county, "车辆登记数据").contains("晚了 3 天"))
    try await county.bring(.vehicles, try vehicles([(1, "闽G00001", 50_000)]))
    #expect(try await row(county, "车辆登记数据").contains("按时"))
    county.site.clock.advance(by: 31 * 86_400)
    #expect(try await row(county, "车辆登记数据").contains("晚了"))
  }

  @Test func aScheduleIsAgreedByTheHousingBureauAndKeptWithItsHistory() async throws {
    let county = try await DeliveryFixture(hasRound: false)
    let wrong = try await schedule(county, .income, "week", "9")
    #expect(wrong.status == 422 && wrong.errors.map(\.field) == ["due_day"])
    _ = try await schedule(county, .income, "week", "5")
    let first = try await county.site.browser(signedInAs: "zhujian")
      .open("/desk/exchange/schedule?type=income").form(to: "/desk/exchange/schedule")
    _ = try await schedule(county, .income, "month", "3")
    let overtaken = try await first.fill(["due_day": "2"]).submit()
    #expect(overtaken.status == 409 && overtaken.has("每月 3 日"))
    _ = try await schedule(county, .income, "never", "")
    #expect(
      try await county.lines(
        "SELECT every, due_day, ended_on IS NOT NULL FROM exchange_schedules") == ["month|3|t"])
    #expect(
      try await county.lines(
        """
        SELECT before ->> 'schedule', after ->> 'schedule' FROM audit_events
        WHERE action = 'exchange.schedule' ORDER BY id
        """) == ["|每周（星期五）", "每周（星期五）|每月 3 日", "每月 3 日|不再定期报送"])
    let refused = try await county.site.browser(signedInAs: "gongan")
      .open("/desk/exchange/schedule?type=income")
    #expect(refused.status == 403)
  }

  @Test(arguments: [
    (ExchangeInterval.month, 5, "2021-08-05", "2021-08-05", "2021-09-05"),
    (.month, 5, "2021-08-04", "2021-07-05", "2021-08-05"),
    (.month, 28, "2021-01-01", "2020-12-28", "2021-01-28"),
    (.week, 1, "2021-08-20", "2021-08-16", "2021-08-23"),
    (.week, 5, "2021-08-20", "2021-08-20", "2021-08-27"),
    (.week, 7, "2021-08-20", "2021-08-15", "2021-08-22"),
  ])
  func daysOnWhichSomethingIsDue(
    _ every: ExchangeInterval, _ due: Int, _ today: String, _ last: String, _ next: String
  ) throws {
    let day = try #require(Day(iso: today))
    #expect(every.lastDue(due, on: day).iso == last)
    #expect(every.nextDue(due, after: day).iso == next)
  }
}
