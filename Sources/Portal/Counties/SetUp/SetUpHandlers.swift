import Accounts
import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// `/setup`: the first person, who has an account no more than anybody else, sets the county up with a one-time link.
struct SetUpHandlers: Sendable {
  let services: Services
  let passwords: PasswordHasher
  let passwordPolicy: PasswordPolicy
  let codes: AreaCatalogue
  /// What people type into their browsers; nil where it is not known.
  let address: String?

  /// `GET /setup`
  func showSetUp(_ request: WebRequest) async throws -> WebResponse {
    guard let code = request.query["code"] else { return page(request, SetUpPages.door) }
    guard let token = try await token(code, request) else {
      return try await refusal(of: code, request)
    }
    return choice(request, token, FormView())
  }

  /// `POST /setup`
  func setUp(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    let code = fields["code"] ?? ""
    guard let token = try await token(code, request) else {
      return try await refusal(of: code, request)
    }
    switch fields["step"] {
    case "make": return try await make(request, fields, token)
    case "choose": return choose(request, fields, token)
    default: return find(request, fields, token)
    }
  }

  // MARK: Steps

  private func choice(
    _ request: WebRequest, _ token: SessionToken, _ view: FormView,
    found: [AreaCatalogue.Entry] = [], status: HTTPResponse.Status = .ok
  ) -> WebResponse {
    page(request, pages(request, token).choice(view, found: found), status: status)
  }

  private func find(
    _ request: WebRequest, _ fields: FormFields, _ token: SessionToken
  ) -> WebResponse {
    var checker = FormChecker(fields)
    let words = checker.text("county", "县的名称或代码", max: 60)
    let found = words.map { codes.counties(matching: $0) } ?? []
    if let words, let code = typedCode(words, found) {
      if let problem = problem(with: code) { checker.fail("county", problem) }
      if checker.isValid { return page(request, pages(request, token).county(code, FormView())) }
    } else if let words, found.isEmpty {
      checker.fail("county", "代码表里没有“\(words)”：名称至少写两个字，如 清流；或填 6 位代码，如 350423")
    }
    return choice(
      request, token, FormView(checker), found: checker.isValid ? found : [],
      status: checker.isValid ? .ok : .unprocessableContent)
  }

  /// The one county that is meant; nil where there are several or none.
  private func typedCode(_ words: String, _ found: [AreaCatalogue.Entry]) -> AreaCode? {
    if found.count == 1 { return found[0].code }
    return AreaCode(words).flatMap { $0.level == .county ? $0 : nil }
  }

  /// Why a code is no county's of today.
  private func problem(with code: AreaCode) -> String? {
    guard let entry = codes.entry(code), let until = entry.until else { return nil }
    let now = entry.now.map { "\($0) \(codes.fullName(of: $0))" }.joined(separator: "、")
    return "\(code) \(entry.name)已于 \(until) 年停用\(now.isEmpty ? "" : "，由 \(now) 接替")，请填现在的代码"
  }

  private func choose(
    _ request: WebRequest, _ fields: FormFields, _ token: SessionToken
  ) -> WebResponse {
    guard let code = county(fields), problem(with: code) == nil else {
      var checker = FormChecker(fields)
      checker.fail("county", "请重新查找并选择一个县")
      return choice(request, token, FormView(checker), status: .unprocessableContent)
    }
    return page(request, pages(request, token).county(code, FormView()))
  }

  private func county(_ fields: FormFields) -> AreaCode? {
    fields["chosen"].flatMap { AreaCode($0) }.flatMap { $0.level == .county ? $0 : nil }
  }

  /// Makes the county and shows the slips of its administrators.
  private func make(
    _ request: WebRequest, _ fields: FormFields, _ token: SessionToken
  ) async throws -> WebResponse {
    guard let code = county(fields), problem(with: code) == nil else {
      return choose(request, fields, token)
    }
    var checker = FormChecker(fields)
    guard let typed = TypedCounty(&checker, county: code, codes: codes) else {
      return page(
        request, pages(request, token).county(code, FormView(checker)),
        status: .unprocessableContent)
    }
    var slips: [SignInSlip] = []
    var made: [NewAdministrator] = []
    for one in typed.administrators {
      let password = FreshPassword.random(for: one.account, policy: passwordPolicy)
      slips.append(
        SignInSlip(
          account: one.account, displayName: one.displayName, role: one.role,
          areaName: typed.name, password: password))
      made.append(
        NewAdministrator(
          account: one.account, displayName: one.displayName, role: one.role.rawValue,
          hash: try await passwords.hash(password)))
    }
    switch try await write(typed, made, token, request) {
    case .success(.done):
      let site = (try? await services.site.refresh())?.settings ?? services.site.settings
      return .page(signInSlips(slips, site: site, address: address, back: Paths.login.link))
    case .success(let state): return refused(state, request)
    case .failure(let taken):
      checker.fail(taken.field, taken.message)
      return page(
        request, pages(request, token).county(code, FormView(checker)),
        status: .unprocessableContent)
    }
  }

  private struct Taken: Error {
    let field: String
    let message: String
  }

  private func write(
    _ county: TypedCounty, _ administrators: [NewAdministrator], _ token: SessionToken,
    _ request: WebRequest
  ) async throws -> Result<SetUpState, Taken> {
    let (now, from) = (request.now, request.clientAddress.text)
    do {
      return .success(
        try await services.databases.transactionOfNobody { tx in
          try tx.setUp(county, administrators, by: token, from: from, at: now)
        })
    } catch let error as PostgresError where error.isUniqueViolation("accounts_account_key") {
      let names = county.administrators.map(\.account).joined(separator: "、")
      return .failure(
        Taken(
          field: "system_account", message: "\(names) 里有一个账号已被别的县使用，请给三个账号都换个名字，如加上县名的拼音；什么也没有建立"))
    } catch let error as PostgresError where error.isUniqueViolation("site_settings_pkey") {
      return .success(.exists)
    }
  }

  // MARK: Links

  /// The token, if it still opens something.
  private func token(_ code: String, _ request: WebRequest) async throws -> SessionToken? {
    guard let token = SessionToken(code) else { return nil }
    return try await state(of: token, request) == .open ? token : nil
  }

  private func refusal(of code: String, _ request: WebRequest) async throws -> WebResponse {
    guard let token = SessionToken(code) else { return refused(.unknown, request) }
    return refused(try await state(of: token, request), request)
  }

  private func state(of token: SessionToken, _ request: WebRequest) async throws -> SetUpState {
    let now = request.now
    return try await services.databases.transactionOfNobody { tx in
      try tx.one(setUpState(token, at: now))
    }
  }

  private func refused(_ state: SetUpState, _ request: WebRequest) -> WebResponse {
    let (status, body) = SetUpPages.refusal(state)
    return page(request, body, status: status)
  }

  private func pages(_ request: WebRequest, _ token: SessionToken) -> SetUpPages {
    SetUpPages(token: token, codes: codes, csrf: request.csrf)
  }

  private func page(
    _ request: WebRequest, _ body: HTML, status: HTTPResponse.Status = .ok
  ) -> WebResponse {
    services.publicPage(request, title: "建立一个县", status: status, body)
  }
}
