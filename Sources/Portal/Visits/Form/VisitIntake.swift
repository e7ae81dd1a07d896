package import Domain
import Files
import Foundation
import Ground
import Pages
import Postgres
import Web

/// What follows once visits say something new of households: the rules look at them.
package typealias VisitsChanged = @Sendable ([HouseholdID], Principal) async -> Void

/// Takes a visit in, from the form on the desk and from the phone alike: one reading, one writing.
struct VisitIntake: Sendable {
  let services: Services
  let photos: PhotoCleaner
  let visitsChanged: VisitsChanged

  enum Outcome: Sendable {
    case recorded(RecordedVisit)
    /// Something is wrong; everything that was typed is in the checker.
    case again(FormChecker)
  }

  /// What the form of a home is drawn with.
  func seen(
    _ tx: Transaction, _ id: RosterEntryID, by principal: Principal, at now: Date
  ) throws -> (entry: RosterEntry, form: VisitFormSeen) {
    let entry = try tx.found(rosterEntry(id))
    let colleagues = try tx.all(colleagues(who: .recordVisits))
      .filter { $0.id != principal.accountID }
    let isSecond = entry.second == principal.accountID
    let second = isSecond ? entry.first : entry.second
    let form = VisitFormSeen(
      colleagues: colleagues,
      second: second.flatMap { id in colleagues.contains { $0.id == id } ? id : nil },
      secondName: isSecond ? entry.firstName : entry.secondName, now: now)
    return (entry, form)
  }

  /// Reads what was sent, and writes it.
  func take(
    _ request: WebRequest, _ id: RosterEntryID, _ upload: Upload
  ) async throws -> Outcome {
    let actor = try request.actingPerson
    let known = try await services.databases.read(as: actor.principal) { tx in
      try tx.all(colleagues(who: .recordVisits))
    }
    var checker = FormChecker(upload.fields)
    let typed = TypedVisit(
      &checker, among: known, by: actor.principal.accountID, at: request.now)
    let sent = try await VisitPhotos.intake.files(
      in: upload, from: request.clientAddress, with: photos, &checker
    ) { index, _ in "第 \(index + 1) 张照片" }
    let signature = try await signature(in: upload, from: request.clientAddress, &checker)
    if !checker.isValid, !upload.allFiles.isEmpty {
      checker.fail(VisitPhotos.field, "浏览器不会保留照片，请重新选择刚才的 \(upload.allFiles.count) 张")
    }
    guard let typed, checker.isValid else { return .again(checker) }
    let keys = services.keys
    let recorded = try await services.databases.transaction(as: actor.principal) {
      tx -> RecordedVisit? in
      guard try tx.hasRoom(for: sent.files.count + signature.files.count, in: sent.queue) else {
        return nil
      }
      let recorded = try tx.record(typed, at: id, by: actor, keys: keys)
      try tx.storePhotos(
        sent, of: recorded.id, in: recorded.area, as: .scene, by: actor, keys: keys)
      try tx.storePhotos(
        signature, of: recorded.id, in: recorded.area, as: .signature, by: actor, keys: keys)
      return recorded
    }
    guard let recorded else {
      checker.fail(VisitPhotos.field, "现在等待处理的照片太多，请先不带照片保存，过几分钟再补传")
      return .again(checker)
    }
    if recorded.isNew { await visitsChanged([recorded.household], actor.principal) }
    return .recorded(recorded)
  }

  private func signature(
    in upload: Upload, from address: ClientAddress, _ checker: inout FormChecker
  ) async throws -> SentFiles {
    try await FileIntake(
      field: VisitPhotos.signature, takesDocuments: false, limits: VisitPhotos.intake.limits
    ).files(in: upload, from: address, with: photos, &checker) { _, _ in "签名" }
  }
}

extension Transaction {
  /// Stores photos of a visit; what it has already is not stored again.
  ///
  /// - Returns: how many are new.
  @discardableResult
  func storePhotos(
    _ sent: SentFiles, of visit: VisitID, in area: AreaCode, as kind: FileKind,
    by actor: ActingPerson, keys: KeyRing
  ) throws -> Int {
    guard !sent.files.isEmpty else { return 0 }
    let last = try one(
      Query<Int>(
        "SELECT coalesce(max(position), 0)::integer FROM files WHERE visit_id = \(visit)"))
    let titles = sent.files.indices.map { "\(kind.title) \(last + $0 + 1)" }
    let stored = try store(
      sent, of: .visit(visit), in: area, after: last,
      as: FileEntry(kind: kind, titles: titles, by: actor.principal, at: actor.now), keys: keys)
    guard stored > 0 else { return 0 }
    try markSamePhotos(of: visit)
    try audit(
      AuditEvent(
        action: .addVisitPhotos, entity: "visits", entityID: visit.description,
        after: ["files": String(stored)]), by: actor.origin)
    return stored
  }
}
