import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Deliveries
@testable import FindingLedger
@testable import Ground
@testable import Imports
@testable import Portal

/// The tables of imports, deliveries and findings say what the code allows: every step is tried from every
/// state.
@Suite struct WorkflowHeldTests {
  @Test func peopleDoToAnImportWhatItsTableSays() async throws {
    let county = try await ImportFixture()
    let token = try await token(county.browser)
    let steps: [(ImportAction, String, String)] = [
      (.checkAgain, "check", ""), (.confirm, "confirmation", "version=1"),
      (.cancel, "cancellation", ""), (.askUndo, "undo", "reason=写错了"),
    ]
    for state in ImportState.allCases {
      for (action, address, body) in steps {
        let id = try await add(importIn: state, county.site)
        _ = try await county.browser.send(
          "/desk/imports/\(id)/\(address)", body: Array("\(body)&csrf=\(token)".utf8))
        let moved = try await county.lines(
          "SELECT version > 1 FROM imports WHERE id = \(id)")
        let isListed = ImportWorkflow.transition(from: state, action: action) != nil
        #expect(moved == [isListed ? "t" : "f"], "\(state) \(action)")
        // What is left waiting would be taken up by the next one's work.
        _ = try await county.lines("UPDATE imports SET state = 'cancelled'")
      }
    }
    await county.jobs.finishAll()
  }

  private func add(importIn state: ImportState, _ site: TestPortal) async throws -> Int64 {
    try await site.owner.transaction { tx in
      try tx.one(
        Query<Int64>(
          """
          INSERT INTO imports (area, kind, state, file_name, file_size, file_hash,
            uploaded_by, uploaded_by_name, uploaded_at, row_count, error_count, bad_rows)
          SELECT '350423', 'estates', \(state), 'a.csv', 1, \([UInt8](repeating: 1, count: 32)),
            id, display_name, now(), 1, 0, 0
          FROM accounts WHERE account = 'zhujian' RETURNING id
          """))
    }
  }

  @Test func theBureauDoesToADeliveryWhatItsTableSays() async throws {
    let county = try await DeliveryFixture()
    let browser = try await county.site.browser(signedInAs: "minzheng")
    let token = try await token(browser)
    let steps: [(DeliveryAction, String)] = [
      (.confirm, "confirmation"), (.assess, "assessment"), (.cancel, "cancellation"),
    ]
    for state in DeliveryState.allCases {
      for (action, address) in steps {
        let id = try await county.site.owner.transaction { tx in
          try tx.one(
            Query<Int64>(
              """
              INSERT INTO deliveries (area, check_type, way, state, as_of, account_name, delivered_at,
                row_count)
              VALUES ('350423', 'income', 'extract', \(state), '2021-08-01', '甲', now(), 0)
              RETURNING id
              """))
        }
        _ = try await browser.send(
          "/desk/deliveries/\(id)/\(address)", body: Array("version=1&csrf=\(token)".utf8))
        let moved = try await county.lines("SELECT version > 1 FROM deliveries WHERE id = \(id)")
        let isListed = DeliveryWorkflow.transition(from: state, action: action) != nil
        #expect(moved == [isListed ? "t" : "f"], "\(state) \(action)")
      }
    }
    await county.jobs.finishAll()
  }

  /// A form's token holds for the whole session.
  private func token(_ browser: Browser) async throws -> String {
    try #require(try await browser.open("/account/password").form()["csrf"])
  }

  /// What evidence means for a finding that is there.
  @Test(arguments: FindingState.allCases, [true, false])
  func evidenceMovesAFindingAsItsTableSays(state: FindingState, saysTheSame: Bool) throws {
    let action = KnownFinding.step(from: state, saysTheSame: saysTheSame)
    guard let action else { return #expect(saysTheSame && state != .lapsed) }
    let step = try #require(FindingWorkflow.transition(from: state, action: action))
    #expect(step.taker != .person)
    #expect(action != .reopened || step.to == .open)
    #expect(action == .reopened || step.to == state)
  }

  @Test func onlyOpenFindingsLapse() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("H1", sequence: 1)
    let ids = try await fixture.site.owner.transaction { tx in
      for state in FindingState.allCases {
        try tx.execute(
          """
          INSERT INTO findings (area, household_id, rule, subject, evidence, state)
          VALUES ('350423100', \(household), 'R2', \(state), '{}', \(state))
          """)
      }
      return try tx.all(Query<FindingID>("SELECT id FROM findings ORDER BY id"))
    }
    let officer = fixture.register.officer
    _ = try await fixture.services.databases.transaction(as: officer) { tx in
      try tx.lapse(ids, by: "系统", at: FindingFixture.now)
    }
    let lapsed = try await fixture.register.lines(
      "SELECT subject FROM findings WHERE version > 1 ORDER BY id")
    let listed = FindingState.allCases.filter {
      FindingWorkflow.transition(from: $0, action: .lapsed) != nil
    }
    #expect(lapsed == listed.map(\.rawValue))
  }
}
