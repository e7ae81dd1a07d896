import Crypto
import Domain
import Foundation
import Ground
import Postgres

/// Everything that a document says, as it was issued: these bytes are sealed, and their hash is kept.
struct FrozenDocument: Codable, Sendable {
  let number: String
  let kind: DocumentKind
  let caseNumber: String
  let organ: String
  let issuedOn: Day
  let body: String
  /// What was typed for it: whom it is sent to, and where.
  let values: [String: String]

  subscript(place: DocumentPlaceholder) -> String? { values[place.rawValue] }
}

/// An issued document, whole.
struct IssuedDocument: RowDecodable, Sendable {
  let id: CaseDocumentID
  let area: AreaCode
  let caseID: CaseID
  let kind: DocumentKind
  let number: String
  private let contentSealed: [UInt8]
  let sha256: [UInt8]
  let issuedOn: Day
  let issuedByName: String
  let issuedAt: Date
  let voided: Voided?

  struct Voided: Sendable {
    let reason: String
    let byName: String
    let at: Date
  }

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    caseID = try row("case_id")
    kind = try row("kind")
    number = try row("number_text")
    contentSealed = try row("content_sealed")
    sha256 = try row("content_sha256")
    issuedOn = try row("issued_on")
    issuedByName = try row("issued_by_name")
    issuedAt = try row("issued_at")
    let reason: String? = try row("reason")
    voided = try reason.map {
      Voided(reason: $0, byName: try row("voided_by_name"), at: try row("voided_at"))
    }
  }

  /// What it says, once its bytes are found to be those that were issued.
  func content(_ keys: KeyRing) throws -> FrozenDocument {
    let bytes = try keys.open(contentSealed, for: .caseDocument, of: caseID)
    guard Array(SHA256.hash(data: bytes)) == sha256 else { throw DocumentChanged() }
    return try JSONDecoder().decode(FrozenDocument.self, from: Data(bytes))
  }
}

/// The bytes of a document are not those that were issued.
struct DocumentChanged: Error {}

func issuedDocument(_ id: CaseDocumentID) -> Query<IssuedDocument> {
  Query(
    """
    SELECT d.id, d.area, d.case_id, d.kind, d.number_text, d.content_sealed, d.content_sha256,
      d.issued_on, d.issued_by_name, d.issued_at, v.reason, v.voided_by_name, v.voided_at
    FROM case_documents d LEFT JOIN case_document_voids v ON v.document_id = d.id
    WHERE d.id = \(id)
    """)
}

/// An issued document in a list.
struct IssuedLine: RowDecodable, Sendable {
  let id: CaseDocumentID
  let kind: DocumentKind
  let number: String
  let issuedOn: Day
  let issuedAt: Date
  let issuedByName: String
  let isVoid: Bool
  /// The day on which it counts as served; nil where it does not yet.
  let servedOn: Day?
  let attempts: Int

  init(_ row: Row) throws {
    id = try row("id")
    kind = try row("kind")
    number = try row("number_text")
    issuedOn = try row("issued_on")
    issuedAt = try row("issued_at")
    issuedByName = try row("issued_by_name")
    isVoid = try row("is_void")
    servedOn = try row("counts_on")
    attempts = try row("attempts")
  }
}

func issuedLines(of id: CaseID) -> Query<IssuedLine> {
  Query(
    """
    SELECT d.id, d.kind, d.number_text, d.issued_on, d.issued_at, d.issued_by_name,
      v.document_id IS NOT NULL AS is_void, s.counts_on, s.attempts
    FROM case_documents d
    LEFT JOIN case_document_voids v ON v.document_id = d.id
    CROSS JOIN LATERAL (
      SELECT min(counts_on) AS counts_on, count(*) AS attempts FROM document_services s
      WHERE s.document_id = d.id
        AND NOT EXISTS (SELECT FROM document_services n WHERE n.replaces = s.id)) s
    WHERE d.case_id = \(id) ORDER BY d.id
    """)
}

// MARK: - Issuing

extension Transaction {
  /// The next number of a series. Its row is held until the transaction ends: what is taken back takes its number
  /// back, and who issues at the same time waits.
  func nextDocumentNumber(_ kind: DocumentKind, year: Int, in county: AreaCode) throws -> Int {
    try execute(
      """
      INSERT INTO document_numbers (area, kind, year, last) VALUES (\(county), \(kind), \(year), 0)
      ON CONFLICT ON CONSTRAINT document_numbers_key DO NOTHING
      """)
    let last = try one(
      Query<Int>(
        """
        SELECT last FROM document_numbers
        WHERE area = \(county) AND kind = \(kind) AND year = \(year) FOR UPDATE
        """))
    try execute(
      """
      UPDATE document_numbers SET last = \(last + 1)
      WHERE area = \(county) AND kind = \(kind) AND year = \(year)
      """)
    return last + 1
  }

  /// Numbers a draft, freezes it, and lets the draft go.
  func issue(
    _ seen: DraftSeen, keys: KeyRing, by principal: Principal, origin: AuditOrigin, at now: Date
  ) throws -> CaseDocumentID {
    let (draft, today) = (seen.draft, ShanghaiTime.day(of: now))
    let county = draft.area.county ?? draft.area
    let number = DocumentNumber(
      organMark: seen.office.organMark, kind: draft.kind, year: today.year,
      number: try nextDocumentNumber(draft.kind, year: today.year, in: county))
    let frozen = FrozenDocument(
      number: number.text, kind: draft.kind, caseNumber: seen.worked.record.number,
      organ: seen.office.organ, issuedOn: today, body: seen.content.body,
      values: seen.content.values)
    let bytes = try documentJSON(frozen)
    let hash = Array(SHA256.hash(data: bytes))
    let id = try one(
      Query<CaseDocumentID>(
        """
        INSERT INTO case_documents (area, county, case_id, kind, year, number, number_text, draft_id,
          template_sequence, content_sealed, content_sha256, issued_on, issued_by, issued_by_name,
          issued_at)
        VALUES (\(draft.area), \(county), \(draft.caseID), \(draft.kind), \(number.year),
          \(number.number), \(number.text), \(draft.id), \(draft.templateSequence),
          \(try keys.seal(bytes, for: .caseDocument, of: draft.caseID)), \(hash), \(today),
          \(principal.accountID), \(principal.displayName), \(now))
        RETURNING id
        """))
    try execute("DELETE FROM document_drafts WHERE id = \(draft.id)")
    try audit(
      AuditEvent(
        action: .issueDocument, entity: "case_documents", entityID: id.description,
        after: [
          "kind": draft.kind.title, "document_number": number.text,
          "case": seen.worked.record.number, "sha256": hexText(hash),
        ]), by: origin)
    return id
  }
}

func hexText(_ bytes: [UInt8]) -> String {
  bytes.map { byte in
    let text = String(byte, radix: 16)
    return text.count == 1 ? "0" + text : text
  }.joined()
}
