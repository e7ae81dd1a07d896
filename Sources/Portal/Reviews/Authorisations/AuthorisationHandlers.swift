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

/// 授权书: the register of authorisations, one by one and by workbook, and what the county says of households
/// without them.
struct AuthorisationHandlers: Sendable {
  static let workbookLimits = UploadLimits(files: 1, fileBytes: 20 << 20, excess: .report)
  static let scanLimits = UploadLimits(files: 1, fileBytes: 10 << 20, excess: .report)

  let services: Services

  // MARK: The register

  /// `GET /desk/authorisations`
  func showAuthorisations(_ request: WebRequest) async throws -> WebResponse {
    try await overview(request, FormView(), status: .ok)
  }

  private func overview(
    _ request: WebRequest, _ view: FormView, problems: [RowProblem] = [],
    status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let today = ShanghaiTime.day(of: request.now)
    let page = try await services.databases.read(as: principal) { tx in
      var page = AuthorisationPage(
        setting: try tx.first(authorisationSetting(of: principal.area)), principal: principal,
        view: view, problems: problems)
      try tx.forEachUnauthorised(of: householdsWithLease, on: today, keys: keys) { page.add($0) }
      return page
    }
    return try await services.deskPage(
      request, title: "授权书", lead: "核对收入和资产要有每个成年成员签的授权书：谁签了、哪天签的、到哪天为止。",
      status: status, page.html(csrf: request.csrf))
  }

  /// `GET /desk/authorisations/template`
  func downloadTemplate(_ request: WebRequest) async throws -> WebResponse {
    try templateDownload(AuthorisationRow.map, named: "授权书导入模板")
  }

  /// `POST /desk/authorisations`
  func importAuthorisations(_ request: WebRequest, _ upload: Upload) async throws -> WebResponse {
    var checker = FormChecker(upload.fields)
    upload.report(to: &checker, field: "file")
    let (actor, keys) = (try request.actingPerson, services.keys)
    guard let file = upload.files("file").first, checker.isValid else {
      if checker.errors["file"] == nil { checker.fail("file", "请选择要上传的文件") }
      return try await overview(request, FormView(checker), status: .unprocessableContent)
    }
    do {
      var limits = ReadLimits()
      limits.rows = AuthorisationOutcome.mostRows
      let workbook = try Workbook(
        path: file.path, fileName: file.declaredName, limits: limits)
      let today = ShanghaiTime.day(of: request.now)
      let (read, rows) = try AuthorisationOutcome.read(workbook, today: today)
      let outcome = try await services.databases.transaction(as: actor.principal) { tx in
        var outcome = read
        try outcome.enter(rows, by: actor, keys: keys, tx)
        return outcome
      }
      guard outcome.problems.isEmpty else {
        checker.fail("file", outcome.flash + "有问题的行没有登记，改好后再上传一次，已经登记的不会重复。")
        return try await overview(
          request, FormView(checker), problems: outcome.problems, status: .unprocessableContent)
      }
      return .redirect(to: Paths.deskAuthorisations.link, flash: outcome.flash)
    } catch let error as WorkbookError {
      checker.fail("file", error.description)
      return try await overview(request, FormView(checker), status: .unprocessableContent)
    }
  }

  /// `POST /desk/authorisations/setting`
  func setAuthorisations(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    var checker = FormChecker(fields)
    let choice = checker.choice("without", "没有授权书的家庭", among: ["yes", "no"])
    let document = checker.column("document", "依据文件", max: 200)
    guard checker.isValid, let choice, let document else {
      return try await overview(request, FormView(checker), status: .unprocessableContent)
    }
    let actor = try request.actingPerson
    try await services.databases.transaction(as: actor.principal) { tx in
      try tx.setAuthorisation(mayCheckWithout: choice == "yes", document: document, by: actor)
    }
    return .redirect(to: Paths.deskAuthorisations.link, flash: "已设置。")
  }

  // MARK: One household

  /// `GET /desk/households/:id/authorisation`
  func showForm(_ request: WebRequest, _ id: HouseholdID) async throws -> WebResponse {
    try await form(request, id, FormView(), status: .ok)
  }

  private func form(
    _ request: WebRequest, _ id: HouseholdID, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let (household, members) = try await services.databases.read(as: principal) { tx in
      guard let household = try tx.first(householdDetail(id)) else { throw WebError.notFound }
      return (household, try tx.members(of: id, keys: keys))
    }
    return try await services.deskPage(
      request, title: "登记授权书", lead: "家庭编号 \(household.number)",
      breadcrumbs: [
        ("保障家庭", Paths.deskHouseholds.link), (household.number, Paths.deskHousehold.link(id)),
      ], status: status,
      authorisationForm(
        members, of: id, today: ShanghaiTime.day(of: request.now), view, csrf: request.csrf))
  }

