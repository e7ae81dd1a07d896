import Domain
import Foundation
import Postgres
import TestSupport
import Testing

/// A home that comes back: its lease ends, it stands empty, it is let again.
@Suite(.serialized) struct CaseReturnTests {
  private func register(_ work: CaseWorkFixture) async throws -> [String] {
    try await work.base.register.lines(
      """
      SELECT h.state, l.state, l.ended_on FROM leases l JOIN homes h ON h.id = l.home_id
      ORDER BY l.id
      """)
  }

  /// A case whose household has been told to leave.
  private func moving() async throws -> (work: CaseWorkFixture, address: String) {
    let work = try await CaseWorkFixture()
    let address = try await work.open(.arrears)
    _ = try await work.both(.verify, of: address, ["route": "civil"])
    _ = try await work.take(.serveNotice, of: address)
    _ = try await work.take(.startMoving, of: address)
    return (work, address)
  }

  @Test func itIsAwaitedHandedBackAndItsLeaseEnds() async throws {
    let (work, address) = try await moving()
    #expect(try await register(work) == ["awaiting_recovery|running|"])
    let page = try await work.take(
      .vacate, of: address, ["power": "88.25", "damage": "窗玻璃一块", "deposit_deducted": "50"])
    #expect(page.has("窗玻璃一块") && page.has("88.25"))
    #expect(try await register(work) == ["vacant|ended|2021-08-20"])
    #expect(
      try await work.base.register.lines("SELECT next_due_on IS NULL FROM cases") == ["t"])
    // Who handed it over is sealed.
    #expect(
      try await work.base.register.lines(
        "SELECT count(*) FROM case_events WHERE strpos(case_events::text, '承租人本人') > 0") == ["0"])
  }

  @Test func aReturnThatWasEnteredByMistakeIsTakenBack() async throws {
    let (work, address) = try await moving()
    _ = try await work.take(.vacate, of: address)
    _ = try await work.take(.takeBack, of: address, ["facts": "记错了房号"])
    #expect(try await work.state(address) == "moving")
    #expect(try await register(work) == ["awaiting_recovery|running|"])
  }

  @Test func aSheetWithoutItsValuesIsRefused() async throws {
    let (work, address) = try await moving()
    let wrong = try await work.take(
      .vacate, of: address, ["keys": "两把", "water": "-3", "vacated_on": "2019-01-01"])
    #expect(wrong.status == 422)
    #expect(wrong.has("交回钥匙（把）应为 0 到 99 之间的整数"))
    #expect(try wrong.form(to: "\(address)/step")["keys"] == "两把")
    #expect(try await register(work) == ["awaiting_recovery|running|"])
  }

  @Test func itsSheetPrints() async throws {
    let (work, address) = try await moving()
    _ = try await work.take(.vacate, of: address)
    let sheet = try await work.officer.open("\(address)/return")
    #expect(sheet.has("退房交验单") && sheet.has("123.40") && sheet.has("承租人本人"))
    #expect(sheet.has("签字"))
  }

  @Test func itsClocksRunAndStop() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open(.sublet)
    _ = try await work.both(.verify, of: address)
    let page = try await work.officer.open(address)
    // Known on 2 August: the first day does not count, and six months later it is 2 February, in the holidays.
    #expect(page.has("对转租提出异议") && page.has("2022-02-07") && page.has("第七百一十八条"))
    #expect(
      try await work.base.register.lines("SELECT next_due_on, next_clock FROM cases")
        == ["2021-08-25|campaign"])
    let calendar = try await work.officer.open("/desk/calendar")
    #expect(calendar.has("WT2021-000001"))
  }

  @Test func homesThatCameBackAreListedWithTheDaysThatTheyStoodEmpty() async throws {
    let (work, address) = try await moving()
    _ = try await work.take(.vacate, of: address, ["vacated_on": "2021-08-19"])
    let list = try await work.officer.open("/desk/recovered")
    #expect(list.has("1栋") && list.has("空置") && list.has("1 天"))
    #expect(try await work.officer.open("/desk/recovered?let=again").has("没有符合条件"))
  }
}
