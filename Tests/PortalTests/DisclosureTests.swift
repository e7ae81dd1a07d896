import Domain
import Foundation
import HTML
import Logging
import Postgres
import TestSupport
import Testing
import Web

@testable import Figures
@testable import Ground

@Suite struct DisclosureTests {
  @Test func whoPreparedMayNotPublish() async throws {
    let fixture = try await DisclosureFixture()
    let id = try await fixture.prepare()
    await #expect(throws: ReleaseRefusal.self) {
      try await fixture.work.publish(
        id, as: fixture.lead, by: fixture.origin(fixture.lead), at: DisclosureFixture.now)
    }
    try await fixture.work.publish(
      id, as: fixture.taskForce, by: fixture.origin(fixture.taskForce), at: DisclosureFixture.now)
    #expect(try await fixture.actions() == ["release.prepare", "release.publish"])
  }

  @Test func theDatabaseItselfWantsASecondPerson() async throws {
    let fixture = try await DisclosureFixture()
    let id = try await fixture.prepare()
    let lead = fixture.lead
    let refused = await #expect(throws: PostgresError.self) {
      try await fixture.databases.transaction(as: lead) { tx in
        try tx.execute(
          """
          UPDATE releases SET state = 'published', published_at = now(),
            published_by = \(lead.accountID), published_by_name = 'x' WHERE id = \(id)
          """)
      }
    }
    #expect(refused?.isCheckViolation("releases_second_person_check") == true)
  }

  @Test func whatIsPreparedIsNotPublic() async throws {
    let fixture = try await DisclosureFixture()
    let id = try await fixture.prepare()
    let area = fixture.area
    let before = try await fixture.databases.readAsCitizen { tx in
      try tx.first(publicRelease(of: area))
    }
    #expect(before == nil)
    try await fixture.work.publish(
      id, as: fixture.taskForce, by: fixture.origin(fixture.taskForce), at: DisclosureFixture.now)
    let after = try await fixture.databases.readAsCitizen { tx in
      try tx.first(publicRelease(of: area))
    }
    let release = try #require(after)
    #expect(release.content.campaign.stage == "自查自纠阶段")
    // One case was found cleared of two: below the county's limit of 2, so not shown.
    #expect(release.content.figures.total.cleared == .below(2))
    #expect(release.content.figures.total.households == .exact(4))
  }

  @Test func thePublicLoginReadsNoFullFigures() async throws {
    let fixture = try await DisclosureFixture()
    await #expect(throws: PostgresError.self) {
      try await fixture.databases.readAsCitizen { tx in
        try tx.all(Query<String>("SELECT figures::text FROM releases"))
      }
    }
  }

  @Test func aDiscardedReleaseCannotBePublished() async throws {
    let fixture = try await DisclosureFixture()
    let id = try await fixture.prepare()
    try await fixture.work.discard(
      id, as: fixture.lead, by: fixture.origin(fixture.lead), at: DisclosureFixture.now)
    await #expect(throws: ReleaseRefusal.self) {
      try await fixture.work.publish(
        id, as: fixture.taskForce, by: fixture.origin(fixture.taskForce),
        at: DisclosureFixture.now)
    }
  }

  @Test func olderFiguresDoNotReplaceNewerOnes() async throws {
    let fixture = try await DisclosureFixture()
    let older = try await fixture.prepare()
    let later = DisclosureFixture.now.addingTimeInterval(60)
    let newer = try await fixture.work.prepare(
      as: fixture.lead, by: fixture.origin(fixture.lead), at: later)
    try await fixture.work.publish(
      newer, as: fixture.taskForce, by: fixture.origin(fixture.taskForce), at: later)
    await #expect(throws: ReleaseRefusal.self) {
      try await fixture.work.publish(
        older, as: fixture.taskForce, by: fixture.origin(fixture.taskForce), at: later)
    }
  }

  @Test func onlyTheLeadPrepares() async throws {
    let fixture = try await DisclosureFixture()
    await #expect(throws: ReleaseRefusal.self) {
      _ = try await fixture.work.prepare(
        as: fixture.taskForce, by: fixture.origin(fixture.taskForce), at: DisclosureFixture.now)
    }
  }

  @Test func publishingTellsTheCacheAtOnce() async throws {
    let fixture = try await DisclosureFixture()
    let cache = ReleaseCache(
      databases: fixture.databases, site: fixture.site,
      connectionString: fixture.test.connectionString(as: .publicSide),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    try await cache.reload()
    let before = cache.pages.progress.etag
    let following = Task { await cache.follow() }
    defer { following.cancel() }
    let id = try await fixture.prepare()
    try await Task.sleep(for: .seconds(1))
    try await fixture.work.publish(
      id, as: fixture.taskForce, by: fixture.origin(fixture.taskForce), at: DisclosureFixture.now)
    for _ in 0..<50 where cache.pages.progress.etag == before {
      try await Task.sleep(for: .milliseconds(100))
    }
    #expect(cache.pages.progress.etag != before)
  }

  @Test func theProgressPageSaysSoBeforeTheFirstRelease() {
    #expect(ProgressPage(.nothingPublished).html.text.contains("尚未公布"))
    #expect(ProgressPage(.unread).html.text.contains("暂时读取不到"))
  }

  @Test func theCommandNeedsTwoAccounts() async throws {
    let fixture = try await DisclosureFixture()
    let command = ReleaseCommand(databases: fixture.databases)
    await #expect(throws: UnknownAccount.self) {
      _ = try await command.prepare(account: "nobody")
    }
    let number = try await command.prepare(account: "zhujian-lead", at: DisclosureFixture.now)
    await #expect(throws: ReleaseRefusal.self) {
      _ = try await command.publish(account: "zhujian-lead")
    }
    #expect(try await command.publish(account: "zhuanban") == number)
  }
}
