import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// `/account/password`: everybody's own password.
struct PasswordHandlers: Sendable {
  let services: Services
  let passwords: PasswordHasher
  let passwordPolicy: PasswordPolicy

  /// `GET /account/password`
  func showPasswordForm(_ request: WebRequest) async throws -> WebResponse {
    try await page(request, FormView(FormFields()))
  }

  /// `POST /account/password`
  func changePassword(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    guard let session = request.session else { throw WebError.signInNeeded }
    var form = FormChecker(fields)
    let current = form.password("current_password", "当前密码")
    let new = form.password("new_password", "新密码")
    let again = form.password("new_password_again", "再次输入的新密码")
    if let new {
      check(new, against: current, account: session.principal.account, &form)
      if let again, again != new { form.fail("new_password_again", "两次输入的新密码不一样，请重新输入") }
    }
    guard form.isValid, let current, let new else { return try await refusal(request, form) }

    let asking = PasswordAsking(
      services: services, passwords: passwords, action: .changePassword)
    switch try await asking.verdict(on: current, request) {
    case .wait(let seconds):
      form.fail("current_password", "当前密码输错次数过多，请在\(durationText(seconds))后再试")
      return try await refusal(request, form, status: .tooManyRequests)
    case .wrong:
      form.fail("current_password", "当前密码不对，请核对后再试")
      return try await refusal(request, form)
    case .right(let answer):
      return try await store(new, replacing: answer, session, request)
    }
  }

  private func check(
    _ new: String, against current: String?, account: String, _ form: inout FormChecker
  ) {
    let problems = passwordPolicy.problems(new, account: account, current: current)
    if !problems.isEmpty { form.fail("new_password", problems.joined(separator: "；")) }
  }

  /// Stores the new password, ends every session of the account and opens one for this browser.
  private func store(
    _ password: String, replacing old: String, _ session: Session, _ request: WebRequest
  ) async throws -> WebResponse {
    let principal = session.principal
    let (id, now, token) = (principal.accountID, request.now, SessionToken())
    let origin = try request.auditOrigin
    let new = try await passwords.hash(password)
    do {
      try await services.databases.transactionOnIdentity(of: principal) { tx in
        // Before the session ends, which shows that it is they.
        try tx.audit(.account(.changePassword, id), by: origin)
        guard try tx.one(Accounts.changePassword(old, to: new, tokenHash: token.hash, at: now))
        else { throw WebError.signInNeeded }
      }
    } catch let error as PostgresError where error.isRetryable {
      throw WebError.conflict("<p>密码刚刚已被修改或重设，请用新的密码重新登录。</p>")
    }
    return .redirect(to: principal.role.home.link, flash: "密码已修改，其他设备上的登录已失效")
      .settingCookie(.session(token))
  }

  private func refusal(
    _ request: WebRequest, _ form: FormChecker,
    status: HTTPResponse.Status = .unprocessableContent
  ) async throws -> WebResponse {
    try await page(request, FormView(form), status: status)
  }

  private func page(
    _ request: WebRequest, _ form: FormView, status: HTTPResponse.Status = .ok
  ) async throws -> WebResponse {
    let body = PasswordPage(
      form: form, csrf: request.csrf, policy: passwordPolicy,
      isForced: request.session?.mustChangePassword ?? false)
    return try await services.deskPage(
      request, title: "修改密码", lead: "登录密码只有您自己知道，任何人都不会向您索要。",
      status: status, body.html)
  }
}
