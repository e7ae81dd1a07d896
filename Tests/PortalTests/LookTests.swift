import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import Ground
@testable import Portal

/// Whoever looks at what is known of a household stands in the log.
@Suite(.serialized) struct LookTests {
  /// Pages that show many households a line each: lists, whose taking out is recorded.
  private static let lists = [
    "/desk/estates/:id", "/desk/estates/:id/plan", "/desk/reviews/:id/checks",
    // What differs, household by household, without what was said.
    "/desk/deliveries/:id", "/desk/deliveries/:id/changes",
  ]

  @Test func everyPageAboutAHouseholdIsALookInTheLog() async throws {
    let site = try await TestPortal.start()
    let sample = try await site.addSample(township: "350423100")
    let sweep = try await RouteSweep(site, [sample])
    var looked = 0
    for visitor in sweep.visitors where visitor.account != nil {
      for route in sweep.pages where route.hasArgument && !Self.lists.contains(route.pattern) {
        let address = sweep.address(route, try sweep.id(route.pattern, in: sample))
        let before = try await events(site)
        let page = try await visitor.browser.open(address, following: false)
        let names = ["样*人", "样本人", "S350423100"].contains { page.has($0) }
        guard page.status == 200, names else { continue }
        looked += 1
        #expect(try await events(site) == before + 1, "\(visitor.name) \(address)")
      }
    }
    #expect(looked > 40)
  }

  private func events(_ site: TestPortal) async throws -> Int {
    let lines = try await site.database.psql(
      as: .superuser, [:], "SELECT count(*) FROM audit_events"
    ).lines
    return Int(lines.first ?? "") ?? -1
  }

  @Test func aLookNamesWhoAtWhatAndNothingElse() async throws {
    let fixture = try await RegisterFixture()
    let household = try await fixture.household("H1", members: [idNumber(1)])
    let browser = try await fixture.site.browser(signedInAs: "minzheng")
    _ = try await browser.open("/desk/households/\(household)")
    _ = try await browser.open("/desk/households/\(household + 999)")
    #expect(
      try await fixture.lines(
        """
        SELECT account, action, entity, entity_id, before, after FROM audit_events
        WHERE action LIKE '%.view'
        """) == ["minzheng|household.view|households|\(household)||"])
  }

  @Test func findingsThatAreChosenTogetherAreLookedAtTogether() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("H1", sequence: 1)
    try await fixture.answer(
      household, .registeredProperty, [(1, [.certificate: "闽0001", .address: "桥下路1号"])])
    try await fixture.run()
    let id = try await fixture.register.lines("SELECT id FROM findings").first ?? ""
    _ = try await fixture.officer().open("/desk/findings/choice?finding=\(id)")
    #expect(
      try await fixture.register.lines(
        "SELECT entity_id, after ->> 'findings' FROM audit_events WHERE action = 'finding.view'")
        == ["|\(id)"])
  }

  // MARK: No ID number

  @Test(arguments: ["350423198003080019", "３５０４２３１９８００３０８００１９", "350423800308001"])
  func aNumberInAReasonDoesNotReachTheLog(_ typed: String) async throws {
    let fixture = try await RegisterFixture()
    let (officer, typed) = (fixture.officer, "核对 \(typed) 的情况")
    try await fixture.databases.transaction(as: officer) { tx in
      try tx.audit(
        AuditEvent(
          action: AuditAction("list.export", "导出清单"), entity: "households",
          after: ["reason": typed]),
        by: .staff(officer, address: "", reference: "", at: TestPortal.start))
    }
    let kept =
      try await fixture.lines(
        "SELECT after ->> 'reason' FROM audit_events WHERE after ? 'reason'"
      ).first ?? ""
    #expect(kept.contains("350423********") && !kept.contains("19800308"))
  }

  @Test func theDatabaseTakesNoEventWithANumber() async throws {
    let fixture = try await RegisterFixture()
    func event(_ text: String) -> String {
      """
      INSERT INTO audit_events (at, origin, area, account, action, entity, after)
      VALUES (now(), 'command', '350423', 'x', 'x.y', 'persons', jsonb_build_object('reason', '\(text)'))
      """
    }
    let database = fixture.site.database
    let refused = try await database.psql(as: .owner, [:], event("查 350423198003080019"))
    #expect(refused.status != 0 && refused.errors.contains("audit_events_no_id_number_check"))
    #expect(!refused.errors.contains("19800308"))
    #expect(try await database.psql(as: .owner, [:], event("查 350423********0019")).status == 0)
  }
}
