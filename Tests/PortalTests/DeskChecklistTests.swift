import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Portal

/// The desk of a county in which nothing is entered yet says what comes first, and stops when it is done.
@Suite struct DeskChecklistTests {
  private func steps(_ page: Page) -> [String] {
    page.text.matches(of: /第一天：做完 ([0-9]+) \/ ([0-9]+) 步/).map { "\($0.1)/\($0.2)" }
  }

  @Test func anEmptyCountyIsToldWhatComesFirst() async throws {
    let site = try await TestPortal.start(.empty)
    let officer = try await site.browser(signedInAs: "zhujian").open("/desk")
    // Who is to answer has an account and has signed in.
    #expect(steps(officer) == ["1/9"])
    for link in [
      "/desk/imports/new?kind=estates", "/desk/campaign/new", "/desk/reviews/new", "/desk/reviews",
    ] {
      #expect(officer.links.contains(link), "\(link)")
    }
    // The lines are the lead's to set.
    #expect(officer.has("由县住建局负责人办理"))
    let lead = try await site.browser(signedInAs: "zhujian-lead")
    let desk = try await lead.open("/desk")
    #expect(!desk.has("由县住建局负责人办理") && desk.links.contains("/desk/thresholds"))
    for link in desk.links where link.hasPrefix("/desk/") {
      #expect(try await lead.open(link).status == 200, "\(link)")
    }
  }

  @Test func whoTakesNoStepIsNotShownThem() async throws {
    let site = try await TestPortal.start(.empty)
    for account in ["minzheng", "longjin", "chuangkou"] {
      let page = try await site.browser(signedInAs: account).open("/desk")
      #expect(page.status == 200 && steps(page) == [], "\(account)")
    }
  }

  @Test func whoIsToAnswerIsInvitedUntilTheyHaveSignedIn() async throws {
    let site = try await TestPortal.start(.empty)
    try await site.owner.transaction { tx in
      try tx.execute(
        "UPDATE accounts SET must_change_password = true WHERE role = 'civil_affairs'")
      try tx.execute("UPDATE accounts SET disabled_at = now() WHERE role = 'public_security'")
    }
    let officer = try await site.browser(signedInAs: "zhujian").open("/desk")
    #expect(steps(officer) == ["0/9"])
    #expect(officer.has("还没有登录过：县民政局、县公安局。"))
  }

  @Test func aStepIsTickedByWhatIsThereAndTheLastEndsTheList() async throws {
    let fixture = try await FindingFixture()
    let officer = try await fixture.officer()
    // An estate, lines, a campaign, a round.
    #expect(steps(try await officer.open("/desk")) == ["5/9"])
    let household = try await fixture.household("A")
    let before = try await officer.open("/desk")
    #expect(steps(before) == ["8/9"])
    #expect(before.has("还没有答复：") && before.has("县民政局、"))
    try await fixture.answer(household, .income, .clear)
    let one = try await officer.open("/desk")
    #expect(steps(one) == ["8/9"] && !one.has("还没有答复：县民政局"))
    // An extract that nobody owes is no bureau's answer.
    try await fixture.answer(household, .payroll, .clear)
    #expect(try await officer.open("/desk").has("还没有答复：县住建局"))
    for bureau in Bureau.allCases {
      let type = try #require(CheckType.allCases.first { $0.bureau == bureau })
      try await fixture.answer(household, type, .clear, sequence: 2)
    }
    #expect(steps(try await officer.open("/desk")) == [])
  }
}
