import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import Ground
@testable import Portal

/// The one function that takes a step, tried on cases: a state, a history with states, two persons.
@Suite struct StepTakingTests {
  typealias CaseStep = StepTaking<CaseWorkflow, CaseID>

  static let cases = StepTable<CaseWorkflow, CaseID>(
    "cases", history: StepHistory("case_events", of: "case_id"))

  private struct County {
    let fixture: FindingFixture
    let ids: [CaseID]
    let officer: Principal
    let lead: Principal

    /// So many households with a suspected case each.
    init(_ count: Int = 1) async throws {
      fixture = try await FindingFixture()
      for number in 1...count {
        _ = try await fixture.household("H\(number)", sequence: number)
      }
      ids = try await fixture.site.owner.transaction { tx in
        try tx.execute(
          """
          INSERT INTO cases (area, campaign_id, number, household_id, home_id, estate_id, nature,
            state, opened_on, state_since, due_on)
          SELECT l.area, c.id, 'WT' || l.household_id, l.household_id, l.home_id, m.estate_id,
            'sublet', 'suspected', '2021-08-01', '2021-08-01', '2021-08-25'
          FROM leases l JOIN homes m ON m.id = l.home_id CROSS JOIN campaigns c
          """)
        try tx.execute(
          """
          INSERT INTO case_events (area, case_id, at, account_name, action, to_state)
          SELECT area, id, '2021-08-01', '甲', 'open', 'suspected' FROM cases
          """)
        return try tx.all(Query<CaseID>("SELECT id FROM cases ORDER BY id"))
      }
      officer = try await Self.principal("zhujian", fixture)
      lead = try await Self.principal("zhujian-lead", fixture)
    }

    private static func principal(
      _ account: String, _ fixture: FindingFixture
    ) async throws -> Principal {
      try await fixture.site.owner.read { tx in
        try tx.one(
          Query(
            """
            SELECT id, account, display_name, role, area FROM accounts WHERE account = \(account)
            """
          ) { try Principal($0) })
      }
    }

    func step(
      _ from: CaseState, _ action: CaseAction, version: Int = 1, of ids: [CaseID]? = nil,
      proposedBy first: Principal? = nil
    ) -> CaseStep {
      var step = CaseStep(
        CaseWorkflow[from, action],
        of: (ids ?? self.ids).map { SeenVersion($0, version: version) }, in: StepTakingTests.cases,
        audit: AuditEvent(action: AuditAction("case.test", "试"), entity: "cases"))
      step.note = "说明"
      step.firstPerson = first?.accountID
      return step
    }

    /// Takes a step, proposed by its first person and approved where it needs two: the database asks for that too.
    func take(_ step: CaseStep, as actor: Principal) async throws {
      let isProposed = step.needsSecondPerson && step.firstPerson != actor.accountID
      let person = ActingPerson(
        actor, .staff(actor, address: "", reference: "TEST", at: FindingFixture.now),
        at: FindingFixture.now)
      try await fixture.services.databases.transaction(as: actor) { [officer, lead] tx in
        let first = actor.accountID == officer.accountID ? lead : officer
        if isProposed { try Self.approve(step, by: actor, proposedBy: first, tx) }
        try tx.take(step, by: person)
      }
    }

    private static func approve(
      _ step: CaseStep, by second: Principal, proposedBy first: Principal, _ tx: Transaction
    ) throws {
      for seen in step.things {
        try tx.execute("SELECT set_config('portal.account', \("\(first.accountID)"), true)")
        try tx.execute(
          """
          INSERT INTO case_proposals (area, case_id, case_version, action, from_state, to_state,
            details, proposed_by, proposed_by_name, proposed_at, needs_review)
          SELECT area, id, version, \(step.action), \(step.from), \(step.to),
            '{}', \(first.accountID), \(first.displayName),
            \(FindingFixture.now), false FROM cases WHERE id = \(seen.id)
          """)
        try tx.execute("SELECT set_config('portal.account', \("\(second.accountID)"), true)")
        try tx.execute(
          """
          UPDATE case_proposals SET outcome = 'approved', decided_by = \(second.accountID),
            decided_by_name = \(second.displayName), decided_at = \(FindingFixture.now),
            decided_version = \(seen.version)
          WHERE case_id = \(seen.id) AND outcome IS NULL
          """)
      }
    }

    func verify(_ ids: [CaseID]? = nil) async throws {
      try await take(step(.suspected, .verify, of: ids, proposedBy: officer), as: lead)
    }

