import Domain
import Foundation
import TestSupport
import Testing

@testable import Portal

/// Whole lists leave the portal only with somebody who has typed their password a short while ago.
@Suite struct StepUpTests {
  static let exports: [(link: String, account: String)] = [
    ("/desk/households?format=csv", "zhujian"), ("/desk/estates?format=xlsx", "shiju"),
    ("/desk/register/export?sheet=households", "minzheng"),
    ("/admin/audit?format=csv", "auditadmin"), ("/desk/cases?format=csv", "longjin"),
    ("/oversight/complaints?format=csv", "jiwei"),
  ]

  @Test(arguments: exports) func anExportAsksForThePasswordAgain(
    _ export: (link: String, account: String)
  ) async throws {
    let site = try await TestPortal.start()
    let browser = try await site.browser(signedInAs: export.account)
    #expect(try await browser.open(export.link).header("Content-Disposition") != nil)
    site.clock.advance(by: 660)
    let asked = try await browser.open(export.link)
    #expect(asked.status == 200 && asked.has("再输入一次登录密码"), "\(asked.text.prefix(300))")
    #expect(asked.header("Content-Disposition") == nil)
    let wrong = try await asked.form(to: "/account/password-check")
      .fill(["password": "Wrong-2021-pw"]).submit()
    #expect(wrong.status == 422 && wrong.has("密码不对"))
    let file = try await wrong.form(to: "/account/password-check")
      .fill(["password": TestPortal.password]).submit()
    #expect(file.header("Content-Disposition") != nil)
    // For some minutes nobody asks again; then somebody does.
    site.clock.advance(by: 540)
    #expect(try await browser.open(export.link).header("Content-Disposition") != nil)
    site.clock.advance(by: 120)
    #expect(try await browser.open(export.link).has("再输入一次登录密码"))
  }

  @Test func aFormThatTakesTheRegisterOutLeadsBackToItself() async throws {
    let site = try await TestPortal.start()
    let browser = try await site.browser(signedInAs: "zhujian-lead")
    let page = try await browser.open("/desk/register/export")
    site.clock.advance(by: 660)
    let asked = try await page.form(to: "/desk/register/export")
      .fill(["reason": "移交上级单位核对", "sheet": "households", "format": "csv"]).submit()
    #expect(asked.has("再输入一次登录密码"))
    let back = try await asked.form(to: "/account/password-check")
      .fill(["password": TestPortal.password]).submit()
    #expect(back.address == "/desk/register/export")
    let file = try await back.form(to: "/desk/register/export")
      .fill(["reason": "移交上级单位核对", "sheet": "households", "format": "csv"]).submit()
    #expect(file.header("Content-Disposition") != nil)
  }

  @Test func thePasswordIsFreshForAsLongAsIsSet() async throws {
    let site = try await TestPortal.start { $0.freshPasswordMinutes = 30 }
    let browser = try await site.browser(signedInAs: "zhujian")
    for _ in 1...2 {
      site.clock.advance(by: 840)
      #expect(
        try await browser.open("/desk/estates?format=csv").header("Content-Disposition") != nil)
    }
    site.clock.advance(by: 240)
    #expect(try await browser.open("/desk/estates?format=csv").has("30 分钟内再导出"))
  }
}
