import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// `/admin/tokens`: with what other systems call the machine interface.
struct TokenAdminHandlers: Sendable {
  let services: Services
  let tokens: PortalTokenStore

  /// `GET /admin/tokens`
  func listTokens(_ request: WebRequest) async throws -> WebResponse {
    try await services.answer(request, TokenList(asked: ListRequest(request)))
  }

  /// `GET /admin/tokens/new`
  func newToken(_ request: WebRequest) async throws -> WebResponse {
    try await form(request, FormView(), status: .ok)
  }

  /// `POST /admin/tokens`: the answer shows the token, once.
  func issueToken(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    var checker = FormChecker(fields)
    let accounts = try await accounts(request)
    let name = checker.column("name", "系统名称", max: 60)
    let account = checker.value("account", "账号", message: "请选择代表哪个账号") { text in
      accounts.first { $0.principal.account == text }?.principal
    }
    let permissions = checker.choices("permission", "可以做什么", of: Permission.self)
    let area = checker.value(
      "area", "范围", required: false, message: "范围应为区划代码，如 350423 或 350423100"
    ) { AreaCode($0) }
    let days = checker.integer("days", "有效天数", in: 1...NewToken.longest)
    guard checker.isValid, let name, let account, let days,
      let new = checker.token(account, name, permissions, area, days, at: request.now)
    else { return try await form(request, FormView(checker), status: .unprocessableContent) }
    let (actor, origin, now) = (try request.principal, try request.auditOrigin, request.now)
    let token = try await services.databases.transaction(as: actor) { tx in
      try tx.issue(new, by: actor.accountID, named: actor.displayName, origin, at: now)
    }
    return try await services.deskPage(
      request, title: "新令牌", lead: "\(name)，代表 \(account.account)", breadcrumbs: crumbs,
      freshTokenPage(token, named: name))
  }

  /// `GET /admin/tokens/:id/revocation`
  func confirmRevocation(_ request: WebRequest, _ id: APITokenID) async throws -> WebResponse {
    let line = try await token(id, request)
    let body: HTML =
      line.revokedAt == nil
      ? confirmBox(
        title: "撤销“\(line.name)”的令牌？",
        consequence: "<p>立即生效：持有它的系统不能再调用接口。撤销后不能恢复，只能另签一个。</p>",
        action: Paths.adminTokenRevocation.link(id), csrf: request.csrf, confirm: "撤销",
        cancel: Paths.adminTokens.link,
        fields: "<input type=\"hidden\" name=\"version\" value=\"\(line.version)\">")
      : emptyState("这个令牌已经撤销", action: buttonLink("返回令牌清单", Paths.adminTokens.link))
    return try await services.deskPage(
      request, title: "撤销令牌", lead: "\(line.name)，代表 \(line.account)", breadcrumbs: crumbs, body)
  }

  /// `POST /admin/tokens/:id/revocation`
  func revokeToken(
    _ request: WebRequest, _ id: APITokenID, _ fields: FormFields
  ) async throws -> WebResponse {
    let line = try await token(id, request)
    let version = try EditBase(fields).version
    let (actor, origin, now) = (try request.principal, try request.auditOrigin, request.now)
    try await services.databases.transaction(as: actor) { tx in
      let change = revocation(of: id, version: version, by: actor.displayName, at: now)
      guard try tx.execute(change) == 1 else { throw WebError.conflict(tokenChanged) }
      try tx.audit(
        AuditEvent(
          action: .revokeToken, entity: "api_tokens", entityID: id.description,
          before: ["state": "active"], after: ["state": "revoked", "name": line.name]), by: origin)
    }
    tokens.forgetAll()
    return .redirect(to: Paths.adminTokens.link, flash: "已撤销“\(line.name)”的令牌")
  }

  private var crumbs: [(String, Link)] { [adminCrumb, ("接口令牌", Paths.adminTokens.link)] }

  private func accounts(_ request: WebRequest) async throws -> [TokenAccount] {
    try await services.databases.read(as: request.principal) { try $0.all(tokenAccounts()) }
  }

  private func token(_ id: APITokenID, _ request: WebRequest) async throws -> TokenLine {
    let found = try await services.databases.read(as: request.principal) {
      try $0.first(tokenLine(id))
    }
    guard let found else { throw WebError.notFound }
    return found
  }

  private func form(
    _ request: WebRequest, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let page = TokenFormPage(
      view: view, accounts: try await accounts(request), csrf: request.csrf)
    return try await services.deskPage(
      request, title: "签发令牌", lead: "令牌代表一个账号，权限和范围都不会多于它。", breadcrumbs: crumbs,
      status: status, page.html)
  }
}

extension FormChecker {
  /// The token that was asked for; nil with a message where it would be more than its account is.
  fileprivate mutating func token(
    _ account: Principal, _ name: String, _ permissions: [Permission], _ area: AreaCode?,
    _ days: Int, at now: Date
  ) -> NewToken? {
    do {
      return try NewToken(
        checking: account, system: name, permissions: permissions, area: area, days: days, at: now)
    } catch let error as TokenError {
      switch error {
      case .wrongArea: fail("area", error.description)
      case .wrongDays: fail("days", error.description)
      case .invalidName: fail("name", error.description)
      default: fail("permission", error.description)
      }
    } catch {
      fail("account", "请选择代表哪个账号")
    }
    return nil
  }
}

private let tokenChanged: HTML = """
  <p>这个令牌刚刚被别人撤销，您的操作没有执行。请回到<a href="\(path: Paths.adminTokens)">令牌清单</a>看它现在的状态。</p>
  """