    func rows() async throws -> [String] {
      try await fixture.register.lines("SELECT state, version FROM cases ORDER BY id")
    }

    func count(_ table: String, _ condition: String) async throws -> String? {
      try await fixture.register.lines("SELECT count(*) FROM \(table) WHERE \(condition)").first
    }
  }

  @Test func aStepMovesTheRowAndStandsInItsHistoryAndInTheAuditLog() async throws {
    let county = try await County()
    try await county.verify()
    #expect(try await county.rows() == ["verified|2"])
    #expect(
      try await county.fixture.register.lines(
        "SELECT area, action, from_state, to_state, note FROM case_events ORDER BY id")
        == ["350423100|open||suspected|", "350423100|verify|suspected|verified|说明"])
    #expect(try await county.count("audit_events", "action = 'case.test'") == "1")
  }

  @Test func whoeverIsLateIsToldWhoDidWhatSinceAndChangesNothing() async throws {
    let county = try await County()
    try await county.verify()
    let late = await #expect(throws: StepOvertaken.self) {
      try await county.take(
        county.step(.suspected, .dismiss, proposedBy: county.officer), as: county.lead)
    }
    #expect(late?.things == county.ids.map(\.rawValue))
    #expect(late?.since.map(\.action) == ["verify"])
    #expect(late?.since.map(\.accountName) == [county.lead.displayName])
    #expect(try await county.rows() == ["verified|2"])
    #expect(try await county.count("case_events", "action = 'dismiss'") == "0")
    #expect(try await county.count("audit_events", "action = 'case.test'") == "1")
  }

  /// A version that was seen does not help where the step does not lead out of the state, and a state
  /// does not where the version has gone on.
  @Test func stateAndVersionBothGuardTheRow() async throws {
    let county = try await County()
    await #expect(throws: StepOvertaken.self) {
      try await county.take(county.step(.verified, .serveNotice, version: 1), as: county.officer)
    }
    try await county.verify()
    await #expect(throws: StepOvertaken.self) {
      try await county.take(county.step(.verified, .serveNotice, version: 1), as: county.officer)
    }
    #expect(try await county.rows() == ["verified|2"])
    try await county.take(county.step(.verified, .serveNotice, version: 2), as: county.officer)
    #expect(try await county.rows() == ["noticed|3"])
  }

  @Test func ofTwoAtTheSameTimeOneIsTold() async throws {
    let county = try await County()
    let results = await withTaskGroup(of: Bool.self) { group in
      for action in [CaseAction.verify, .dismiss] {
        group.addTask {
          do {
            try await county.take(
              county.step(.suspected, action, proposedBy: county.officer), as: county.lead)
            return true
          } catch {
            return !(error is StepOvertaken)
          }
        }
      }
      return await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    #expect(results.filter(\.self).count == 1)
    #expect(try await county.count("case_events", "action <> 'open'") == "1")
  }

  @Test func severalTogetherMoveAllOrNone() async throws {
    let county = try await County(3)
    try await county.verify([county.ids[1]])
    let late = await #expect(throws: StepOvertaken.self) { try await county.verify() }
    #expect(late?.things == [county.ids[1].rawValue])
    #expect(try await county.rows() == ["suspected|1", "verified|2", "suspected|1"])
    try await county.verify([county.ids[0], county.ids[2]])
    #expect(try await county.rows() == ["verified|2", "verified|2", "verified|2"])
    #expect(try await county.count("case_events", "action = 'verify'") == "3")
  }

  @Test func whoProposedMayNotApproveAndNobodyKnownIsNobodyElse() async throws {
    let county = try await County()
    for first in [county.lead, nil] {
      await #expect(throws: StepRefusal.samePerson) {
        try await county.take(
          county.step(.suspected, .verify, proposedBy: first), as: county.lead)
      }
    }
    #expect(try await county.rows() == ["suspected|1"])
  }

  @Test func whoLacksThePermissionOfTheStepIsRefused() async throws {
    let county = try await County()
    await #expect(throws: StepRefusal.notPermitted) {
      try await county.take(
        county.step(.suspected, .verify, proposedBy: county.lead), as: county.officer)
    }
  }

  @Test func whatIsOutOfSightIsNotFound() async throws {
    let county = try await County()
    let elsewhere = CaseID(rawValue: 999_999)
    await #expect(throws: WebError.self) { try await county.verify([elsewhere]) }
  }
}
