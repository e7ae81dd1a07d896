import Domain
import Foundation
import HTML
import Postgres
import Testing
import Web

@testable import Complaints
@testable import Ground
@testable import Pages

@Suite struct ComplaintStepTests {
  @Test func whatStaffDecideReachesTheCitizen() async throws {
    let county = try await ComplaintsFixture()
    let id = try await county.complaint().id
    #expect(try await county.take(.accept, id, from: .received, version: 1).isDone)
    #expect(
      try await county.take(.finish, id, from: .accepted, version: 2, text: "已收回房屋").isDone)
    let row = try await county.databases.read(as: county.officer) {
      try $0.one(complaintDetail(id))
    }
    #expect(row.state == .finished)
    #expect(row.result == "已收回房屋")
    #expect(row.version == 3)
    // One for the report, two for the steps.
    #expect(try await county.count("audit_events") == 3)
  }

  @Test func whoeverIsTooLateSeesWhatHappenedSince() async throws {
    let county = try await ComplaintsFixture()
    let id = try await county.complaint().id
    _ = try await county.take(.accept, id, from: .received, version: 1)
    let late = try await county.take(
      .decline, id, from: .received, version: 1, text: "不属于本局职责")
    #expect(late.stepsMissed == ["accept"])
    #expect(try await county.count("complaint_events") == 1)
  }

  @Test func aReopenedComplaintKeepsItsFormerResultInTheHistory() async throws {
    let county = try await ComplaintsFixture()
    let id = try await county.complaint().id
    _ = try await county.take(.accept, id, from: .received, version: 1)
    _ = try await county.take(.finish, id, from: .accepted, version: 2, text: "查无此事")
    let again = try await county.take(
      .reopen, id, from: .finished, version: 3, text: "举报人补充了照片")
    #expect(again.isDone)
    let (row, notes) = try await county.databases.read(as: county.officer) { tx in
      (try tx.one(complaintDetail(id)), try tx.all(complaintSteps.events(of: id)).map(\.note))
    }
    #expect(row.state == .accepted)
    #expect(row.result == nil)
    #expect(notes == [nil, "查无此事", "举报人补充了照片"])
  }

  @Test func aMessageOfOneFormIsStoredOnce() async throws {
    let county = try await ComplaintsFixture()
    let (id, officer, hash) = (
      try await county.complaint().id, county.officer, county.keys.hash(Submission())
    )
    for isNew in [true, false] {
      let stored = try await county.databases.transaction(as: officer) { tx in
        try tx.storeMessage(
          "请补充门牌号", on: id, by: officer.displayName, at: ComplaintsFixture.now,
          submissionHash: hash)
      }
      #expect(stored == isNew)
    }
    #expect(try await county.count("complaint_messages") == 1)
  }

  @Test func theListNarrowsAndPagesByKey() async throws {
    let county = try await ComplaintsFixture()
    for _ in 0..<(registerPageSize + 3) { _ = try await county.complaint() }
    let late = try await county.complaint(.lent)
    var filter = ComplaintFilter()
    func list() -> ComplaintList {
      ComplaintList(
        asked: ListRequest(filter, as: county.officer, at: ComplaintsFixture.now, among: []))
    }
    func found(_ position: ListPosition?) async throws -> ListLines<ComplaintLine> {
      let list = list()
      return try await county.databases.read(as: county.officer) { tx in
        ListLines(try tx.all(list.lines(at: position)), isBackward: position?.isBackward)
      }
    }
    let first = try await found(nil)
    #expect(first.lines.count == registerPageSize)
    #expect(first.hasNext && !first.hasPrevious)
    let last = try #require(first.lines.last)
    let link = try #require(list().order.next(filter.link, after: last))
    let query: FormFields = ["after": String(try #require(link.url.split(separator: "=").last))]
    let second = try await found(try #require(list().order.position(query)))
    #expect(second.lines.count == 4)
    #expect(!second.hasNext && second.hasPrevious)
    #expect(Set(first.lines.map(\.id)).isDisjoint(with: second.lines.map(\.id)))
    filter.kind = .lent
    #expect(try await found(nil).lines.map(\.id) == [late.id])
  }

  @Test func overdueFollowsTheClock() async throws {
    let county = try await ComplaintsFixture()
    _ = try await county.complaint()
    var filter = ComplaintFilter()
    filter.isOverdue = true
    for (days, count) in [(15, 0), (16, 1)] {
      let list = ComplaintList(
        asked: ListRequest(
          filter, as: county.officer, at: ComplaintsFixture.now + Double(days * 86_400),
          among: []))
      let lines = try await county.databases.read(as: county.officer) {
        try $0.all(list.lines())
      }
      #expect(lines.count == count)
    }
  }
}
