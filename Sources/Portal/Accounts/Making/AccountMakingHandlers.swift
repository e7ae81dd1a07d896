import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Spreadsheet
import Web

/// `/admin/accounts/new` and `/admin/accounts/import`: accounts are made one by one or from a workbook; the answer
/// shows their first passwords on slips to be printed, once.
struct AccountMakingHandlers: Sendable {
  static let workbookLimits = UploadLimits(files: 1, fileBytes: 5 << 20, excess: .report)

  let services: Services
  let passwords: PasswordHasher
  let passwordPolicy: PasswordPolicy
  /// What people type into their browsers; nil where it is not known.
  let address: String?

  // MARK: One

  /// `GET /admin/accounts/new`
  func newAccount(_ request: WebRequest) async throws -> WebResponse {
    _ = try request.confirmedPrincipal()
    return try await form(request, FormView(), try await places(request), status: .ok)
  }

  /// `POST /admin/accounts/new`
  func createAccount(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    _ = try request.confirmedPrincipal()
    let places = try await places(request)
    var checker = FormChecker(fields)
    let account = checker.accountName("account")
    guard let typed = checker.account(places), let account else {
      return try await form(request, FormView(checker), places, status: .unprocessableContent)
    }
    do {
      return try await make([(account, typed)], places, request)
    } catch let error as AccountError {
      checker.fail("account", error.description)
      return try await form(request, FormView(checker), places, status: .unprocessableContent)
    }
  }

  private func form(
    _ request: WebRequest, _ view: FormView, _ places: [AccountPlace],
    status: HTTPResponse.Status
  ) async throws -> WebResponse {
    try await services.deskPage(
      request, title: "新建账号", lead: "初始密码由系统生成，显示一次，打印交给本人；首次登录必须改掉。",
      breadcrumbs: crumbs, status: status,
      panel(
        "新建账号",
        view.form(
          action: Paths.adminAccountNew.link, csrf: request.csrf, button: "建立并显示登录单",
          """
          \(view.input(
            "account", "账号", hint: "登录时用：小写字母、数字或连字符，以字母开头，如 minzheng", maxlength: 32,
            autocomplete: "off"))\
          \(accountFields(view, places))
          """)))
  }

  // MARK: A workbook

  /// `GET /admin/accounts/import`
  func showImport(_ request: WebRequest) async throws -> WebResponse {
    _ = try request.confirmedPrincipal()
    return try await importPage(request, FormView(), [], status: .ok)
  }

  /// `GET /admin/accounts/template`
  func downloadTemplate(_ request: WebRequest) async throws -> WebResponse {
    try templateDownload(AccountRow.map, named: "账号导入模板")
  }

  /// `POST /admin/accounts/import`: all accounts of the workbook, or none.
  func importAccounts(_ request: WebRequest, _ upload: Upload) async throws -> WebResponse {
    _ = try request.confirmedPrincipal(orBackTo: Paths.adminAccountImport.link)
    var checker = FormChecker(upload.fields)
    upload.report(to: &checker, field: "file")
    guard let file = upload.files("file").first, checker.isValid else {
      if checker.errors["file"] == nil { checker.fail("file", "请选择要上传的文件") }
      return try await importPage(request, FormView(checker), [], status: .unprocessableContent)
    }
    let places = try await places(request)
    let taken = try await services.databases.all(takenNames(), as: try request.principal)
    var problems: [RowProblem] = []
    do {
      let workbook = try Workbook(path: file.path, fileName: file.declaredName)
      let sheet = try AccountSheet(workbook, taken: Set(taken), places: places)
      problems = sheet.problems
      if problems.isEmpty {
        return try await make(sheet.accounts.map { ($0.account, $0.typed) }, places, request)
      }
      checker.fail("file", "有 \(problems.count) 处要改，一个账号也没有建立；请改好后重新上传")
    } catch let error as WorkbookError {
      checker.fail("file", error.description)
    } catch let error as AccountError {
      checker.fail("file", "\(error.description)；一个账号也没有建立")
    }
    return try await importPage(
      request, FormView(checker), problems, status: .unprocessableContent)
  }

  private func importPage(
    _ request: WebRequest, _ view: FormView, _ problems: [RowProblem],
    status: HTTPResponse.Status
  ) async throws -> WebResponse {
    try await services.deskPage(
      request, title: "从表格建立账号", lead: "一行一个账号，一次最多 \(AccountSheet.mostRows) 个；有一行不对，就一个也不建立。",
      breadcrumbs: crumbs, status: status,
      (problems.isEmpty ? HTML() : panel("要改的行", rowProblemTable(problems)))
        + panel(
          "表格",
          actions: buttonLink("下载模板", Paths.adminAccountTemplate.link, isPrimary: false),
          view.form(
            action: Paths.adminAccountImport.link, csrf: request.csrf, hasFiles: true,
            button: "检查并建立",
            view.files(
              "file", "文件", accept: ".xlsx,.csv", multiple: false,
              hint: "XLSX 或 CSV：账号、姓名、角色、区划四列。成功后显示登录单，每个账号一张", required: true))))
  }

  // MARK: Both

  private var crumbs: [(String, Link)] { [adminCrumb, ("账号", Paths.adminAccounts.link)] }

  private func places(_ request: WebRequest) async throws -> [AccountPlace] {
    let principal = try request.principal
    return try await services.databases.all(accountPlaces(in: principal.area), as: principal)
  }

  /// Makes them in one transaction and shows their slips.
  private func make(
    _ wanted: [(account: String, typed: TypedAccount)], _ places: [AccountPlace],
    _ request: WebRequest
  ) async throws -> WebResponse {
    var made: [MadeAccount] = []
    for (account, typed) in wanted {
      let password = FreshPassword.random(for: account, policy: passwordPolicy)
      made.append(
        MadeAccount(
          account: account, typed: typed, password: password,
          hash: try await passwords.hash(password)))
    }
    let (principal, origin, now) = (try request.principal, try request.auditOrigin, request.now)
    let all = made
    try await services.databases.transaction(as: principal) { tx in
      for one in all { try tx.make(one, by: origin, at: now) }
    }
    let names = Dictionary(places.map { ($0.code, $0.name) }) { first, _ in first }
    let slips = made.map { one in
      SignInSlip(
        account: one.account, displayName: one.typed.displayName, role: one.typed.role,
        areaName: names[one.typed.area] ?? one.typed.area.rawValue, password: one.password)
    }
    return .page(
      signInSlips(
        slips, site: services.site.settings(for: principal), address: address,
        back: Paths.adminAccounts.link))
  }
}
