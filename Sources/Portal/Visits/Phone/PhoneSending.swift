import Domain
import Files
import Foundation
import Ground
import HTTPTypes
import Pages
import Postgres
import Web

/// Takes in what a phone has kept: the visit first, then its photos one by one, each acknowledged by its hash once it is
/// stored. What comes again is known by the visit's key and the photo's hash, and stored once.
struct PhoneSendingHandlers: Sendable {
  static let photo = UploadLimits(
    files: 1, fileBytes: VisitPhotos.intake.limits.fileBytes, excess: .report)
  static let visit = UploadLimits(files: 0, parts: 120, fieldBytes: 8 << 10)

  let intake: VisitIntake

  private var databases: Databases { intake.services.databases }

  private struct Arrived: Encodable {
    let visit: String
    /// `stored`, or `known` where it had arrived before.
    let state: String
    let words: String
    /// Whether somebody else was there meanwhile, or the lease has ended.
    let isNoteworthy: Bool
    /// SHA-256 of the photos that have not arrived.
    let missing: [String]
  }

  private struct Refused: Encodable {
    let error: String
    var errors: [Wrong] = []
  }

  private struct Wrong: Encodable {
    let field: String
    let message: String
  }

  private struct StoredPhoto: Encodable {
    let sha256: String
    let stored: Bool
  }

  /// `POST /desk/visits/phone/records`
  func takeVisit(_ request: WebRequest, _ upload: Upload) async throws -> WebResponse {
    let principal = try request.principal
    let fields = upload.fields
    guard let entry = fields["entry"].flatMap({ RosterEntryID($0) }),
      let key = fields["key"].flatMap({ UUID(uuidString: $0) })
    else { throw WebError.badRequest("这次走访不完整，请在手机上重新打开后再保存。") }
    // Before anything is looked at again: what was right when it arrived stays right.
    let known = try await databases.read(as: principal) { tx in
      try tx.arrivedVisit(of: principal.accountID, key: key)
    }
    if let known { return try await acknowledgement(of: known, to: principal) }
    switch try await intake.take(request, entry, upload) {
    case .recorded(let visit): return try await acknowledgement(of: visit, to: principal)
    case .again(let checker):
      let wrong = checker.errors.list.map { Wrong(field: $0.field, message: $0.message) }
      return try .json(
        Refused(error: "有 \(wrong.count) 处要改正", errors: wrong), status: .unprocessableContent)
    }
  }

  private func acknowledgement(
    of visit: RecordedVisit, to principal: Principal
  ) async throws -> WebResponse {
    let missing = try await databases.read(as: principal) { tx in
      try tx.all(missingPhotos(of: visit.id))
    }
    return try .json(
      Arrived(
        visit: visit.id.description, state: visit.isNew ? "stored" : "known", words: visit.words,
        isNoteworthy: !visit.others.isEmpty || visit.endedOn != nil, missing: missing))
  }

  /// `POST /desk/visits/phone/photos/:id`
  func takePhoto(
    _ request: WebRequest, _ id: VisitID, _ upload: Upload
  ) async throws -> WebResponse {
    let actor = try request.actingPerson
    guard try await databases.read(as: actor.principal, { tx in try tx.ownVisit(id, actor) }) != nil
    else { throw WebError.notFound }
    // Too many send at this moment: the phone keeps it and comes again.
    if upload.problems.contains(where: { $0.kind == .noRoom }) { throw WebError.unavailable }
    var checker = FormChecker(upload.fields)
    let sent = try await FileIntake(
      field: VisitPhotos.field, takesDocuments: false, limits: Self.photo
    ).files(in: upload, from: request.clientAddress, with: intake.photos, &checker) { _, _ in "这张照片"
    }
    guard let file = sent.files.first, checker.isValid else {
      let words = checker.errors.list.first?.message ?? "没有收到照片，请重新发送"
      return try .json(Refused(error: words), status: .unprocessableContent)
    }
    let kind: FileKind = upload.fields["kind"] == FileKind.signature.rawValue ? .signature : .scene
    let keys = intake.services.keys
    try await databases.transaction(as: actor.principal) { tx in
      // Photos of one visit come one after another: of two that are the same, the second finds the first.
      guard let visit = try tx.ownVisit(id, actor, lock: true) else { throw WebError.notFound }
      guard try tx.hasRoom(for: 1, in: sent.queue) else { throw WebError.unavailable }
      try tx.storePhotos(
        sent, of: visit.id, in: visit.area, as: kind, by: actor, keys: keys)
    }
    return try .json(StoredPhoto(sha256: hexadecimal(file.sha256), stored: true))
  }
}

/// SHA-256 of the photos that a phone has taken for a visit and that are not here yet, in their order.
private func missingPhotos(of visit: VisitID) -> Query<String> {
  Query(
    """
    SELECT encode(p.hash, 'hex') FROM visits v, unnest(v.photos_taken) WITH ORDINALITY p(hash, place)
    WHERE v.id = \(visit) AND NOT EXISTS (
      SELECT FROM files f WHERE f.visit_id = v.id AND f.original_sha256 = p.hash)
    ORDER BY p.place
    """)
}

extension Transaction {
  /// A visit that somebody wrote themselves; nil for another's. A void one takes its photos all the same: what was seen
  /// is not lost because somebody was faster.
  fileprivate func ownVisit(
    _ id: VisitID, _ actor: ActingPerson, lock: Bool = false
  ) throws -> RecordedVisit? {
    if lock { try execute("SELECT FROM visits WHERE id = \(id) FOR NO KEY UPDATE") }
    return try first(
      Query(
        """
        SELECT id, area, household_id FROM visits
        WHERE id = \(id) AND recorded_by = \(actor.principal.accountID)
        """
      ) { row in
        RecordedVisit(
          id: try row("id"), area: try row("area"), household: try row("household_id"),
          isNew: false, others: [], endedOn: nil)
      })
  }
}
