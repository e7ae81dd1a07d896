import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Web

/// `/account/password-check`: asks for the password once more, before whole lists leave the portal or accounts are changed.
struct PasswordCheckHandlers: Sendable {
  let services: Services
  let passwords: PasswordHasher

  /// `GET /account/password-check`
  func showCheck(_ request: WebRequest) async throws -> WebResponse {
    try await page(request, FormView(FormFields()), next: request.next())
  }

  /// `POST /account/password-check`: back to what was asked for.
  func check(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    let next = request.next(in: fields)
    var form = FormChecker(fields)
    guard let password = form.password("password", "密码") else {
      return try await page(request, FormView(form), next: next, status: .unprocessableContent)
    }
    let asking = PasswordAsking(services: services, passwords: passwords, action: .checkPassword)
    switch try await asking.verdict(on: password, request) {
    case .wait(let seconds):
      form.fail("password", "密码输错次数过多，请在\(durationText(seconds))后再试")
      return try await page(request, FormView(form), next: next, status: .tooManyRequests)
    case .wrong:
      form.fail("password", "密码不对，请核对后再试")
      return try await page(request, FormView(form), next: next, status: .unprocessableContent)
    case .right:
      let home = try request.principal.role.home.link
      return .redirect(to: next ?? home)
    }
  }

  private func page(
    _ request: WebRequest, _ form: FormView, next: Link?, status: HTTPResponse.Status = .ok
  ) async throws -> WebResponse {
    let minutes = max(1, Int(request.passwordIsFreshFor) / 60)
    let isChange =
      (next?.url.hasPrefix(Paths.admin.pattern) ?? false) && next?.url.contains("format=") != true
    let hint =
      isChange
      ? "确认后 \(minutes) 分钟内再改动，不再询问。改动的人、时间和内容记入审计。"
      : "确认后 \(minutes) 分钟内再导出，不再询问。导出的人、时间和范围记入审计。"
    let fields: HTML = """
      \(form.input("password", "密码", type: .password, autocomplete: "current-password"))\
      \(ifLet: next, { "<input type=\"hidden\" name=\"next\" value=\"\($0.url)\">\n" })
      <p class="hint">\(hint)</p>
      """
    return try await services.deskPage(
      request, title: "确认是您本人", lead: isChange ? "要改动账号或设置，请再输入一次登录密码。" : "整份名单要离开系统，请再输入一次登录密码。",
      status: status,
      panel(
        "登录密码",
        form.form(
          action: Paths.passwordCheck.link, csrf: request.csrf, button: "确认并继续", fields)))
  }
}
