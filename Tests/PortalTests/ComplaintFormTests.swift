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
    for _ in 0..<30 { #expect(limits.waitForComplaint(from: address, now: now) == nil) }
    let wait = try #require(limits.waitForComplaint(from: address, now: now))
    #expect(wait <= 60)
    #expect(limits.waitForComplaint(from: address, now: now.addingTimeInterval(61)) == nil)
    let other = try #require(ClientAddress("192.0.2.8"))
    #expect(limits.waitForComplaint(from: other, now: now) == nil)
  }
}
