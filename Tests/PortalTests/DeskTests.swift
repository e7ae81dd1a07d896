import Domain
import Foundation
import HTML
import Postgres
import Testing
import Web

@testable import Cases
@testable import Complaints
@testable import Desk
@testable import Figures
@testable import Ground
@testable import Pages
@testable import Register
@testable import Reviews

@Suite struct DeskTests {
  @Test func navigationHoldsWhatTheRoleMayOpen() async throws {
    let fixture = try await DisclosureFixture()
    let navigation = DeskNavigation(databases: fixture.databases)
    let lead = await navigation.items(for: fixture.lead, path: "/desk/cases/12")
    #expect(lead.first { $0.isCurrent }?.title == "问题（整改）清单")
    #expect(lead.first { $0.link == Paths.deskCases.link }?.count == 1)
    let inspector = await navigation.items(for: fixture.inspector, path: "/oversight")
    #expect(!inspector.contains { $0.link == Paths.desk.link })
    #expect(inspector.contains { $0.link == Paths.oversightComplaints.link })
  }

  @Test func navigationStandsWithoutADatabase() async throws {
    let fixture = try await DisclosureFixture()
    for database in fixture.databases.all { database.close() }
    let items = await DeskNavigation(databases: fixture.databases)
      .items(for: fixture.lead, path: "/desk")
    #expect(!items.isEmpty && items.allSatisfy { $0.count == nil })
  }

  @Test func everyRoleHasAHomePage() async throws {
    let fixture = try await DisclosureFixture()
    let today = ShanghaiTime.day(of: DisclosureFixture.now)
    let figures = DeskFigures(databases: fixture.databases)
    for role in Role.allCases where role.home == .desk {
      let principal = Principal(
        accountID: fixture.lead.accountID, account: "x", displayName: "某人", role: role,
        area: fixture.area)
      var home = DeskHome(principal: principal, today: today, now: DisclosureFixture.now)
      #expect(!home.html.isEmpty)
      home.current = try await figures.current(for: principal, at: DisclosureFixture.now)
      home.counts = try await fixture.databases.read(as: principal) { tx in
        try tx.one(deskCounts(today: today, for: principal))
      }
      #expect(home.html.text.contains("自查自纠阶段"))
    }
  }

  @Test func openChecksAreCountedAgainstTheFrameAndLateBureausNamed() async throws {
    let fixture = try await DisclosureFixture()
    try await fixture.run(
      """
      INSERT INTO review_households (round_id, household_id, area)
      SELECT 1, id, area FROM households
      """)
    try await fixture.run(
      "INSERT INTO review_dues VALUES (1, '350423', 'civil_affairs', '2021-08-01')")
    try await fixture.run("SELECT count_review_progress(1)")
    let today = ShanghaiTime.day(of: DisclosureFixture.now)
    let (counts, rounds) = try await fixture.databases.read(as: fixture.lead) { tx in
      (
        try tx.one(deskCounts(today: today, for: fixture.lead)),
        try tx.progress(of: try tx.all(openRounds))
      )
    }
    #expect(counts.openChecks[.civilAffairs] == 1 && counts.openChecks[.housing] == 0)
    #expect(counts.lateBureaus == 1)
    let progress = try #require(rounds.first)
    #expect(progress[CheckType.income].open == 1 && progress[CheckType.marriage].open == 0)
    #expect(progress.checks.values.allSatisfy { $0.owed == 5 })
    #expect(progress[Bureau.civilAffairs].daysLate(on: today) == 15)
  }

  @Test func overdueCasesAreListedByEstate() async throws {
    let fixture = try await DisclosureFixture()
    let overdue = try await fixture.databases.read(as: fixture.inspector) { tx in
      try tx.all(overdueByEstate(today: ShanghaiTime.day(of: DisclosureFixture.now)))
    }
    #expect(overdue.map(\.name) == ["龙津小区"])
    #expect(overdue.first?.overdue == 1)
    #expect(overdue.first?.waiting == 2)
  }

  @Test func estatesShowTheirHomes() async throws {
    let fixture = try await DisclosureFixture()
    let estates = try await fixture.databases.read(as: fixture.lead) { tx in
      try tx.all(estateSummaries())
    }
    #expect(estates.map(\.homeCount) == [3, 1, 1])
    #expect(estates.map(\.runningLeases) == [2, 1, 1])
    for rows in [[], Array(estates.prefix(1)), estates] {
      let page = EstateListPage(estates: rows, choices: [], township: nil, figures: [:])
      #expect(!page.html.isEmpty)
    }
  }

  @Test func aValueIsMadeOnceForAllWhoAsk() async throws {
    let cache = TimedCache<Int, Int>(lifetime: 10)
    let counter = Counter()
    let now = Date(timeIntervalSince1970: 0)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask { _ = try await cache.value(for: 1, at: now) { await counter.next() } }
      }
      try await group.waitForAll()
    }
    #expect(await counter.count == 1)
    _ = try await cache.value(for: 1, at: now.addingTimeInterval(11)) { await counter.next() }
    #expect(await counter.count == 2)
  }
}

private actor Counter {
  var count = 0

  func next() -> Int {
    count += 1
    return count
  }
}
