package import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/admin/accounts`: the system administrator's accounts, ended, let in again and given new passwords.
struct AccountAdminHandlers: Sendable {
  let services: Services
  let passwords: PasswordHasher
  let passwordPolicy: PasswordPolicy
  let tokens: PortalTokenStore

  /// `GET /admin/accounts`
  func listAccounts(_ request: WebRequest) async throws -> WebResponse {
    try await services.answer(request, AccountList(asked: ListRequest(request)))
  }

  /// `GET /admin/accounts/:id/disabling`
  func confirmDisabling(_ request: WebRequest, _ id: AccountID) async throws -> WebResponse {
    _ = try request.confirmedPrincipal()
    let line = try await changeable(id, request)
    return try await services.deskPage(
      request, title: "停用账号", lead: "\(line.displayName)（\(line.account)）",
      breadcrumbs: crumbs,
      confirmBox(
        title: "停用 \(line.account)？",
        consequence: "<p>\(line.displayName)将立即退出登录，并且不能再登录。所做过的记录全部保留。之后可以重新启用。</p>",
        action: Paths.adminAccountDisabling.link(id), csrf: request.csrf, confirm: "停用",
        cancel: Paths.adminAccounts.link, fields: versionField(line.version)))
  }

  /// `POST /admin/accounts/:id/disabling`
  func disableAccount(
    _ request: WebRequest, _ id: AccountID, _ fields: FormFields
  ) async throws -> WebResponse {
    _ = try request.confirmedPrincipal(orBackTo: Paths.adminAccountDisabling.link(id))
    let line = try await changeable(id, request)
    let (version, now, origin) = (try version(in: fields), request.now, try request.auditOrigin)
    try await services.databases.transaction(as: request.principal) { tx in
      guard try tx.one(Accounts.disableAccount(id, version: version, at: now)) else {
        throw WebError.conflict(accountChanged)
      }
      try tx.audit(.accountState(.disableAccount, id, from: "active", to: "disabled"), by: origin)
    }
    tokens.forgetAll()
    return .redirect(to: Paths.adminAccounts.link, flash: "已停用 \(line.account)")
  }

  /// `POST /admin/accounts/:id/enabling`
  func enableAccount(
    _ request: WebRequest, _ id: AccountID, _ fields: FormFields
  ) async throws -> WebResponse {
    _ = try request.confirmedPrincipal(orBackTo: Paths.adminAccounts.link)
    let line = try await changeable(id, request)
    let (version, origin) = (try version(in: fields), try request.auditOrigin)
    try await services.databases.transaction(as: request.principal) { tx in
      guard try tx.one(Accounts.enableAccount(id, version: version)) else {
        throw WebError.conflict(accountChanged)
      }
      try tx.audit(.accountState(.enableAccount, id, from: "disabled", to: "active"), by: origin)
    }
    return .redirect(to: Paths.adminAccounts.link, flash: "已启用 \(line.account)")
  }

  /// `GET /admin/accounts/:id/password`
  func confirmPasswordReset(_ request: WebRequest, _ id: AccountID) async throws -> WebResponse {
    _ = try request.confirmedPrincipal()
    let line = try await resettable(id, request)
    return try await services.deskPage(
      request, title: "重设密码", lead: "\(line.displayName)（\(line.account)）",
      breadcrumbs: crumbs,
      confirmBox(
        title: "为 \(line.account) 重设密码？",
        consequence: """
          <p>原密码立即失效，\(line.displayName)会退出登录。新密码由系统随机生成，只显示一次；\
          本人首次登录后必须改掉。请先确认是本人提出的。</p>
          """,
        action: Paths.adminAccountPassword.link(id), csrf: request.csrf, confirm: "重设密码",
        cancel: Paths.adminAccounts.link, fields: versionField(line.version)))
  }

  /// `POST /admin/accounts/:id/password`: the answer shows the new password, once.
  func resetAccountPassword(
    _ request: WebRequest, _ id: AccountID, _ fields: FormFields
  ) async throws -> WebResponse {
    _ = try request.confirmedPrincipal(orBackTo: Paths.adminAccountPassword.link(id))
    let line = try await resettable(id, request)
    let (version, now, origin) = (try version(in: fields), request.now, try request.auditOrigin)
    let password = FreshPassword.random(
      for: line.account, policy: passwordPolicy)
    let hash = try await passwords.hash(password)
    try await services.databases.transaction(as: request.principal) { tx in
      let reset = Accounts.resetAccountPassword(of: id, version: version, to: hash, at: now)
      guard try tx.one(reset) else { throw WebError.conflict(accountChanged) }
      try tx.audit(.account(.resetPassword, id), by: origin)
    }
    return try await services.deskPage(
      request, title: "新密码", lead: "\(line.displayName)（\(line.account)）",
      breadcrumbs: crumbs, freshPasswordPage(password, for: line))
  }

  private var crumbs: [(String, Link)] { [adminCrumb, ("账号", Paths.adminAccounts.link)] }

  /// An account in the administrator's area, and not their own.
  private func changeable(_ id: AccountID, _ request: WebRequest) async throws -> AccountLine {
    let actor = try request.principal
    guard let line = try await services.databases.read(as: actor, { try $0.first(accountLine(id)) })
    else { throw WebError.notFound }
    guard id != actor.accountID else { throw WebError.refused("不能停用、启用或重设自己的账号。修改自己的密码请用“修改密码”。") }
    return line
  }

  /// Whoever sets a password could sign in with it: so not for the two other administrators, who
  /// must stay apart from this one.
  private func resettable(_ id: AccountID, _ request: WebRequest) async throws -> AccountLine {
    let line = try await changeable(id, request)
    guard !line.role.isAdministrator else {
      throw WebError.refused("三员分立：管理员的密码不能由另一位管理员重设，请由运维人员用 portal account 命令重设。")
    }
    return line
  }

  private func version(in fields: FormFields) throws -> Int {
    try EditBase(fields, incomplete: "表单不完整，请返回账号列表重新操作。").version
  }
}

let adminCrumb = ("系统管理", Paths.admin.link)

private let accountChanged: HTML = """
  <p>这个账号刚刚被别人改过，您的操作没有执行。请回到\
  <a href="\(path: Paths.adminAccounts)">账号列表</a>看它现在的状态。</p>
  """

private func versionField(_ version: Int) -> HTML {
  "<input type=\"hidden\" name=\"version\" value=\"\(version)\">"
}

extension AuditEvent {
  static func accountState(
    _ action: AuditAction, _ id: AccountID, from before: String, to after: String
  ) -> AuditEvent {
    var event = AuditEvent.account(action, id)
    event.before = ["state": before]
    event.after = ["state": after]
    return event
  }
}

/// Passwords that the system makes up: easy to read out, hard to guess (about 80 bits).
package enum FreshPassword {
  private static let characters = Array("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")

  package static func random(for account: String, policy: PasswordPolicy) -> String {
    var generator = SystemRandomNumberGenerator()
    while true {
      let groups = (0..<4).map { _ in
        String(
          (0..<4).map { _ in characters[Int.random(in: characters.indices, using: &generator)] })
      }
      let password = groups.joined(separator: "-")
      if policy.problems(password, account: account).isEmpty { return password }
    }
  }
}
