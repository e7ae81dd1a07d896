import Domain
import Foundation
import Ground
import Postgres
import Web

/// What a draft says: what was typed, and the text made of it.
struct DraftContent: Codable, Sendable {
  var values: [String: String]
  var body: String

  init(values: [DocumentPlaceholder: String], body: String) {
    self.values = Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
    self.body = body
  }

  var places: [DocumentPlaceholder: String] {
    Dictionary(
      values.compactMap { name, value in DocumentPlaceholder(rawValue: name).map { ($0, value) } },
      uniquingKeysWith: { first, _ in first })
  }
}

/// A document that is being written.
struct DocumentDraft: RowDecodable, Sendable {
  let id: DocumentDraftID
  let area: AreaCode
  let caseID: CaseID
  let kind: DocumentKind
  let version: Int
  let templateSequence: Int
  private let contentSealed: [UInt8]
  let createdByName: String
  let changedByName: String
  let changedAt: Date

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    caseID = try row("case_id")
    kind = try row("kind")
    version = try row("version")
    templateSequence = try row("template_sequence")
    contentSealed = try row("content_sealed")
    createdByName = try row("created_by_name")
    changedByName = try row("changed_by_name")
    changedAt = try row("changed_at")
  }

  func content(_ keys: KeyRing) throws -> DraftContent {
    try JSONDecoder().decode(
      DraftContent.self, from: Data(try keys.open(contentSealed, for: .documentDraft, of: caseID)))
  }
}

private let draftColumns: SQL = """
  id, area, case_id, kind, version, template_sequence, content_sealed, created_by_name,
  changed_by_name, changed_at
  """

/// - Parameter isHeld: whether it is locked until the transaction ends.
func documentDraft(_ id: DocumentDraftID, isHeld: Bool = false) -> Query<DocumentDraft> {
  let lock: SQL = isHeld ? "FOR UPDATE" : .empty
  return Query("SELECT \(draftColumns) FROM document_drafts WHERE id = \(id) \(lock)")
}

func documentDrafts(of id: CaseID) -> Query<DocumentDraft> {
  Query("SELECT \(draftColumns) FROM document_drafts WHERE case_id = \(id) ORDER BY id")
}

extension KeyRing {
  func seal(_ content: DraftContent, of id: CaseID) throws -> [UInt8] {
    try seal(documentJSON(content), for: .documentDraft, of: id)
  }
}

/// Always the same bytes for the same content.
func documentJSON(_ content: some Encodable) throws -> Data {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return try encoder.encode(content)
}

extension DocumentKind {
  /// What somebody typed, as the kind may hold it: only what a court asks for holds whole ID numbers.
  func permitted(_ text: String) -> String {
    form.needsWholeNumber ? text : Masking.withoutResidentIDs(text)
  }
}
