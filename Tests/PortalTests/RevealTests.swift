import Domain
import Foundation
import Postgres
import TestSupport
import Testing

/// Seeing one number whole.
@Suite(.serialized) struct RevealTests {
  private static let shared = Task { try await TestPortal.start() }

  private func applicant(_ site: TestPortal, ofHousehold id: Int) async throws -> String {
    try await site.database.psql(
      as: .superuser, [:],
      "SELECT id FROM persons WHERE household_id = \(id) AND relation = 'applicant'"
    ).lines[0]
  }

  private func ask(
    _ browser: Browser, _ person: String, _ field: String, _ reason: String
  ) async throws -> Page {
    let token = try #require(try await browser.open("/account/password").form()["csrf"])
    let words = reason.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return try await browser.send(
      "/desk/persons/\(person)/reveal",
      body: Array("csrf=\(token)&field=\(field)&reason=\(words)".utf8))
  }

  private func events(_ site: TestPortal) async throws -> [String] {
    try await site.database.psql(
      as: .superuser, [:],
      """
      SELECT account || '|' || entity_id || '|' || (after ->> 'value') || '|' || (after ->> 'reason')
      FROM audit_events WHERE action = 'person.reveal' ORDER BY id
      """
    ).lines
  }

  @Test func whoSaysWhySeesTheNumberAndIsRecorded() async throws {
    let site = try await TestPortal.start()
    let person = try await applicant(site, ofHousehold: 8)
    let browser = try await site.browser(signedInAs: "minzheng")
    let number = try await site.idNumber(ofHousehold: 8)
    let page = try await ask(browser, person, "id_number", "核对婚姻登记")
    #expect(page.status == 200 && page.has(number) && page.has("核对婚姻登记"))
    #expect(page.header("Cache-Control") == "no-store")
    let phone = try await site.phone(ofHousehold: 8)
    #expect(try await ask(browser, person, "phone", "电话通知复核").has(phone))
    let masked = [Masking.maskedResidentID(number), Masking.maskedPhone(phone)]
    #expect(
      try await events(site) == [
        "minzheng|\(person)|\(masked[0])|核对婚姻登记", "minzheng|\(person)|\(masked[1])|电话通知复核",
      ])
  }

  @Test func withoutAReasonNothingIsShownAndTheFormComesBack() async throws {
    let site = try await Self.shared.value
    let person = try await applicant(site, ofHousehold: 9)
    let browser = try await site.browser(signedInAs: "zhujian")
    let number = try await site.idNumber(ofHousehold: 9)
    for reason in ["", "看看"] {
      let page = try await ask(browser, person, "id_number", reason)
      #expect(page.status == 422 && !page.has(number) && page.has("查看原因"))
      #expect(try PageRules(site).problems(of: page).isEmpty)
      let again = try page.form(to: "/desk/persons/\(person)/reveal")
      #expect(again["reason"] == reason)
      let shown = try await again.fill(["reason": "核对身份证复印件"]).submit()
      #expect(shown.has(number))
      #expect(try PageRules(site).problems(of: shown).isEmpty)
    }
  }

  @Test func whoMayNotOrHasNothingToDoWithTheAreaSeesNothing() async throws {
    let site = try await Self.shared.value
    let far = try await site.database.psql(
      as: .superuser, [:],
      "SELECT id FROM persons WHERE area = '350423101' AND phone_sealed IS NULL LIMIT 1"
    ).lines[0]
    let town = try await site.browser(signedInAs: "longjin")
    #expect(try await ask(town, far, "id_number", "核对身份").status == 404)
    let officer = try await site.browser(signedInAs: "zhujian")
    #expect(try await ask(officer, far, "phone", "核对电话").status == 404)
    #expect(try await ask(officer, far, "name", "核对姓名").status == 400)
    for account in ["chuangkou", "jiwei", "shiju", "sysadmin"] {
      let browser = try await site.browser(signedInAs: account)
      #expect(try await ask(browser, far, "id_number", "核对身份").status == 403, "\(account)")
    }
  }

  @Test func whoLooksAtManyNumbersIsSlowedDownAndSeen() async throws {
    let site = try await TestPortal.start()
    let browser = try await site.browser(signedInAs: "minzheng")
    let person = try await applicant(site, ofHousehold: 8)
    for _ in 1...RevealBrake.free {
      #expect(try await ask(browser, person, "phone", "电话通知复核").status == 200)
      site.clock.advance(by: 1)
    }
    let slowed = try await ask(browser, person, "phone", "电话通知复核")
    #expect(slowed.status == 429 && slowed.header("Retry-After") == "14")
    #expect(slowed.has("请在 14 秒后再看下一个"))
    #expect(try await events(site).count == RevealBrake.free)
    site.clock.advance(by: 14)
    #expect(try await ask(browser, person, "phone", "电话通知复核").status == 200)
    // The lead and the audit administrator see it.
    let lead = try await site.browser(signedInAs: "zhujian-lead")
    let list = try await lead.open("/desk/reveals?pace=many")
    #expect(list.source.ranges(of: "电话通知复核").count == 2)
    let home = try await site.browser(signedInAs: "auditadmin").open("/admin")
    #expect(home.has("今天大量查看号码的账号"))
    let log = try await site.browser(signedInAs: "auditadmin")
      .open("/admin/audit?action=person.reveal_many")
    #expect(log.has("minzheng") && log.has("一小时内查看大量完整号码"))
    // Somebody else is not slowed down by it.
    let officer = try await site.browser(signedInAs: "zhujian")
    #expect(try await ask(officer, person, "phone", "电话通知复核").status == 200)
  }
}
