import Domain
import Foundation
import Postgres
import Testing

@testable import Complaints
@testable import Ground
@testable import Pages

@Suite struct ComplaintFilingTests {
  @Test func aComplaintIsStoredWithAReceiptThatVerifies() async throws {
    let county = try await ComplaintsFixture()
    let filing = county.filing()
    #expect(try await county.file(filing) == .stored)
    let receipt = try #require(try await county.receipt(filing.submission))
    #expect(receipt.digest == filing.digest)
    let verdict = ReceiptVerifier.verify(text: receipt.text, publicKeys: county.keys.publicKeys)
    #expect(verdict.isGenuine)
    let seen = try #require(try await county.tracked(filing.submission))
    #expect(seen.area.rawValue == "350423100")
    #expect(seen.receivedAt == ShanghaiTime.truncatedToHour(ComplaintsFixture.now))
  }

  @Test func aFormSentManyTimesAtOnceIsStoredOnce() async throws {
    let county = try await ComplaintsFixture()
    let filing = county.filing()
    let outcomes = try await withThrowingTaskGroup { group in
      for _ in 0..<8 { group.addTask { try await county.file(filing) } }
      return try await group.reduce(into: [FilingOutcome]()) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 == .stored }.count == 1)
    #expect(outcomes.filter { $0 == .repeated(sameContent: true) }.count == 7)
    #expect(try await county.count("complaints") == 1)
    #expect(try await county.count("audit_events") == 1)
  }

  @Test func aChangedFormSentAgainKeepsTheFirstReceiptAndSaysSo() async throws {
    let county = try await ComplaintsFixture()
    var filing = county.filing()
    try await county.file(filing)
    let first = try await county.receipt(filing.submission)
    filing.description = "改过的内容，另一件事情。"
    #expect(try await county.file(filing) == .repeated(sameContent: false))
    #expect(try await county.receipt(filing.submission) == first)
    #expect(try await county.count("complaints") == 1)
  }

  @Test func anEstateOfNoListStoresNothing() async throws {
    let county = try await ComplaintsFixture()
    var filing = county.filing()
    filing.estate = EstateID(rawValue: 999_999)
    #expect(try await county.file(filing) == .unknownEstate)
    #expect(try await county.count("complaints") == 0)
    #expect(try await county.count("audit_events") == 0)
  }

  @Test func aNameIsKeptSealedAndApart() async throws {
    let county = try await ComplaintsFixture()
    let phone = try PhoneNumber("13800005678")
    try await county.file(
      county.filing(identity: ComplainantIdentity(name: "张小丰", phone: phone)))
    let (complaint, sealed) = try await county.owner.read {
      try $0.one(
        Query("SELECT complaint_id, name_sealed FROM complaint_identities") {
          row -> (ComplaintID, [UInt8]) in (try row("complaint_id"), try row("name_sealed"))
        })
    }
    #expect(try county.keys.openText(sealed, for: .complainantName, of: complaint) == "张小丰")
    let whole = try await county.owner.read {
      try $0.one(Query<String>("SELECT c::text || a::text FROM complaints c, audit_events a"))
    }
    #expect(!whole.contains("张小丰"))
    #expect(!whole.contains("13800005678"))
  }

  @Test func misconductExistsForInspectorsOnly() async throws {
    let county = try await ComplaintsFixture()
    let complaint = try await county.complaint(.misconduct)
    let forStaff = try await county.databases.read(as: county.officer) {
      try $0.first(complaintDetail(complaint.id))
    }
    #expect(forStaff == nil)
    let list = MisconductList(
      asked: ListRequest(
        MisconductFilter(), as: county.inspector, at: ComplaintsFixture.now, among: ()))
    let (lines, count) = try await county.databases.read(as: county.inspector) { tx in
      (try tx.all(list.lines()), try tx.count(list))
    }
    #expect(lines.map(\.id) == [complaint.id])
    #expect(count == 1)
  }

  @Test func theLogOfACitizenHasNoKindNoTextAndNoExactTime() async throws {
    let county = try await ComplaintsFixture()
    _ = try await county.complaint(.misconduct)
    let (at, text) = try await county.owner.read { tx in
      try tx.one(
        Query<(Date, String)>("SELECT at, e::text AS text FROM audit_events e") {
          (try $0("at"), try $0("text"))
        })
    }
    #expect(at == ShanghaiTime.truncatedToHour(at))
    #expect(!text.contains("misconduct"))
    #expect(!text.contains("转租"))
  }

  @Test func aCodeShowsItsOwnComplaintOnly() async throws {
    let county = try await ComplaintsFixture()
    let (one, other) = (county.filing(), county.filing(.lent))
    try await county.file(one)
    try await county.file(other)
    let hash = county.keys.hash(try county.keys.followUpCode(of: one.submission))
    let kinds = try await county.databases.readAsCitizen(followUp: hash) {
      try $0.all(Query<String>("SELECT kind FROM complaints"))
    }
    #expect(kinds == ["sublet"])
    #expect(try await county.tracked(Submission()) == nil)
  }
}
