import Domain
import Foundation
import HTTPTypes
import Postgres
import TestSupport
import Testing

@testable import Portal
@testable import Web

/// No page stands before a step that its workflow names without a button for it, and no button leads to an address
/// that is none.
@Suite struct OfferedStepsTests {
  private let site: TestPortal
  private let sample: SampleRows

  init() async throws {
    site = try await TestPortal.start(.empty)
    sample = try await site.addSample(township: "350423100")
  }

  /// - Parameter addresses: where the form of a step is sent; a step that is missing here fails.
  private func hold<W: Workflow>(
    _: W.Type, of subject: W.Subject, at page: String, on other: TestPortal? = nil,
    by accounts: [String],
    _ addresses: [W.Action: String], put: (W.State) -> [String]
  ) async throws {
    for state in W.State.allCases {
      let steps = W.next(from: state, of: subject).filter { $0.taker != .portal }
      guard !steps.isEmpty else { continue }
      var ways: Set<String> = []
      for row in put(state) {
        _ = try await site.database.psql(as: .superuser, [:], row)
        for account in accounts {
          ways.formUnion(try await self.ways(from: page, account, on: other ?? site))
        }
      }
      for step in steps {
        let address = try #require(addresses[step.action], "\(W.self) \(step.action)")
        #expect(ways.contains(address), "\(state.rawValue): \(step.action.title)")
        let route = site.portal.routes.entries.first {
          $0.method == .post && $0.kind != .api && $0.pattern == pattern(address)
        }
        #expect(route != nil, "\(address)")
      }
    }
  }

  private func pattern(_ address: String) -> String {
    address.split(separator: "/", omittingEmptySubsequences: false)
      .map { Int64($0) == nil ? String($0) : ":id" }.joined(separator: "/")
  }

  /// Where the forms of a page go, and those of the pages to which its own buttons lead.
  private func ways(
    from page: String, _ account: String, on site: TestPortal
  ) async throws -> Set<String> {
    let browser = try await site.browser(signedInAs: account)
    let first = try await browser.open(page)
    #expect(first.status == 200, "\(page)")
    var ways = Set(first.forms.map(\.action))
    let buttons = first.all("a").filter { $0["class"]?.contains("button") == true }
    for link in buttons.compactMap({ $0["href"] }) where link.hasPrefix("/") {
      let next = try await browser.open(link)
      guard next.isHTML, next.status == 200 else { continue }
      ways.formUnion(next.forms.map(\.action))
    }
    return ways
  }

  @Test func `of a complaint`() async throws {
    let page = "/desk/complaints/\(sample.complaint)"
    try await hold(
      ComplaintWorkflow.self, of: .sublet, at: page, by: ["zhujian"],
      [
        .accept: page + "/acceptance", .decline: page + "/refusal", .finish: page + "/result",
        .reopen: page + "/reopening",
      ]
    ) { state in
      [
        """
        UPDATE complaints SET state = '\(state.rawValue)', decided_at = now(),
          reason = '不属实', result = CASE WHEN '\(state.rawValue)' = 'finished' THEN '已查' END,
          finished_at = CASE WHEN '\(state.rawValue)' = 'finished' THEN date_trunc('hour', now()) END
        WHERE id = \(sample.complaint)
        """
      ]
    }
  }

  @Test func `of a finding`() async throws {
    let page = "/desk/findings/\(sample.finding)"
    try await hold(
      FindingWorkflow.self, of: (), at: page, by: ["zhujian"],
      [
        .dismissed: "/desk/findings/dismissal", .confirmed: "/desk/findings/confirmation",
        .reopened: page + "/reopening",
      ]
    ) { state in
      [
        """
        UPDATE findings SET state = '\(state.rawValue)',
          decided_at = CASE WHEN '\(state.rawValue)' IN ('dismissed', 'confirmed') THEN now() END,
          decided_by_name = CASE WHEN '\(state.rawValue)' IN ('dismissed', 'confirmed') THEN '林立' END
        WHERE id = \(sample.finding)
        """
      ]
    }
  }

  @Test func `of an import`() async throws {
    let page = "/desk/imports/\(sample.import)"
    try await hold(
      ImportWorkflow.self, of: (), at: page, by: ["zhujian"],
      [
        .checkAgain: page + "/check", .confirm: page + "/confirmation",
        .cancel: page + "/cancellation", .askUndo: page + "/undo",
      ]
    ) { state in
      [
        """
        UPDATE imports SET state = '\(state.rawValue)', hidden_rows = 1 WHERE id = \(sample.import)
        """
      ]
    }
  }

  @Test func `of a delivery`() async throws {
    let page = "/desk/deliveries/\(sample.delivery)"
    // Its bureau's own, and whoever withdraws it.
    try await hold(
      DeliveryWorkflow.self, of: (), at: page, by: ["gongan", "zhujian-lead"],
      [
        .confirm: page + "/confirmation", .assess: page + "/assessment",
        .cancel: page + "/cancellation", .withdraw: page + "/withdrawal",
      ]
    ) { state in
      // With nothing left to be decided, laid beside earlier answers or not yet.
      ["0", "NULL"].map { new in
        """
        DELETE FROM delivery_matches WHERE delivery_id = \(sample.delivery);
        UPDATE deliveries SET state = '\(state.rawValue)', answers_new = \(new)
        WHERE id = \(sample.delivery)
        """
      }
    }
  }

  @Test func `of a release`() async throws {
    // One that is public, and one that waits.
    let demo = try await TestPortal.start()
    let waiting = try await demo.count("SELECT id FROM releases WHERE state = 'prepared'")
    let page = "/desk/disclosure/releases/\(waiting)"
    try await hold(
      ReleaseWorkflow.self, of: (), at: page, on: demo, by: ["zhuanban", "zhujian-lead"],
      [.publish: page + "/publication", .discard: page + "/discard"]
    ) { _ in [""] }
  }

  @Test func `of a review round`() async throws {
    let page = "/desk/reviews/\(sample.round)"
    try await hold(
      ReviewRoundWorkflow.self, of: (), at: page, by: ["zhujian"],
      [.changeDues: page + "/dues", .close: page + "/closing"]
    ) { _ in [""] }
  }

  @Test func `of a campaign and its milestones, which have no table`() async throws {
    let (campaign, milestone) = (
      "/desk/campaign/\(sample.campaign)", "/desk/milestones/\(sample.milestone)"
    )
    let officer = try await site.browser(signedInAs: "zhujian")
    let running = try await officer.open("/desk/campaign")
    for address in [
      campaign + "/edit", campaign + "/ending", campaign + "/milestones/new",
      milestone + "/completion", milestone + "/edit", milestone + "/removal",
    ] {
      #expect(running.links.contains(address), "\(address)")
      #expect(try await officer.open(address).forms.contains { $0.isPost }, "\(address)")
    }
    _ = try await site.database.psql(
      as: .superuser, [:],
      """
      UPDATE milestones SET done_on = '2021-08-01', done_by_name = '林立' WHERE id = \(sample.milestone);
      """)
    #expect(try await officer.open("/desk/campaign").links.contains(milestone + "/reopening"))
    _ = try await site.database.psql(
      as: .superuser, [:],
      "UPDATE campaigns SET ended_on = '2021-08-19' WHERE id = \(sample.campaign)")
    #expect(try await officer.open(campaign).links.contains(campaign + "/reopening"))
  }
}
