import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import FindingLedger
@testable import Findings
@testable import Ground
@testable import Pages
@testable import Portal

@Suite struct FindingRaisingTests {
  private func raise(
    _ fixture: FindingFixture, _ claims: [Claim], by name: String = "窗口"
  ) async throws -> RaisedFindings {
    let keys = fixture.site.keys
    return try await fixture.services.databases.transaction(as: fixture.register.officer) { tx in
      try tx.raise(claims, keys: keys, by: name, run: nil, at: FindingFixture.now)
    }
  }

  private func claim(_ household: Int64, _ subject: String, _ words: String) throws -> Claim {
    Claim(
      household: HouseholdID(rawValue: household), area: try #require(AreaCode("350423100")),
      rule: .otherHome, subject: subject, explanation: words, evidence: ["counter": "7"])
  }

  private func set(_ fixture: FindingFixture, _ state: String) async throws {
    try await fixture.site.owner.transaction { tx in
      _ = try tx.execute("UPDATE findings SET state = \(state), version = version + 1")
    }
  }

  @Test func theSameClaimIsOneFinding() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    let first = try await raise(
      fixture, [claim(household, "x", "一"), claim(household, "y", "二"), claim(household, "x", "一")])
    #expect(first.found == 2 && first.ids.count == 3 && first.ids[0] == first.ids[2])
    let again = try await raise(fixture, [claim(household, "y", "二"), claim(household, "x", "一")])
    #expect(again.unchanged == 2 && again.found == 0 && again.ids == [first.ids[1], first.ids[0]])
    let changed = try await raise(fixture, [claim(household, "x", "三")])
    #expect(changed.changed == 1 && changed.ids == [first.ids[0]])
    let evidence = try await fixture.register.lines("SELECT evidence ->> 'counter' FROM findings")
    #expect(evidence == ["7", "7"])
  }

  /// What happens to a finding that is raised again, with the same words and with others.
  @Test(arguments: [
    ("open", "open", "open"), ("dismissed", "dismissed", "open"),
    ("confirmed", "confirmed", "confirmed"), ("lapsed", "open", "open"),
  ])
  func whatHasBecomeOfAFindingDecides(state: String, same: String, other: String) async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    _ = try await raise(fixture, [claim(household, "x", "一")])
    try await set(fixture, state)
    _ = try await raise(fixture, [claim(household, "x", "一")])
    #expect(try await fixture.findings() == ["A R1 \(same)"])
    try await set(fixture, state)
    _ = try await raise(fixture, [claim(household, "x", "二")])
    #expect(try await fixture.findings() == ["A R1 \(other)"])
  }

  @Test func tenThousandAreRaisedAtOnce() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    let claims = try (0..<10_000).map { try claim(household, "s\($0)", "第 \($0) 个") }
    #expect(try await raise(fixture, claims).found == 10_000)
    #expect(try await raise(fixture, claims).unchanged == 10_000)
  }

  @Test func twoWhoRaiseTheSameAtOnceMakeOneFinding() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    let claims = try (0..<50).map { try claim(household, "s\($0)", "同时") }
    let counts = try await withThrowingTaskGroup(of: RaisedFindings.self) { group in
      for _ in 0..<4 { group.addTask { try await self.raise(fixture, claims) } }
      return try await group.reduce(into: [RaisedFindings]()) { $0.append($1) }
    }
    #expect(counts.map(\.found).reduce(0, +) == 50)
    #expect(counts.allSatisfy { $0.ids.count == 50 })
    #expect(try await fixture.register.lines("SELECT count(*) FROM finding_events") == ["50"])
  }

  @Test func aClaimThatIsNotTheRulesDoesNotLapseWithThem() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    _ = try await raise(fixture, [claim(household, "counter:7", "窗口核查命中")])
    #expect(try await fixture.run().lapsed == 0)
    #expect(try await fixture.findings() == ["A R1 open"])
  }
}
