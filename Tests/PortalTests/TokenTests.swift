import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import Accounts

/// Tokens of other systems: issued, used no further than they go, taken back.
@Suite struct TokenTests {
  private func issue(
    _ site: TestPortal, account: String = "chuangkou", permission: String = "ask_counter",
    area: String = "", days: String = "30"
  ) async throws -> Page {
    let admin = try await site.browser(signedInAs: "sysadmin")
    let form = try await admin.open("/admin/tokens").follow("签发令牌").form()
    return try await form.fill([
      "name": "登记系统", "account": account, "permission": permission, "area": area, "days": days,
    ]).submit()
  }

  private func token(on page: Page) throws -> String {
    String(try #require(page.source.firstMatch(of: /ptk_[0-9a-f]{64}/)).0)
  }

  @Test func theAdministratorIssuesATokenThatIsShownOnceAndWorksAtOnce() async throws {
    let site = try await TestPortal.start(.empty)
    let page = try await issue(site)
    #expect(page.status == 200 && page.has("只显示这一次"))
    let token = try token(on: page)
    let admin = try await site.browser(signedInAs: "sysadmin")
    let list = try await admin.open("/admin/tokens")
    #expect(list.has("登记系统") && list.has("有效") && !list.source.contains(token))
    let system = APISystem(site: site, token: token)
    let answer = try await system.post(
      "/api/v1/counter-checks",
      ["name": "某人", "id_number": .string(TestPortal.stranger()), "purpose": "registration"])
    #expect(answer.status == 201)
    site.clock.advance(by: 2)
    #expect(try await admin.open("/admin/tokens").has("2021-08-20 14:37"))
    let stored = try await site.database.psql(
      as: .superuser, [:], "SELECT token_hash::text, account_id FROM api_tokens"
    ).lines
    #expect(!stored.joined().contains(token.dropFirst(4)))
    #expect(
      try await site.count("SELECT count(*) FROM audit_events WHERE action = 'token.issue'") == 1)
  }

  @Test func aTokenCannotBeMoreThanItsAccount() async throws {
    let site = try await TestPortal.start(.empty)
    let permission = try await issue(site, permission: "answer_checks")
    #expect(permission.status == 422 && permission.errors.map(\.field) == ["permission"])
    let area = try await issue(site, area: "350424")
    #expect(area.status == 422 && area.errors.map(\.field) == ["area"])
    let days = try await issue(site, days: "366")
    #expect(days.status == 422 && days.errors.map(\.field) == ["days"])
    #expect(days.source.contains("登记系统"), "what was typed is still there")
    #expect(try await site.count("SELECT count(*) FROM api_tokens") == 0)
  }

