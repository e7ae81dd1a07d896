import Domain
import Foundation
import TestSupport
import Testing

@testable import Portal

/// What somebody looks for stands in no address: not in the browser's history, not in a proxy's log.
@Suite(.serialized) struct SoughtWordsTests {
  private static let shared = Task { () -> (site: TestPortal, log: LogRecorder) in
    let log = LogRecorder()
    return (try await TestPortal.start(logger: log.logger), log)
  }

  /// A name; an ID number and a phone as people type them.
  static let typed = [
    "林建华", "350423198003080019", "３５０４２３１９８００３０８００１９", "林建华 350423198003080019",
    "身份证：350423-19800308-0019", "电话138 0013 8000", "１３８００１３８０００，林建华",
  ]

  /// Everything of an address that a person could read, widths and separators aside.
  private func readable(_ address: String) -> String {
    (address.removingPercentEncoding ?? address).precomposedStringWithCompatibilityMapping
      .filter { $0.isNumber || $0.isLetter }
  }

  private func check(_ page: Page, _ typed: String, _ place: String) {
    #expect(page.status == 200 || page.status == 422, "\(place) \(typed)")
    for address in [page.address] + page.links + page.forms.map(\.action) {
      // What is sealed is letters and digits in any order.
      let open = address.replacing(/sought=[A-Za-z0-9_-]+/, with: "")
      let text = readable(open)
      #expect(
        !text.contains("林建华") && text.firstMatch(of: /[0-9]{10}/) == nil, "\(place): \(address)")
    }
  }

  @Test(arguments: typed)
  func theSearchOfHouseholdsIsAPostAndItsAnswersAddressSaysNothing(_ typed: String) async throws {
    let site = try await Self.shared.value.site
    let browser = try await site.browser(signedInAs: "zhujian")
    let page = try await browser.search(typed)
    check(page, typed, "households")
    for form in page.forms where !form.isPost {
      #expect(form.values.allSatisfy { !$0.value.contains("林") })
    }
  }

  @Test(arguments: [
    ("/desk/homes", "address", "zhujian"), ("/desk/leases", "contract", "zhujian"),
    ("/admin/accounts", "q", "sysadmin"), ("/admin/tokens", "q", "sysadmin"),
    ("/admin/audit", "account", "auditadmin"),
  ])
  func whateverIsTypedIntoAFilterIsSealed(
    _ list: String, _ field: String, _ account: String
  ) async throws {
    let site = try await Self.shared.value.site
    let browser = try await site.browser(signedInAs: account)
    for typed in Self.typed {
      let form = try await browser.open(list).form(button: "筛选")
      #expect(form.isPost)
      let page = try await form.fill([field: typed]).submit()
      #expect(
        page.address.hasPrefix("\(list)?") && page.address.contains("sought="), "\(page.address)")
      check(page, typed, list)
      // It is still narrowed, and says to what.
      #expect(try page.form(button: "筛选")[field]?.isEmpty == false)
      let again = try await browser.open(page.address)
      #expect(again.text == page.text)
    }
  }

  @Test func theOtherFiltersStayReadable() async throws {
    let site = try await Self.shared.value.site
    let browser = try await site.browser(signedInAs: "zhujian")
    let page = try await browser.open("/desk/homes").form(button: "筛选")
      .fill(["state": "vacant", "address": "安居苑"]).submit()
    #expect(page.address.hasPrefix("/desk/homes?state=vacant&sought="))
    let without = try await page.form(button: "筛选").fill(["address": ""]).submit()
    #expect(without.address == "/desk/homes?state=vacant")
  }

  @Test func theSameWordsMakeTheSameAddressAndAForgedOneIsRefused() async throws {
    let site = try await Self.shared.value.site
    let browser = try await site.browser(signedInAs: "zhujian")
    let first = try await browser.search("林建华").address
    #expect(try await browser.search("林建华").address == first)
    let forged = try await browser.open(String(first.dropLast(3)) + "AAA")
    #expect(forged.status == 400 && forged.has("重新查找"))
  }

  @Test func whereAFilterLeadsIsAPageOfThisSite() async throws {
    let site = try await Self.shared.value.site
    let browser = try await site.browser(signedInAs: "zhujian")
    let form = try await browser.open("/desk/homes").form(button: "筛选")
    for list in ["https://evil.example/", "//evil.example", "", "desk"] {
      #expect(try await form.forging("find-list", list).submit(following: false).status == 400)
    }
  }

  @Test func theLogSaysNothingOfIt() async throws {
    let (site, log) = try await Self.shared.value
    let browser = try await site.browser(signedInAs: "zhujian")
    for typed in Self.typed { _ = try await browser.search(typed) }
    let lines = log.lines.joined(separator: "\n")
    #expect(!lines.isEmpty && !lines.contains("林建华") && !lines.contains("350423198003080019"))
    #expect(!lines.contains("13800138000") && !lines.contains("sought"))
  }
}
