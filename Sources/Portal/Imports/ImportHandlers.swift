import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Register
import Spreadsheet
import Web

/// 导入: the history, sending a file in, and one import from the check to the commit.
struct ImportHandlers: Sendable {
  static let uploadLimits = UploadLimits(files: 1, fileBytes: 256 << 20, excess: .report)

  let services: Services
  let jobs: JobRunner

  func listImports(_ request: WebRequest) async throws -> WebResponse {
    try await services.answer(request, ImportList(asked: ListRequest(request)))
  }

  func newImport(_ request: WebRequest) async throws -> WebResponse {
    try await form(request, FormView(), status: .ok)
  }

  private func form(
    _ request: WebRequest, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    try await services.deskPage(
      request, title: "导入表格", lead: "上传后先检查，看过结果再决定写不写入。",
      breadcrumbs: [("导入", Paths.deskImports.link)], status: status,
      ImportFormPage(
        view: view, kind: request.query["kind"].flatMap { RegisterSheet(rawValue: $0) },
        csrf: request.csrf
      ).html)
  }

  func createImport(_ request: WebRequest, _ upload: Upload) async throws -> WebResponse {
    var checker = FormChecker(upload.fields)
    let kind = checker.choice("kind", "表格种类", of: RegisterSheet.self)
    upload.report(to: &checker, field: "file")
    let file = upload.files("file").first
    if file == nil { checker.fail("file", "请选择要导入的文件") }
    if file?.size == 0 { checker.fail("file", "文件是空的，没有任何内容。请检查是否选错了文件。") }
    if checker.isValid, let file { await Self.look(at: file, &checker) }
    guard checker.isValid, let kind, let file else {
      return try await form(request, FormView(checker), status: .unprocessableContent)
    }
    let stored = try await ImportIntake(services: services, jobs: jobs).store(
      file, kind, as: try request.principal, by: try request.auditOrigin, at: request.now)
    if !stored.isRepeated { await jobs.wake() }
    return .redirect(to: Paths.deskImport.link(stored.id))
  }

  /// Refuses at once what is no workbook at all, while its sender can choose another file.
  private static func look(at file: UploadedFile, _ checker: inout FormChecker) async {
    let (path, name) = (file.path, file.declaredName)
    do {
      try await offPool { _ = try Workbook(path: path, fileName: name) }
    } catch {
      checker.fail("file", (error as? WorkbookError ?? .unreadable).description)
    }
  }

  func showImport(_ request: WebRequest, id: ImportID) async throws -> WebResponse {
    try await show(request, id, refusal: nil)
  }

  private func show(
    _ request: WebRequest, _ id: ImportID, refusal: String?
  ) async throws -> WebResponse {
    let page = try await services.databases.read(as: try request.principal) { tx in
      guard let record = try tx.first(importRecord(id)) else { throw WebError.notFound }
      return ImportShowPage(
        record: record, causes: try tx.all(importCauses(id)),
        problems: try tx.all(importProblems(id, limit: ImportShowPage.problemsShown)),
        changes: try tx.all(importChanges(id, limit: ImportShowPage.changesShown + 1)),
        earlier: try tx.first(earlierImport(of: record.fileHash, record.kind, before: id)),
        refusal: refusal)
    }
    return try await services.deskPage(
      request, title: "导入 \(id)：\(page.record.fileName)",
      lead: "\(page.record.kind.title) · \(page.record.state.title)",
      breadcrumbs: [("导入", Paths.deskImports.link)],
      status: refusal == nil ? .ok : .conflict, page.html(csrf: request.csrf))
  }

  func listProblems(_ request: WebRequest, id: ImportID) async throws -> WebResponse {
    let code = request.query["cause"].flatMap { $0.isEmpty ? nil : $0 }
    let after = request.query["after"].flatMap { Int64($0) } ?? 0
    let page = try await services.databases.read(as: try request.principal) { tx in
      guard let record = try tx.first(importRecord(id)) else { throw WebError.notFound }
      return ImportProblemsPage(
        record: record, causes: try tx.all(importCauses(id)), code: code, isFirst: after == 0,
        found: try tx.all(
          importProblems(
            id, code: code, after: after, limit: ImportProblemsPage.perPage + 1)))
    }
    return try await services.deskPage(
      request, title: "问题清单", lead: "哪一行、哪一列、为什么、怎么改。",
      breadcrumbs: crumbs(page.record), page.html)
  }

