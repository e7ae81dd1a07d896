import Domain
import Ground
import HTML
import HTTPTypes
import Pages
package import Postgres
package import Web

/// What else ends when somebody signs out, in the same transaction and while their session still shows who they are. It
/// is of rooms that stand on this one: the roof brings it.
///
/// - Returns: a cookie that says so to the browser.
package typealias SignOutStep = @Sendable (Transaction, WebRequest) throws -> Cookie?

/// `/login` and `/logout`.
struct SignInHandlers: Sendable {
  let services: Services
  let passwords: PasswordHasher
  let leaving: [SignOutStep]

  /// `GET /login`
  func showSignIn(_ request: WebRequest) async throws -> WebResponse {
    if let session = request.session { return .redirect(to: landing(of: session, next: nil)) }
    return page(request, FormView(FormFields()), next: request.next()?.url)
  }

  /// `POST /login`
  func signIn(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    var form = FormChecker(fields)
    let account = form.text("account", "账号", max: 60)
    let password = form.password("password", "密码")
    guard form.isValid, let account, let password else {
      return page(request, FormView(form), next: fields["next"], status: .unprocessableContent)
    }
    let signIn = SignIn(
      databases: services.databases, keys: services.keys, passwords: passwords,
      site: services.site)
    let outcome = try await signIn.outcome(
      of: SignInVisit(request), account: account, password: password)
    switch outcome {
    case .welcome(let welcome):
      var response = WebResponse.redirect(
        to: landing(of: welcome.session, next: request.next(in: fields)))
      for cookie in welcome.cookies { response.setCookie(cookie) }
      return response
    case .wrong:
      form.fail("password", "账号或密码不对，请核对后再试")
      return page(request, FormView(form), next: fields["next"], status: .unprocessableContent)
    case .wait(let seconds):
      form.fail("password", "登录尝试次数过多，请在\(durationText(seconds))后再试")
      var response = page(
        request, FormView(form), next: fields["next"], status: .tooManyRequests)
      response.headers[.retryAfter] = String(seconds)
      return response
    }
  }

  /// `POST /logout`
  func signOut(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    var response = WebResponse.redirect(to: Paths.login.link, flash: "已退出登录")
      .settingCookie(.expired(Cookie.sessionName))
    if let session = request.session {
      let leaving = leaving
      let (id, hash) = (session.principal.accountID, session.tokenHash)
      let origin = try request.auditOrigin
      let cookies = try await services.databases.transactionOnIdentity(of: session.principal) {
        tx in
        // Before the session ends, which shows that it is they.
        try tx.audit(.account(.signOut, id), by: origin)
        let cookies = try leaving.compactMap { try $0(tx, request) }
        try tx.execute(endSession(tokenHash: hash))
        return cookies
      }
      for cookie in cookies { response.setCookie(cookie) }
    }
    return response
  }

  /// Where to go after signing in: a new password first, then where somebody wanted to go, else the
  /// home page of the role.
  private func landing(of session: Session, next: Link?) -> Link {
    if session.mustChangePassword { return Paths.password.link }
    if let next, next != Paths.login.link, next != Paths.logout.link { return next }
    return session.principal.role.home.link
  }

  private func page(
    _ request: WebRequest, _ form: FormView, next: String?,
    status: HTTPResponse.Status = .ok
  ) -> WebResponse {
    services.publicPage(
      request, title: "工作人员登录", status: status,
      signInPage(form: form, next: next, csrf: request.csrf))
  }
}

/// `40 秒`, `15 分钟`.
func durationText(_ seconds: Int) -> String {
  seconds < 120 ? " \(seconds) 秒" : " \((seconds + 59) / 60) 分钟"
}
