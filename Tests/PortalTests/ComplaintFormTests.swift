import Crypto
import Domain
import Foundation
import Testing
import Web

@testable import Complaints
@testable import Ground

@Suite struct ComplaintFormTests {
  private func form(_ fields: FormFields) -> ComplaintForm { ComplaintForm(public: fields) }

  @Test(arguments: [
    ("sublet", "", "", "estate"), ("lent", "other", "", "address"), ("vacant", "7", "", ""),
    ("ineligible", "", "三栋", ""), ("misconduct", "", "", ""), ("suggestion", "", "", ""),
    ("sublet", "abc", "", "estate"), ("", "7", "", "kind"), ("nonsense", "7", "", "kind"),
  ])
  func thePlaceIsAskedForWhereAHomeIsMeant(
    _ kind: String, _ estate: String, _ address: String, _ wrong: String
  ) {
    let form = form([
      "kind": kind, "estate": estate, "address": address, "description": "有人在里面住",
    ])
    #expect(form.checker.errors.list.map(\.field) == (wrong.isEmpty ? [] : [wrong]))
  }

  @Test func nameAndPhoneGoTogether() {
    let base: FormFields = ["kind": "other", "description": "情况说明文字"]
    #expect(form(base).identity == nil)
    let named = ComplaintForm(
      public: base.adding("name", "张三").adding("phone", "138 0000 5678"))
    #expect(named.identity?.phone.text == "13800005678")
    let onlyName = ComplaintForm(public: base.adding("name", "张三"))
    #expect(onlyName.checker.errors["phone"] != nil)
    let onlyPhone = ComplaintForm(public: base.adding("phone", "13800005678"))
    #expect(onlyPhone.checker.errors["name"] != nil)
  }

  @Test func joinedEmojiBeyondTheColumnAreToldInWords() {
    let family = String(repeating: "👨‍👩‍👧‍👦", count: 1_000)
    let form = form(["kind": "other", "description": family])
    #expect(form.checker.errors["description"] != nil)
  }

  @Test func staffCannotEnterMisconduct() {
    let form = ComplaintForm(
      desk: ["kind": "misconduct", "channel": "phone", "description": "情况说明文字"])
    #expect(form.checker.errors["kind"] != nil)
  }

  @Test func aGarbledFormKeyIsReplaced() {
    let submission = Submission()
    #expect(Submission(typed: submission.text) == submission)
    #expect(Submission(typed: "???").bytes.count == 16)
    #expect(Submission(typed: nil) != Submission(typed: nil))
  }

  @Test func oneAddressMayDoWhatAVillageDoes() throws {
    let limits = FloodLimits()
    let address = try #require(ClientAddress("192.0.2.7"))
    let now = ComplaintsFixture.now
    func demand(_ address: ClientAddress, after seconds: Double = 0) -> WorkDemand? {
      limits.demand(photoSizes: [], from: address, now: now.addingTimeInterval(seconds))
    }
    for _ in 0..<30 { #expect(demand(address) == nil) }
    #expect(limits.foreseenDemand(from: address, now: now) == .ofAddress)
    #expect(demand(address) == .ofAddress)
    #expect(demand(address, after: 61) == nil)
    let other = try #require(ClientAddress("192.0.2.8"))
    #expect(limits.foreseenDemand(from: other, now: now) == nil)
    #expect(demand(other) == nil)
  }

  @Test func whoHasManyNetworksHasNotAsManyShares() throws {
    let limits = FloodLimits()
    var taken = 0
    for line in 0..<400 {
      let address = try #require(ClientAddress("2001:db8:1:\(String(line * 97, radix: 16))::1"))
      if limits.demand(photoSizes: [], from: address, now: ComplaintsFixture.now) == nil {
        taken += 1
      }
    }
    #expect(taken == 120)
  }

  @Test func aFloodFromEverywhereAsksForWorkAndRefusesNobody() throws {
    let limits = FloodLimits()
    let now = ComplaintsFixture.now
    for number in 0..<1_500 {
      let address = try #require(ClientAddress("10.0.\(number / 250).\(number % 250 + 1)"))
      #expect(limits.demand(photoSizes: [], from: address, now: now) == nil)
    }
    let visitor = try #require(ClientAddress("192.0.2.9"))
    #expect(limits.demand(photoSizes: [], from: visitor, now: now) == .ofEverybody)
  }

  @Test func workIsProvenByANumberOrByTime() throws {
    let keys = try KeyRing(KeyFile.generate())
    let (form, other) = (Submission(), Submission())
    let (now, demand) = (ComplaintsFixture.now, WorkDemand(bits: 10, wait: 60))
    let ticket = WorkTicket(for: form, keys: keys, now: now)
    let found = try #require(
      (0..<100_000).first { ticket.meets(demand, answer: String($0), now: now) })
    let wrong = try #require(
      (0..<100_000).first { !ticket.meets(demand, answer: String($0), now: now) })
    #expect(!ticket.meets(demand, answer: nil, now: now))
    #expect(!ticket.meets(demand, answer: "0\(found)x", now: now))
    #expect(ticket.meets(demand, answer: String(wrong), now: now.addingTimeInterval(60)))
    #expect(ticket.secondsLeft(of: demand, now: now.addingTimeInterval(45)) == 15)
    // It belongs to its form, and is as old as it says.
    let later = now.addingTimeInterval(90)
    func brought(_ text: String?, by submission: Submission) -> WorkTicket {
      WorkTicket(typed: text, for: submission, keys: keys, now: later)
    }
    #expect(brought(ticket.text, by: form).meets(demand, answer: nil, now: later))
    #expect(!brought(ticket.text, by: other).meets(demand, answer: nil, now: later))
    let forged = ticket.text.replacing(
      "\(Int(now.timeIntervalSince1970))", with: "\(Int(now.timeIntervalSince1970) - 900)")
    for text in [forged, "x", "", nil, "0.0", "\(ticket.text).1"] {
      #expect(!brought(text, by: form).meets(demand, answer: nil, now: later))
    }
  }
}
