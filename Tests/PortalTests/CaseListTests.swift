import Domain
import Foundation
import Postgres
import Testing
import Web

@testable import Cases
@testable import Ground
@testable import Pages

@Suite struct CaseListTests {
  private func lines(
    _ fixture: DisclosureFixture, as actor: Principal, _ query: FormFields
  ) async throws -> [String] {
    let list = Self.list(try CaseFilter(query), as: actor)
    return try await fixture.databases.read(as: actor) { tx in
      try tx.all(list.lines(at: list.order.position(query))).map(\.number)
    }
  }

  private static func list(_ filter: CaseFilter, as actor: Principal) -> CaseList {
    CaseList(asked: ListRequest(filter, as: actor, at: DisclosureFixture.now, among: []))
  }

  @Test func theListIsNarrowedByItsAddress() async throws {
    let fixture = try await DisclosureFixture()
    let expected: [(FormFields, [String])] = [
      ([:], ["WT5", "WT4", "WT3", "WT2", "WT1"]), (["state": "moving"], ["WT2"]),
      (["nature": "sublet"], ["WT5", "WT1"]), (["estate": "2"], ["WT4"]),
      (["township": "350423101"], ["WT5", "WT4"]), (["status": "closed"], ["WT4"]),
      (["overdue": "1"], ["WT2"]),
    ]
    for (query, numbers) in expected {
      #expect(try await lines(fixture, as: fixture.lead, query) == numbers)
    }
  }

  @Test func aTownshipSeesItsOwnCases() async throws {
    let fixture = try await DisclosureFixture()
    #expect(
      try await lines(fixture, as: fixture.townOfficer, [:]) == ["WT3", "WT2", "WT1"])
  }

  @Test func anUnknownFilterIsRefused() {
    #expect(throws: WebError.self) { try CaseFilter(["state": "lost"]) }
    #expect(throws: WebError.self) { try CaseFilter(["estate": "x"]) }
    #expect(throws: WebError.self) { try CaseFilter(["township": "1"]) }
  }

  @Test func pagesFollowEachOtherWithoutGapsBothWays() async throws {
    let fixture = try await DisclosureFixture()
    try await fixture.run(
      """
      INSERT INTO cases (id, area, campaign_id, number, household_id, home_id, estate_id, nature, state,
        opened_on, state_since, due_on)
      SELECT 100 + i, '350423100', 1, 'N' || i, 2, 2, 1, 'lent', 'moving', '2021-07-01', '2021-07-01',
        date '2021-07-01' + i % 3
      FROM generate_series(1, 120) i
      """)
    for overdue in [false, true] {
      var filter = CaseFilter()
      filter.isOverdue = overdue
      var seen: [CaseID] = []
      let list = Self.list(filter, as: fixture.lead)
      var position: ListPosition?
      var pages: [[CaseID]] = []
      repeat {
        let page = try await page(fixture, list, position)
        pages.append(page.lines.map(\.id))
        seen += page.lines.map(\.id)
        position = page.hasNext ? try Self.position(list, page.lines.last, "after") : nil
      } while position != nil
      #expect(Set(seen).count == seen.count)
      #expect(seen.count == (overdue ? 121 : 125))
      let last = try #require(pages.last?.first)
      let back = try await page(
        fixture, list, try Self.position(list, try await line(fixture, last), "before"))
      #expect(back.lines.map(\.id) == pages[1])
      #expect(back.hasPrevious && back.hasNext)
    }
  }

  private static func position(
    _ list: CaseList, _ line: CaseLine?, _ direction: String
  ) throws -> ListPosition? {
    let line = try #require(line)
    return list.order.position([direction: "\(line.dueOn).\(line.id)"])
  }

  private func page(
    _ fixture: DisclosureFixture, _ list: CaseList, _ position: ListPosition?
  ) async throws -> ListLines<CaseLine> {
    try await fixture.databases.read(as: fixture.lead) { tx in
      ListLines(try tx.all(list.lines(at: position)), isBackward: position?.isBackward)
    }
  }

  private func line(_ fixture: DisclosureFixture, _ id: CaseID) async throws -> CaseLine {
    try await fixture.databases.read(as: fixture.lead) { try $0.one(caseDetail(id)).line }
  }

  @Test func aCaseOutOfScopeIsNotThere() async throws {
    let fixture = try await DisclosureFixture()
    let id = CaseID(rawValue: 5)
    let found = try await fixture.databases.read(as: fixture.townOfficer) { tx in
      try tx.first(caseDetail(id))
    }
    #expect(found == nil)
  }

  @Test func theWayAheadEndsInClosing() {
    for state in CaseState.allCases where !state.isClosed {
      for nature in ExitNature.allCases {
        let way = CaseWay(
          state: state, nature: nature, route: ExitGround.of(nature).route, trail: CaseTrail())
        #expect(way.ahead.last == .closed)
        #expect(!way.ahead.contains(.corrected) || nature.canBeCorrected)
      }
    }
  }

  @Test func countsBeyondTheLimitAreSaidRoughly() {
    #expect(CappedCount(counted: 1_000).text == "1000")
    #expect(CappedCount(counted: 1_001).text == "1,000 以上")
  }
}