  @Test func nobodyIsIssuedATokenForAnAdministrator() async throws {
    let site = try await TestPortal.start(.empty)
    let admin = try await site.browser(signedInAs: "sysadmin")
    let form = try await admin.open("/admin/tokens/new").form()
    for account in ["sysadmin", "secadmin", "auditadmin"] {
      #expect(throws: (any Error).self) { try form.fill(["account": account]) }
    }
    await #expect(throws: TokenError.self) {
      _ = try await site.system(for: "auditadmin", .viewAudit)
    }
  }

  @Test func aTokenThatIsRevokedEndsAtOnce() async throws {
    let site = try await TestPortal.start(.empty)
    let system = try await site.system(for: "minzheng", .viewReviews)
    #expect(try await system.get("/api/v1/rounds").status == 200)
    let admin = try await site.browser(signedInAs: "sysadmin")
    let confirm = try await admin.open("/admin/tokens").follow("撤销")
    #expect(confirm.has("撤销后不能恢复"))
    // The clock stands still: nothing but the revocation itself makes it known.
    let list = try await confirm.form(button: "撤销").submit()
    #expect(list.has("已撤销“minzheng的系统”的令牌"))
    let answer = try await system.get("/api/v1/rounds")
    #expect(answer.status == 401)
    #expect(answer.header("WWW-Authenticate")?.contains("invalid_token") == true)
    let again = try await confirm.form(button: "撤销").submit()
    #expect(again.status == 409)
    #expect(
      try await site.count("SELECT count(*) FROM audit_events WHERE action = 'token.revoke'") == 1)
  }

  @Test func aRevocationByAnotherProcessIsKnownWithinASecond() async throws {
    let site = try await TestPortal.start(.empty)
    let system = try await site.system(for: "minzheng", .viewReviews)
    #expect(try await system.get("/api/v1/rounds").status == 200)
    _ = try await site.owner.transaction { tx in
      try tx.execute("UPDATE api_tokens SET revoked_at = now(), revoked_by_name = 'x'")
    }
    site.clock.advance(by: 1)
    #expect(try await system.get("/api/v1/rounds").status == 401)
  }

  @Test func aTokenEndsOnItsDay() async throws {
    let site = try await TestPortal.start(.empty)
    let system = try await site.system(for: "minzheng", .viewReviews, days: 1)
    site.clock.advance(by: 86_399.5)
    #expect(try await system.get("/api/v1/rounds").status == 200)
    // What is remembered for a second must not outlive the token.
    site.clock.advance(by: 0.5)
    #expect(try await system.get("/api/v1/rounds").status == 401)
  }

  @Test func aDisabledAccountTakesItsTokensAlong() async throws {
    let site = try await TestPortal.start(.empty)
    let system = try await site.system(for: "minzheng", .viewReviews)
    #expect(try await system.get("/api/v1/rounds").status == 200)
    let admin = try await site.browser(signedInAs: "sysadmin")
    let list = try await admin.open("/admin/accounts?q=minzheng")
    _ = try await list.follow("停用").form(button: "停用").submit()
    #expect(try await system.get("/api/v1/rounds").status == 401)
  }

  @Test func whatIsNoTokenIsNoToken() async throws {
    let site = try await TestPortal.start(.empty)
    for text in ["x", "ptk_", "ptk_" + String(repeating: "0", count: 64)] {
      #expect(try await APISystem(site: site, token: text).get("/api/v1/rounds").status == 401)
    }
  }

  @Test func theListIsNarrowedAndTakenOut() async throws {
    let site = try await TestPortal.start(.empty)
    _ = try await site.system(for: "minzheng", .viewReviews)
    _ = try await site.system(for: "gongan", .viewReviews)
    let admin = try await site.browser(signedInAs: "sysadmin")
    let list = try await admin.open("/admin/tokens?q=gongan&state=active")
    #expect(list.has("gongan的系统") && !list.has("minzheng的系统") && list.has("共 1 个令牌"))
    #expect(try await admin.open("/admin/tokens?state=revoked").has("没有符合条件的令牌"))
    let sheet = try await admin.open("/admin/tokens?format=csv")
    #expect(sheet.text.contains("minzheng的系统"))
  }

  @Test func theAreaOfATokenNarrowsWhatItSees() async throws {
    let site = try await TestPortal.start()
    let township = try #require(AreaCode("350423101"))
    let all = try await site.system(for: "minzheng", .viewReviews)
    let some = try await site.system(for: "minzheng", .viewReviews, area: township)
    let owed = { (answer: APISystem.Answer) -> Int in
      answer.json["rounds"]?.items.first?["households"]?.whole ?? 0
    }
    let whole = owed(try await all.get("/api/v1/rounds"))
    let part = owed(try await some.get("/api/v1/rounds"))
    #expect(whole > part && part > 0)
  }

  @Test func theMessageOfEveryErrorOfTheCommandSaysWhatToDo() async throws {
    let site = try await TestPortal.start(.empty)
    await #expect(throws: TokenError.noSuchAccount("nobody")) {
      _ = try await site.system(for: "nobody", .viewReviews)
    }
    await #expect(throws: TokenError.permissionNotHeld(.askCounter, .civilAffairs)) {
      _ = try await site.system(for: "minzheng", .askCounter)
    }
    await #expect(throws: TokenError.notOfTheInterface(.viewCases)) {
      _ = try await site.system(for: "minzheng", .viewCases)
    }
    await #expect(throws: TokenError.wrongDays) {
      _ = try await site.system(for: "minzheng", .viewReviews, days: 366)
    }
  }
}
