import Domain
import Files
import Ground
import Pages
import Postgres
import Web

/// The scans and photos with which an attempt to serve a document is recorded.
struct ServiceProof: Sendable {
  static let intake = FileIntake(
    field: "files", takesDocuments: true,
    limits: UploadLimits(files: 9, fileBytes: 20 << 20, parts: 60, excess: .report))
  static let none = ServiceProof(sent: .none, problem: nil, chosen: 0)

  let sent: SentFiles
  /// What is wrong with them, in words.
  let problem: String?
  /// How many were chosen.
  let chosen: Int

  var isEmpty: Bool { sent.files.isEmpty }

  /// What they are called in the case.
  var titles: [String] { fileTitles(nil, sent.files.map(\.name), .service) }

  /// Says at their field what keeps them from being taken.
  func report(to checker: inout FormChecker) {
    if let problem {
      checker.fail(Self.intake.field, problem)
    } else if !checker.isValid, chosen > 0 {
      checker.fail(Self.intake.field, "浏览器不会保留文件，请重新选择刚才的 \(chosen) 个文件")
    }
  }

  /// Puts them to the case, and beside the attempt that they prove.
  func store(
    for service: DocumentServiceID, of record: CaseRecord, by editor: Editor, _ tx: Transaction
  ) throws {
    guard !isEmpty else { return }
    guard try tx.hasRoom(for: sent.files.count, in: sent.queue) else {
      throw EditProblem.field(Self.intake.field, "现在等待处理的文件太多，请过几分钟再登记")
    }
    try tx.store(
      sent, of: .case(record.id), in: record.area,
      as: FileEntry(kind: .service, titles: titles, by: editor.principal, at: editor.now),
      keys: editor.keys)
    let files = try tx.fileIDs(of: record.id, holding: sent)
    try tx.execute(
      """
      INSERT INTO document_service_files (service_id, file_id, area)
      SELECT \(service), f, \(record.area) FROM unnest(\(list: files)::bigint[]) f
      """)
  }
}

/// `POST /desk/documents/:id/service`: the form with its files.
struct ServiceHandlers: Sendable {
  let services: Services
  let photos: PhotoCleaner

  func record(
    _ request: WebRequest, _ id: CaseDocumentID, _ upload: Upload
  ) async throws -> WebResponse {
    let intake = ServiceProof.intake
    var checker = FormChecker(upload.fields)
    let sent = try await intake.files(
      in: upload, from: request.clientAddress, with: photos, &checker
    ) { _, file in "文件“\(file.declaredName)”" }
    let proof = ServiceProof(
      sent: sent, problem: checker.errors[intake.field],
      chosen: upload.files(intake.field).count)
    return try await serviceForm(services, proof: proof).submit(request, id, upload.fields)
  }
}
