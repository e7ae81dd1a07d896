import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Portal

/// The administrators' desks of a county say which accounts its work still waits for.
@Suite struct AccountChecklistTests {
  private func desk(_ account: String, _ site: TestPortal) async throws -> Page {
    try await site.browser(signedInAs: account).open("/admin")
  }

  @Test func `whoever makes accounts is led to it, the other two see who does`() async throws {
    let site = try await TestPortal.start(.empty)
    try await site.owner.transaction { tx in
      try tx.execute("UPDATE accounts SET disabled_at = now() WHERE role = 'civil_affairs'")
      try tx.execute("UPDATE accounts SET must_change_password = true WHERE role = 'audit_admin'")
    }
    let system = try await desk("sysadmin", site)
    #expect(system.has("开始工作前，还差 3 项") && system.has("县民政局 没有账号"))
    #expect(system.has("审计管理员 还没有登录过") && system.has("个乡镇没有账号"))
    #expect(!system.has("县公安局 没有账号") && !system.has("安全管理员 还没有登录过"))
    #expect(system.links.contains("/admin/accounts/new"))
    let security = try await desk("secadmin", site)
    #expect(security.has("县民政局 没有账号") && security.has("账号由系统管理员建立"))
    #expect(!security.links.contains("/admin/accounts/new"))
  }

  @Test func `a county that has them all is told nothing more`() async throws {
    let site = try await TestPortal.start(.empty)
    try await site.owner.transaction { tx in
      try tx.execute(
        """
        INSERT INTO accounts (account, display_name, role, area)
        SELECT 'town-' || code, '某', 'town_officer', code FROM areas
        WHERE length(code) = 9 AND code NOT IN (SELECT area FROM accounts WHERE role = 'town_officer')
        """)
    }
    for account in ["sysadmin", "secadmin", "auditadmin"] {
      #expect(!(try await desk(account, site).has("开始工作前")), "\(account)")
    }
  }
}
