import Domain
import Foundation
import Postgres
import TestSupport
import Testing

/// What is owed and paid on a case: entries that stay, exact to the fen.
@Suite(.serialized) struct CaseMoneyTests {
  private func enter(
    _ work: CaseWorkFixture, _ address: String, _ kind: String, _ amount: String,
    note: String = "收据 1 号"
  ) async throws -> Page {
    try await work.officer.open("\(address)/money/entry").form(to: "\(address)/money/entry")
      .fill(["kind": kind, "item": "rent", "amount": amount, "note": note]).submit()
  }

  @Test func whatIsOwedPaidAndCorrectedAddsUp() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open(.arrears)
    _ = try await enter(work, address, "charge", "1,234.50")
    _ = try await enter(work, address, "payment", "２００元")
    let page = try await enter(work, address, "correction", "-34.5", note: "多算了一个月的水费")
    #expect(page.has("1,000.00 元") && page.has("壹仟元整") && page.has("200.00 元"))
    #expect(
      try await work.base.register.lines(
        "SELECT kind, amount FROM case_entries ORDER BY id")
        == ["charge|1234.50", "payment|200.00", "correction|-34.50"])
    // What is entered stays.
    let refused = try await work.base.site.database.refused(
      as: .staff, ["portal.area": "350423"], "UPDATE case_entries SET amount = 1")
    #expect(refused)
  }

  @Test func aSumBelowZeroOrBeyondReasonIsRefusedAndKept() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open(.arrears)
    for (amount, words) in [
      ("-5", "负数"), ("99999999", "不能超过"), ("12.345", "两位小数"), ("三百", "以元为单位"),
    ] {
      let page = try await enter(work, address, "charge", amount)
      #expect(page.status == 422 && page.has(words), "\(amount)")
      #expect(try page.form(to: "\(address)/money/entry")["amount"] == amount)
    }
    #expect(try await work.base.register.lines("SELECT count(*) FROM case_entries") == ["0"])
  }

  @Test func aFormSentTwiceIsOneEntry() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open(.arrears)
    let form = try await work.officer.open("\(address)/money/entry")
      .form(to: "\(address)/money/entry")
      .fill(["kind": "payment", "item": "rent", "amount": "10", "note": "收据 2 号"])
    _ = try await form.submit()
    let again = try await form.submit()
    #expect(again.status == 409 && again.has("记账"))
    #expect(try await work.base.register.lines("SELECT count(*) FROM case_entries") == ["1"])
  }

  @Test func marketRentIsCountedByMonthsAndDays() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open(.sublet)
    let form = try await work.officer.open("\(address)/money/market-rent")
      .form(to: "\(address)/money/market-rent")
    let page = try await form.fill([
      "monthly": "600", "from": "2021-06-01", "through": "2021-08-15",
    ])
    .submit()
    // Two months, and 15 of the 31 days of August: 600 × 2 + 600 × 15 ÷ 31.
    #expect(page.has("1,490.32 元") && page.has("2 个月零 15 天"))
    let wrong = try await form.fill([
      "monthly": "600", "from": "2021-08-15", "through": "2021-06-01",
    ]).submit()
    #expect(wrong.status == 409 || wrong.status == 422)
  }

  @Test func instalmentsAreAgreedMetAndStandInTheCalendar() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open(.arrears)
    _ = try await enter(work, address, "charge", "300")
    let form = try await work.officer.open("\(address)/money/instalments")
      .form(to: "\(address)/money/instalments")
    let much = try await form.fill([
      "total": "400", "parts": "3", "first": "2021-09-01", "agreed_on": "2021-08-20",
    ]).submit()
    #expect(much.status == 422 && much.has("现在欠 300.00 元"))
    let plan = try await form.fill([
      "total": "300", "parts": "3", "first": "2021-09-01", "agreed_on": "2021-08-20",
    ]).submit()
    #expect(plan.has("2021-11-01") && plan.has("未到期"))
    let calendar = try await work.officer.open("/desk/calendar")
    #expect(calendar.has("第 2 期") && calendar.has("100.00 元"))
    _ = try await enter(work, address, "payment", "100")
    #expect(try await work.officer.open("\(address)/money").has("已付清"))
  }
}
