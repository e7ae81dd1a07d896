import Domain
import Foundation
import TestSupport
import Testing

/// A round is opened: who is in it, and when it may not be.
@Suite(.serialized) struct RoundOpeningTests {
  @Test func `the households of the government's estates are frozen with their estates`()
    async throws
  {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open()
    let wanted = zip(fixture.households.prefix(5), [0, 0, 0, 1, 1]).map { household, estate in
      "\(household)|\(fixture.estates[estate])"
    }
    let frame = "SELECT household_id, estate_id FROM review_households ORDER BY 1"
    #expect(try await fixture.lines(frame) == wanted)

    // Who moves afterwards neither leaves the frame nor comes into it.
    _ = try await fixture.lines(
      """
      UPDATE leases SET state = 'ended', ended_on = '2021-08-19' WHERE household_id = \(fixture.households[0]);
      UPDATE estates SET ownership = 'government'
      """)
    #expect(try await fixture.lines(frame) == wanted)
    let page = try await fixture.officer.open(round)
    #expect(page.has("首轮复核") && page.has("名单 5 户") && page.has("0 / 50 项"))
  }

  @Test func `a campaign that looks at all homes has all of them in its rounds`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.officer.open("/desk/campaign").follow("修改").form(button: "保存")
      .fill([
        "scope": "all", "stage_title_1": "自查自纠", "stage_from_1": "2021-06-11",
        "stage_to_1": "2021-08-31",
      ]).submit()
    let round = try await fixture.open()
    #expect(try await fixture.lines("SELECT count(*) FROM review_households") == ["6"])
    #expect(try await fixture.officer.open(round).has("名单 6 户"))
  }

  @Test func `each bureau has its day, and the opening is in the audit log`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    #expect(
      try await fixture.lines("SELECT bureau, due_on FROM review_dues ORDER BY 1") == [
        "civil_affairs|2021-09-10", "housing|2021-08-31", "natural_resources|2021-09-10",
        "public_security|2021-09-10",
      ])
    #expect(
      try await fixture.lines(
        """
        SELECT account, after ->> 'households', after ->> 'due_housing' FROM audit_events
        WHERE action = 'review.open'
        """) == ["zhujian|5|2021-08-31"])
  }

  @Test func `one township may have a round of its own`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open("嵩溪复核", area: "350423101")
    #expect(
      try await fixture.lines("SELECT count(*), min(area), max(area) FROM review_households")
        == ["2|350423101|350423101"])
  }

  @Test(arguments: ["350423", "350423100"])
  func `no second round while one runs that overlaps`(area: String) async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open("首轮", area: area)
    for other in ["350423", "350423100"] {
      let page = try await fixture.openingForm("又一轮", area: other).submit()
      #expect(page.status == 422)
      #expect(page.errors.map(\.field) == ["area"])
      #expect(page.errors.first?.message.contains("“首轮”") == true)
      #expect(try page.form(to: "/desk/reviews")["title"] == "又一轮")
    }
    #expect(try await fixture.lines("SELECT count(*) FROM review_rounds") == ["1"])
    let apart = try await fixture.openingForm("另一镇", area: "350423101").submit()
    #expect(apart.status == (area == "350423" ? 422 : 200))
  }

  @Test func `a form sent twice opens one round`() async throws {
    let fixture = try await ReviewFixture()
    let form = try await fixture.openingForm()
    let first = try await form.submit()
    let second = try await form.submit()
    #expect(second.status == 200 && second.address == first.address)
    #expect(try await fixture.lines("SELECT count(*) FROM review_households") == ["5"])
  }

  @Test func `a frame without a household is refused, and nothing is left`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.lines("UPDATE estates SET ownership = 'other' WHERE area = '350423101'")
    let page = try await fixture.openingForm(area: "350423101").submit()
    #expect(page.status == 422 && page.errors.first?.message.contains("没有在租的政府投资公租房家庭") == true)
    #expect(try await fixture.lines("SELECT count(*) FROM review_rounds") == ["0"])
  }

  @Test func `days that are past or no days are refused at their fields`() async throws {
    let fixture = try await ReviewFixture()
    let page = try await fixture.openingForm().fill([
      "due_housing": "2021-08-19", "due_public_security": "八月底", "due_natural_resources": "",
    ]).submit()
    #expect(page.status == 422)
    #expect(
      page.errors.map(\.field) == ["due_housing", "due_natural_resources", "due_public_security"])
    let today = try await fixture.openingForm().fill(["due_housing": "2021-08-20"]).submit()
    #expect(today.status == 200)
  }

  @Test func `only the housing bureau opens rounds, in its own area`() async throws {
    let fixture = try await ReviewFixture()
    for account in ["minzheng", "longjin", "zhuanban"] {
      #expect(try await fixture.browser(account).open("/desk/reviews/new").status == 403)
    }
    let page = try await fixture.openingForm().forging("area", "350424").submit()
    #expect(page.status == 422 && page.errors.first?.field == "area")
  }
}
