import Domain
import Files
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// 材料: what was scanned and photographed for a case.
struct CaseFileHandlers: Sendable {
  static let intake = FileIntake(
    field: "files", takesDocuments: true,
    limits: UploadLimits(files: 9, fileBytes: 20 << 20, parts: 40, excess: .report))

  let services: Services
  let photos: PhotoCleaner

  /// `GET /desk/cases/:id/files`
  func newFiles(_ request: WebRequest, _ id: CaseID) async throws -> WebResponse {
    try await form(request, id, FormView(), status: .ok)
  }

  private func form(
    _ request: WebRequest, _ id: CaseID, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let principal = try request.principal
    let (record, panel) = try await services.databases.read(as: principal) { tx in
      (try tx.workedCase(id).record, try tx.caseFilePanel(id, for: principal, isOnForm: true))
    }
    return try await services.deskPage(
      request, title: "上传材料", lead: caseLead(record), breadcrumbs: caseCrumbs(record),
      status: status,
      caseFileForm(id, view, csrf: request.csrf) + (panel?.html ?? HTML()))
  }

  /// `POST /desk/cases/:id/files`
  func addFiles(
    _ request: WebRequest, _ id: CaseID, _ upload: Upload
  ) async throws -> WebResponse {
    let (actor, keys, field) = (try request.actingPerson, services.keys, Self.intake.field)
    let area = try await services.databases.read(as: actor.principal) { tx in
      try tx.workedCase(id).record.area
    }
    var checker = FormChecker(upload.fields)
    let (kind, title) = checker.caseFile()
    let sent = try await Self.intake.files(
      in: upload, from: request.clientAddress, with: photos, &checker
    ) { _, file in "文件“\(file.declaredName)”" }
    let count = upload.files(field).count
    if count == 0, upload.problems.isEmpty { checker.fail(field, "请先选择文件") }
    if !checker.isValid, checker.errors[field] == nil, count > 0 {
      checker.fail(field, "浏览器不会保留文件，请重新选择刚才的 \(count) 个文件")
    }
    guard checker.isValid, let kind else {
      return try await form(request, id, FormView(checker), status: .unprocessableContent)
    }
    let entry = FileEntry(
      kind: kind, titles: fileTitles(title, sent.files.map(\.name), kind), by: actor.principal,
      at: actor.now)
    let stored = try await services.databases.transaction(as: actor.principal) { tx -> Int? in
      guard try tx.hasRoom(for: sent.files.count, in: sent.queue) else { return nil }
      let stored = try tx.store(sent, of: .case(id), in: area, as: entry, keys: keys)
      guard stored > 0 else { return 0 }
      try tx.audit(
        AuditEvent(
          action: .addCaseFiles, entity: "cases", entityID: id.description,
          after: ["files": String(stored), "kind": kind.rawValue]), by: actor.origin)
      return stored
    }
    guard let stored else {
      checker.fail(field, "现在等待处理的文件太多，请过几分钟再上传")
      return try await form(request, id, FormView(checker), status: .unprocessableContent)
    }
    return .redirect(
      to: Paths.deskCase.link(id).fragment("case-files"), flash: flash(stored, of: sent.files.count)
    )
  }

  private func flash(_ stored: Int, of count: Int) -> String {
    let known = stored < count ? "有 \(count - stored) 个以前已经上传过，没有重复保存。" : ""
    return stored == 0 ? known : "已收到 \(stored) 个文件，正在处理，稍后可以看到。" + known
  }

  // MARK: Looking

  /// `GET /desk/case-files/:id`
  func showFile(_ request: WebRequest, _ id: FileID) async throws -> WebResponse {
    let keys = services.keys
    let (file, bytes) = try await services.databases.read(as: try request.principal) { tx in
      (try tx.found(listedFile(id, on: .cases)), try tx.cleanFile(id, on: .cases, keys: keys))
    }
    guard let bytes else { return try await absent(file, request) }
    return .file(bytes, file.type, name: file.title)
  }

  /// `GET /desk/case-files/:id/thumbnail`
  func showThumbnail(_ request: WebRequest, _ id: FileID) async throws -> WebResponse {
    let keys = services.keys
    let jpeg = try await services.databases.read(as: try request.principal) { tx in
      try tx.thumbnail(id, on: .cases, keys: keys)
    }
    guard let jpeg else { throw WebError.notFound }
    return .picture(jpeg)
  }

  /// Why there is nothing to see.
  private func absent(_ file: ListedFile, _ request: WebRequest) async throws -> WebResponse {
    let (words, status) = absence(of: file)
    return try await services.deskPage(
      request, title: file.title, lead: file.kind.title,
      breadcrumbs: [("问题（整改）清单", Paths.deskCases.link)], status: status,
      emptyState(
        words, action: buttonLink("回到这件问题", file.home)))
  }

  private func absence(of file: ListedFile) -> (String, HTTPResponse.Status) {
    if let removal = file.removal { return (removalText(removal), .gone) }
    switch file.state {
    case .waiting, .clean: return ("正在处理，请过一会儿再打开", .accepted)
    case .unreadable(let refusal): return ("这个文件\(refusal.message)", .gone)
    }
  }
}

extension FormChecker {
  fileprivate mutating func caseFile() -> (FileKind?, String?) {
    let kind = choice("kind", "材料类型", of: FileKind.self)
    let title = column("title", "标题", max: 80, required: false)
    return (kind, title.map(Masking.withoutResidentIDs))
  }
}

/// What was typed, counted where it is said of several; else what the file was called.
func fileTitles(_ typed: String?, _ names: [String], _ kind: FileKind) -> [String] {
  names.enumerated().map { index, name in
    if let typed { return names.count == 1 ? typed : "\(typed)（\(index + 1)）" }
    let shown = name.unicodeScalars.filter {
      ![.control, .format, .lineSeparator, .paragraphSeparator].contains(
        $0.properties.generalCategory)
    }
    let words = String(String.UnicodeScalarView(shown.drop { $0 == " " }.prefix(80)))
    return words.isEmpty ? kind.title : Masking.withoutResidentIDs(words)
  }
}
