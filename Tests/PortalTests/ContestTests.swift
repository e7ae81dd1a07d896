import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Reviews

/// A household contests what a bureau found: recorded by one, decided by another, and nothing follows from it
/// before.
@Suite(.serialized) struct ContestTests {
  /// A household of which the property register says that it owns a home, with the finding that follows.
  private func county() async throws -> (fixture: FindingFixture, household: Int64) {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("H1", sequence: 1)
    try await fixture.answer(
      household, .registeredProperty, .clear, asOf: "2021-07-01", sequence: 1)
    try await fixture.answer(
      household, .registeredProperty, sequence: 2,
      [(1, [.certificate: "闽0001", .address: "桥下路1号"])])
    try await fixture.run()
    #expect(try await fixture.findings().contains("H1 R1 open"))
    return (fixture, household)
  }

  private func record(
    _ fixture: FindingFixture, _ household: Int64, as account: String = "zhujian",
    _ statement: String = "房子已经卖了，合同在这里"
  ) async throws -> Page {
    let browser = try await fixture.site.browser(signedInAs: account)
    let page = try await browser.open(
      "/desk/households/\(household)/contest?check=registered_property")
    let form = try page.form(to: "/desk/households/\(household)/contest")
    let person = try form.option("person", "林*满")
    return try await form.fill(["person": person, "statement": statement]).submit()
  }

  private func decide(
    _ fixture: FindingFixture, _ page: Page, _ outcome: String, as account: String = "ziran"
  ) async throws -> Page {
    let browser = try await fixture.site.browser(signedInAs: account)
    let link = String(page.address.prefix { $0 != "?" })
    let form = try await browser.open(link).form(to: link)
    return try await form.fill(["outcome": outcome, "reason": "查了登记簿"]).submit()
  }

  private func confirm(_ fixture: FindingFixture) async throws -> Page {
    let officer = try await fixture.officer()
    let id =
      try await fixture.register.lines(
        "SELECT id FROM findings WHERE rule = 'R1'"
      ).first ?? ""
    let page = try await officer.open("/desk/findings/choice?finding=\(id)")
    return try await page.form(to: "/desk/findings/confirmation").submit()
  }

  @Test func whoSaysWhatWhenStandsOnTheHouseholdsPageAndTheFindings() async throws {
    let (fixture, household) = try await county()
    let done = try await record(fixture, household)
    #expect(done.has("等待决定") && done.has("房子已经卖了") && done.has("闽0001"))
    let officer = try await fixture.officer()
    let dossier = try await officer.open("/desk/households/\(household)")
    #expect(dossier.has("异议") && dossier.has("林*满") && dossier.has("2021-08-20"))
    let id =
      try await fixture.register.lines(
        "SELECT id FROM findings WHERE rule = 'R1'"
      ).first ?? ""
    #expect(try await officer.open("/desk/findings/\(id)").has("决定以前不能列入问题清单"))
    #expect(try await officer.open("/desk/contests").has("H1"))
    // What somebody said is sealed.
    #expect(
      try await fixture.register.lines(
        "SELECT count(*) FROM contests WHERE strpos(contests::text, '卖了') > 0") == ["0"])
  }

  @Test func whileItIsOpenTheFindingBecomesNoCase() async throws {
    let (fixture, household) = try await county()
    _ = try await record(fixture, household)
    let refused = try await confirm(fixture)
    #expect(refused.status == 422 && refused.has("对核查结果提出了异议"))
    #expect(try await fixture.register.lines("SELECT count(*) FROM cases") == ["0"])
    let past = try await fixture.site.database.refused(
      as: .staff, ["portal.area": "350423"],
      "UPDATE findings SET state = 'confirmed' WHERE rule = 'R1'")
    #expect(past)
  }

  @Test func whatIsUpheldMayBecomeACase() async throws {
    let (fixture, household) = try await county()
    let page = try await record(fixture, household)
    #expect(try await decide(fixture, page, "upheld").has("维持原答复"))
    #expect(try await confirm(fixture).status == 200)
    #expect(try await fixture.register.lines("SELECT count(*) FROM cases") == ["1"])
  }

  @Test func whatIsSetAsideLeavesForceAndTheFindingLapses() async throws {
    let (fixture, household) = try await county()
    let page = try await record(fixture, household)
    let done = try await decide(fixture, page, "set_aside", as: "zhujian-lead")
    #expect(done.has("已采纳异议"))
    #expect(
      try await fixture.register.lines("SELECT result FROM checks ORDER BY id") == ["clear"])
    #expect(try await fixture.findings().contains("H1 R1 lapsed"))
    let dossier = try await fixture.officer().open("/desk/households/\(household)")
    #expect(dossier.has("已撤回的答复") && dossier.has("查了登记簿"))
    // A decided contest is decided once.
    let token = try #require(
      try await done.browser.open("/account/password").form()["csrf"])
    let link = String(page.address.prefix { $0 != "?" })
    let again = try await done.browser.send(
      link, body: Array("outcome=upheld&reason=abcdef&csrf=\(token)".utf8))
    #expect(again.status == 409)
  }

  @Test func whoRecordsItDoesNotDecideNorDoesAnotherBureau() async throws {
    let (fixture, household) = try await county()
    let page = try await record(fixture, household, as: "ziran")
    let link = String(page.address.prefix { $0 != "?" })
    #expect(page.has("记录异议的人不能自己决定"))
    let own = page.browser
    let token = try #require(try await own.open("/account/password").form()["csrf"])
    let body = Array("outcome=upheld&reason=abcdef&csrf=\(token)".utf8)
    #expect(try await own.send(link, body: body).status == 409)
    let other = try await fixture.site.browser(signedInAs: "minzheng")
    let its = try #require(try await other.open("/account/password").form()["csrf"])
    let foreign = Array("outcome=upheld&reason=abcdef&csrf=\(its)".utf8)
    #expect(try await other.send(link, body: foreign).status == 403)
    let database = try await fixture.site.database.psql(
      as: .superuser, [:],
      """
      UPDATE contests SET outcome = 'upheld', reason = '理由', decided_by = recorded_by,
        decided_by_name = '甲', decided_at = now()
      """)
    #expect(database.errors.contains("contests_second_person_check"))
  }

  @Test func oneContestOfACheckIsOpenAtATimeAndOnlyOfHits() async throws {
    let (fixture, household) = try await county()
    _ = try await record(fixture, household)
    let second = try await record(fixture, household)
    #expect(second.status == 422 && second.has("已经有一条等待决定的异议"))
    let clean = try await fixture.household("H2", sequence: 20)
    let page = try await fixture.officer().open("/desk/households/\(clean)/contest")
    #expect(page.has("没有可以提异议的核查结果"))
  }
}
