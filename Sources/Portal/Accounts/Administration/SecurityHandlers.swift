import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/admin/security`: lockouts, running sessions, and the policy in force.
struct SecurityHandlers: Sendable {
  let services: Services
  let passwordPolicy: PasswordPolicy

  /// `GET /admin/security`
  func showSecurity(_ request: WebRequest) async throws -> WebResponse {
    let (actor, now, keys) = (try request.principal, request.now, services.keys)
    let (locked, online) = try await services.databases.read(as: actor) { tx in
      (
        try tx.lockedAccounts(among: try tx.all(allAccountLines()), keys: keys, now: now),
        try tx.all(runningSessions(now: now))
      )
    }
    let page = SecurityPage(
      locked: locked, online: online, policy: passwordPolicy, csrf: request.csrf)
    return try await services.deskPage(
      request, title: "登录安全", lead: "谁被锁定、谁正在登录，以及正在执行的密码和锁定策略。",
      breadcrumbs: [adminCrumb], page.html)
  }

  /// `POST /admin/security/:id/unlock`
  func unlockAccount(
    _ request: WebRequest, _ id: AccountID, _ fields: FormFields
  ) async throws -> WebResponse {
    let line = try await account(id, request)
    let subject = SignInSubject.account(line.account, keys: services.keys)
    let change = SignInSubject.passwordChange(line.account, keys: services.keys)
    let origin = try request.auditOrigin
    let cleared = try await services.databases.transaction(as: request.principal) { tx in
      guard try tx.execute(clearFailures(of: [subject.hash, change.hash])) > 0 else { return false }
      try tx.audit(.account(.unlockAccount, id), by: origin)
      return true
    }
    return .redirect(
      to: Paths.adminSecurity.link,
      flash: cleared ? "已解除 \(line.account) 的锁定" : "\(line.account) 现在没有被锁定")
  }

  /// `POST /admin/security/:id/sessions-end`
  func endAccountSessions(
    _ request: WebRequest, _ id: AccountID, _ fields: FormFields
  ) async throws -> WebResponse {
    let line = try await account(id, request)
    let origin = try request.auditOrigin
    let ended = try await services.databases.transaction(as: request.principal) { tx in
      let ended = try tx.one(Accounts.endAccountSessions(of: id))
      guard ended > 0 else { return 0 }
      var event = AuditEvent.account(.endSessions, id)
      event.before = ["sessions": String(ended)]
      try tx.audit(event, by: origin)
      return ended
    }
    return .redirect(
      to: Paths.adminSecurity.link,
      flash: ended > 0 ? "已结束 \(line.account) 的 \(ended) 个登录" : "\(line.account) 现在没有登录")
  }

  private func account(_ id: AccountID, _ request: WebRequest) async throws -> AccountLine {
    let actor = try request.principal
    guard let line = try await services.databases.read(as: actor, { try $0.first(accountLine(id)) })
    else { throw WebError.notFound }
    return line
  }
}

/// An account that strangers cannot try at this moment.
struct LockedAccount: Sendable {
  let line: AccountLine
  let failures: Int
  let until: Date
}

/// The sessions of one account.
struct OnlineAccount: Sendable {
  let id: AccountID
  let account: String
  let displayName: String
  let role: Role
  let sessions: Int
  let since: Date
  let lastSeenAt: Date
}

extension Transaction {
  /// Failures are kept under keyed hashes only, so each account's own is computed and looked up.
  func lockedAccounts(
    among lines: [AccountLine], keys: KeyRing, now: Date
  ) throws -> [LockedAccount] {
    let hashes = lines.map { SignInSubject.account($0.account, keys: keys).hash }
    let rows = try all(failureCounts(of: hashes))
    let counts = Dictionary(rows.map { ($0.subject, $0.count) }) { first, _ in first }
    return zip(lines, hashes).compactMap { line, hash in
      guard let count = counts[hash], let until = count.lockedUntil, until > now else { return nil }
      return LockedAccount(line: line, failures: count.failures, until: until)
    }
  }
}

private func runningSessions(now: Date) -> Query<OnlineAccount> {
  Query(
    """
    SELECT a.id, a.account, a.display_name, a.role, count(*) AS sessions,
      min(s.created_at) AS since, max(s.last_seen_at) AS last_seen_at
    FROM sessions s JOIN accounts a ON a.id = s.account_id
    WHERE s.last_seen_at > \(now.addingTimeInterval(-SessionLimits.idle))
      AND s.created_at > \(now.addingTimeInterval(-SessionLimits.absolute))
    GROUP BY a.id, a.account, a.display_name, a.role ORDER BY a.account
    """
  ) { row in
    OnlineAccount(
      id: try row("id"), account: try row("account"), displayName: try row("display_name"),
      role: try row("role"), sessions: try row("sessions"), since: try row("since"),
      lastSeenAt: try row("last_seen_at"))
  }
}