  func listChanges(_ request: WebRequest, id: ImportID) async throws -> WebResponse {
    let (record, changes) = try await services.databases.read(as: try request.principal) { tx in
      guard let record = try tx.first(importRecord(id)) else { throw WebError.notFound }
      return (record, try tx.all(importChanges(id, limit: ImportEngine.changesKept)))
    }
    return try await services.deskPage(
      request, title: "改动清单", lead: "登记里已有的内容，逐项对照；号码和姓名不全部显示。",
      breadcrumbs: crumbs(record), changeTable(changes))
  }

  private func crumbs(_ record: ImportRecord) -> [(String, Link)] {
    [
      ("导入", Paths.deskImports.link),
      ("导入 \(record.id)", Paths.deskImport.link(record.id)),
    ]
  }

  // MARK: Steps

  /// The same file once more, on purpose.
  func checkAgain(
    _ request: WebRequest, id: ImportID, _ fields: FormFields
  ) async throws -> WebResponse {
    let takesHidden: Bool? =
      switch fields["hidden"] {
      case "taken": true
      case "left": false
      default: nil
      }
    return try await step(request, id, flash: nil) { steps in
      try await steps.checkAgain(takesHidden: takesHidden)
    }
  }

  func confirmImport(
    _ request: WebRequest, id: ImportID, _ fields: FormFields
  ) async throws -> WebResponse {
    let version = try EditBase(fields).version
    let goodRowsOnly = fields["rows"] == "good"
    return try await step(request, id, flash: nil) { steps in
      try await steps.confirm(version: version, goodRowsOnly: goodRowsOnly)
    }
  }

  func cancelImport(
    _ request: WebRequest, id: ImportID, _ fields: FormFields
  ) async throws -> WebResponse {
    try await step(request, id, flash: "已取消，没有写入任何数据") { steps in try await steps.cancel() }
  }

  private func step(
    _ request: WebRequest, _ id: ImportID, flash: String?,
    _ body: (ImportSteps) async throws -> Void
  ) async throws -> WebResponse {
    do {
      try await body(
        ImportSteps(
          id: id, services: services, jobs: jobs, actor: try request.principal,
          origin: try request.auditOrigin, now: request.now))
    } catch let refusal as ImportRefusal {
      return try await show(request, id, refusal: refusal.description)
    }
    return .redirect(to: Paths.deskImport.link(id), flash: flash)
  }

  // MARK: Taking back

  func askUndo(_ request: WebRequest, id: ImportID) async throws -> WebResponse {
    try await undoPage(request, id, FormView(), status: .ok)
  }

  private func undoPage(
    _ request: WebRequest, _ id: ImportID, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let page = try await services.databases.read(as: try request.principal) { tx in
      guard let record = try tx.first(importRecord(id)) else { throw WebError.notFound }
      return ImportUndoPage(
        record: record, reasons: record.state == .done ? try tx.builtOn(id) : [], view: view)
    }
    return try await services.deskPage(
      request, title: "撤销导入", lead: "撤回这次导入写入的全部内容。", breadcrumbs: crumbs(page.record),
      status: status, page.html(csrf: request.csrf))
  }

  func undoImport(
    _ request: WebRequest, id: ImportID, _ fields: FormFields
  ) async throws -> WebResponse {
    var checker = FormChecker(fields)
    guard let reason = checker.text("reason", "撤销原因", max: 300, min: 2) else {
      return try await undoPage(request, id, FormView(checker), status: .unprocessableContent)
    }
    return try await step(request, id, flash: nil) { steps in
      try await steps.askUndo(reason: reason)
    }
  }
}