  /// `POST /desk/households/:id/authorisation`
  func addAuthorisation(
    _ request: WebRequest, _ id: HouseholdID, _ upload: Upload
  ) async throws -> WebResponse {
    let (actor, keys) = (try request.actingPerson, services.keys)
    let members = try await services.databases.read(as: actor.principal) { tx in
      guard try tx.first(householdDetail(id)) != nil else { throw WebError.notFound }
      return try tx.members(of: id, keys: keys)
    }
    var checker = FormChecker(upload.fields)
    let today = ShanghaiTime.day(of: request.now)
    guard let typed = try checker.authorisation(upload, among: members, today: today) else {
      return try await form(request, id, FormView(checker), status: .unprocessableContent)
    }
    let isNew = try await services.databases.transaction(as: actor.principal) { tx in
      guard try tx.enter([typed], by: actor, keys: keys) == 1 else { return false }
      try tx.audit(
        AuditEvent(
          action: .addAuthorisation, entity: "authorisations",
          after: [
            "household": id.description, "person": typed.person.description,
            "signed_on": typed.signedOn.iso, "until_on": typed.runsOutOn?.iso ?? "",
          ]), by: actor.origin)
      return true
    }
    guard isNew else {
      checker.fail("signed_on", "这位成员同一天签的授权书已经登记过")
      return try await form(request, id, FormView(checker), status: .unprocessableContent)
    }
    return .redirect(to: Paths.deskHousehold.link(id), flash: "已登记授权书。")
  }

  /// `GET /desk/authorisations/:id/scan`
  func downloadScan(_ request: WebRequest, _ id: AuthorisationID) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let (type, bytes) = try await services.databases.read(as: principal) { tx in
      let found = try tx.first(
        Query(
          """
          SELECT person_id, scan_type, scan_sealed FROM authorisations
          WHERE id = \(id) AND scan_sealed IS NOT NULL
          """
        ) { row -> (PersonID, String, [UInt8]) in
          (try row("person_id"), try row("scan_type"), try row("scan_sealed"))
        })
      guard let (person, type, sealed) = found else { throw WebError.notFound }
      return (type, try keys.open(sealed, for: .authorisationScan, of: person))
    }
    let ending = type == "application/pdf" ? "pdf" : type == "image/png" ? "png" : "jpg"
    // Taken away as a file, never drawn by the page: what was sent in is shown as it is to nobody.
    var response = WebResponse.bytes(
      bytes, type: "application/octet-stream", filename: "授权书\(id).\(ending)")
    response.headers[.cacheControl] = "no-store"
    return response
  }
}

/// Those whose affairs are checked.
private let householdsWithLease: SQL = "SELECT household_id FROM leases WHERE state = 'running'"

extension Transaction {
  fileprivate func members(of id: HouseholdID, keys: KeyRing) throws -> [MaskedPerson] {
    try all(persons(of: id)).filter(\.isPresent).map { MaskedPerson($0, keys: keys) }
  }
}

extension FormChecker {
  fileprivate mutating func authorisation(
    _ upload: Upload, among members: [MaskedPerson], today: Day
  ) throws -> TypedAuthorisation? {
    let person = choice("person", "谁签的", among: members.map(\.person.id.description))
      .flatMap { PersonID($0) }
    let signedOn = day("signed_on", "签署日期")
    let runsOutOn = day("runs_out_on", "到期日期", required: false)
    if let signedOn, signedOn > today { fail("signed_on", "签署日期在今天之后，请核对") }
    if let signedOn, let runsOutOn, runsOutOn < signedOn {
      fail("runs_out_on", "到期日期在签署日期以前，请核对")
    }
    let note = column("paper_note", "纸质件存放处", max: 200, required: false)
    upload.report(to: &self, field: "scan")
    let file = upload.files("scan").first
    let type = file.flatMap { ScannedPaper.type(of: $0.firstBytes) }
    if file != nil, type == nil { fail("scan", "扫描件应是 JPG、PNG 或 PDF，请换一个文件") }
    if file == nil, note == nil, isValid {
      fail("paper_note", "请上传扫描件，或写明纸质件存放在哪里")
    }
    guard isValid, let person, let signedOn else { return nil }
    var typed = TypedAuthorisation(
      person: person, signedOn: signedOn, runsOutOn: runsOutOn, paperNote: note)
    if let file, let type {
      typed.scan = ScannedPaper(
        type: type, bytes: Array(try Data(contentsOf: URL(filePath: file.path))),
        sha256: file.sha256)
    }
    return typed
  }
}
