import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres

/// Who took a document, where, and who saw it.
struct ServicePersons: Codable, Hashable, Sendable {
  var place: String?
  var receiver: String?
  var relation: String?
  var witness: String?
  var note: String?
}

/// A scan or photo that proves an attempt.
struct ServiceFile: Decodable, Hashable, Sendable {
  let id: String
  let title: String
  /// Whether it was taken out of the case since.
  let isRemoved: Bool

  var link: Link? { isRemoved ? nil : FileID(id).map { Paths.deskCaseFile.link($0) } }
}

/// An attempt to serve a document, as it was recorded.
struct ServiceEntry: RowDecodable, Sendable {
  let id: DocumentServiceID
  let attempt: ServiceAttempt
  let countsOn: Day?
  let servedBy: String
  let carrier: String?
  let proof: String?
  let files: [ServiceFile]
  private let personalSealed: [UInt8]?
  let isReplaced: Bool
  let recordedByName: String
  let recordedAt: Date

  init(_ row: Row) throws {
    id = try row("id")
    attempt = ServiceAttempt(
      try row("manner"), try row("outcome"), on: try row("served_on"))
    countsOn = try row("counts_on")
    servedBy = try row("served_by")
    carrier = try row("carrier")
    proof = try row("proof")
    files = try JSONDecoder().decode(
      [ServiceFile].self, from: Data(try row("files", as: String.self).utf8))
    personalSealed = try row("personal_sealed")
    isReplaced = try row("is_replaced")
    recordedByName = try row("recorded_by_name")
    recordedAt = try row("recorded_at")
  }

  /// - Parameter keys: nil for who does not work the case.
  func persons(of id: CaseID, keys: KeyRing?) -> ServicePersons {
    guard let personalSealed, let keys,
      let bytes = try? keys.open(personalSealed, for: .documentService, of: id)
    else { return ServicePersons() }
    return (try? JSONDecoder().decode(ServicePersons.self, from: Data(bytes))) ?? ServicePersons()
  }
}

/// The attempts, the first first; those that were corrected stay among them.
func serviceEntries(of id: CaseDocumentID) -> Query<ServiceEntry> {
  Query(
    """
    SELECT s.id, s.manner, s.outcome, s.served_on, s.counts_on, s.served_by, s.carrier, s.proof,
      (
        SELECT coalesce(json_agg(json_build_object('id', f.id::text, 'title', f.title,
          'isRemoved', f.removed_at IS NOT NULL) ORDER BY f.id), '[]')::text
        FROM document_service_files x JOIN files f ON f.id = x.file_id
        WHERE x.service_id = s.id) AS files, s.personal_sealed, s.recorded_by_name, s.recorded_at,
      EXISTS (SELECT FROM document_services n WHERE n.replaces = s.id) AS is_replaced
    FROM document_services s WHERE s.document_id = \(id) ORDER BY s.served_on, s.id
    """)
}

extension ServiceEntry {
  /// The names of its files, where its proof does not name them.
  var attached: String? {
    let names = files.map(\.title).joined(separator: "、")
    return names.isEmpty || proof == names ? nil : "附件：\(names)"
  }
}

extension Sequence<ServiceEntry> {
  /// What holds, without what was corrected.
  var ladder: ServiceLadder { ServiceLadder(filter { !$0.isReplaced }.map(\.attempt)) }
}
