import Foundation
import TestSupport
import Testing

@testable import Portal

/// What people see while the database is away, and afterwards.
@Suite(.serialized) struct DatabaseAwayTests {
  /// Asks until the answer is the one wanted, for as long as a reconnect with back-off may take.
  private func status(
    _ browser: Browser, _ link: String, becomes wanted: Int
  ) async throws -> Bool {
    for _ in 0..<150 {
      if try await browser.open(link).status == wanted { return true }
      try await Task.sleep(for: .milliseconds(100))
    }
    return false
  }

  @Test func anOutageIsSaidPlainlyLosesNothingTypedAndEndsByItself() async throws {
    let site = try await TestPortal.start(.empty)
    let rules = try PageRules(site)
    let citizen = site.browser()
    let officer = try await site.browser(signedInAs: "zhujian")
    #expect(try await citizen.open("/readyz").status == 200)
    let form = try await citizen.open("/complaints/new").form()
      .fill(["kind": "suggestion", "description": "数据库停了也不怕"])

    try await site.database.goAway()
    #expect(try await citizen.open("/readyz").status == 503)
    #expect(try await citizen.open("/healthz").status == 200)
    #expect(try await citizen.open("/progress").status == 200)
    let answers = [try await form.submit(), try await officer.open("/desk/cases")]
    for page in answers {
      #expect(page.status == 503 && page.heading == "系统暂时无法使用")
      #expect(page.header("Retry-After") != nil)
      #expect(rules.problems(of: page).isEmpty)
    }

    try await site.database.comeBack()
    #expect(try await status(citizen, "/readyz", becomes: 200))
    #expect(try await officer.open("/desk/cases").status == 200)
    #expect(try await form.submit().heading == "举报已收到")
  }

  @Test func aPortalThatFindsNoDatabaseStartsAndSaysSo() async throws {
    let site = try await TestPortal.start(.empty) { configuration in
      for login in [
        \PortalConfiguration.staffDatabase, \.publicDatabase, \.inspectorDatabase,
      ] {
        configuration[keyPath: login] += " host=/nonexistent"
      }
    }
    let browser = site.browser()
    #expect(try await browser.open("/healthz").status == 200)
    #expect(try await browser.open("/").status == 200)
    #expect(try await browser.open("/readyz").status == 503)
    let page = try await browser.open("/complaints/new")
    #expect(page.status == 503 && page.heading == "系统暂时无法使用")
  }
}
