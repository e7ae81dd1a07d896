import Domain
import Ground
import Postgres

/// A draft of a case, a document of it that was served once, and one that was voided; with the county's template and
/// who sends its documents.
func addSampleDocuments(
  _ tx: Transaction, township: String, county: String, account: Int64, case violation: Int64,
  file: Int64, keys: KeyRing
) throws -> (draft: Int64, document: Int64) {
  let owner = CaseID(rawValue: violation)
  try addSampleOffice(tx, county: county, account: account)
  let draft = try tx.one(
    Query<Int64>(
      """
      INSERT INTO document_drafts (area, case_id, kind, submission, template_sequence, content_sealed,
        created_by, created_by_name, created_at, changed_by_name, changed_at)
      VALUES (\(township), \(violation), 'notice', gen_random_uuid(), 0,
        \(try keys.seal(#"{"body":"样本人：\n样本正文","values":{}}"#, for: .documentDraft, of: owner)),
        \(account), '样本员', '2021-08-02', '样本员', '2021-08-02')
      RETURNING id
      """))
  let document = try addSampleDocument(
    tx, township, county, account, owner, draft: draft + 1_000_000, keys)
  let voided = try addSampleDocument(
    tx, township, county, account, owner, draft: draft + 2_000_000, keys)
  try tx.execute(
    """
    INSERT INTO case_document_voids (document_id, area, reason, voided_by, voided_by_name, voided_at)
    VALUES (\(voided), \(township), '写错了', \(account), '样本员', '2021-08-03')
    """)
  let persons = try keys.seal(#"{"receiver":"样本人"}"#, for: .documentService, of: owner)
  try tx.execute(
    """
    INSERT INTO document_services (area, document_id, manner, outcome, served_on, counts_on, served_by, proof,
      personal_sealed, submission, recorded_by, recorded_by_name, recorded_at)
    VALUES (\(township), \(document), 'hand', 'served', '2021-08-03', '2021-08-03', '样本员', '回证1号',
      \(persons), gen_random_uuid(), \(account), '样本员', '2021-08-03')
    """)
  try tx.execute(
    """
    INSERT INTO document_service_files (service_id, file_id, area)
    SELECT max(id), \(file), \(township) FROM document_services
    """)
  return (draft, document)
}

private func addSampleOffice(_ tx: Transaction, county: String, account: Int64) throws {
  try tx.execute(
    """
    INSERT INTO document_templates (area, kind, sequence, body, set_by, set_by_name, set_at)
    VALUES (\(county), 'transfer', 1, \(String(repeating: "样本正文。", count: 6)), \(account), '样本员', '2021-08-01')
    ON CONFLICT DO NOTHING
    """)
  try tx.execute(
    """
    INSERT INTO document_offices (area, sequence, organ, organ_mark, organ_address, organ_code, organ_head,
      contact, phone, court, review_organ, set_by, set_by_name, set_at)
    VALUES (\(county), 1, '样本县住房和城乡建设局', '样住建', '', '', '', '', '', '样本县人民法院', '样本县人民政府',
      \(account), '样本员', '2021-08-01')
    ON CONFLICT DO NOTHING
    """)
  try tx.execute(
    """
    INSERT INTO document_numbers (area, kind, year, last) VALUES (\(county), 'notice', 2021, 0)
    ON CONFLICT DO NOTHING
    """)
}

private func addSampleDocument(
  _ tx: Transaction, _ township: String, _ county: String, _ account: Int64, _ owner: CaseID,
  draft: Int64,
  _ keys: KeyRing
) throws -> Int64 {
  let number = try tx.one(
    Query<Int>(
      """
      UPDATE document_numbers SET last = last + 1 WHERE area = \(county) AND kind = 'notice' AND year = 2021
      RETURNING last
      """))
  let text = "样住建告〔2021〕\(number)号"
  let content = """
    {"body":"样本人：\\n样本正文","caseNumber":"样本","issuedOn":"2021-08-02","kind":"notice",\
    "number":"\(text)","organ":"样本县住房和城乡建设局","values":{"party":"样本人"}}
    """
  let bytes = Array(content.utf8)
  return try tx.one(
    Query<Int64>(
      """
      INSERT INTO case_documents (area, county, case_id, kind, year, number, number_text, draft_id,
        template_sequence, content_sealed, content_sha256, issued_on, issued_by, issued_by_name, issued_at)
      VALUES (\(township), \(county), \(owner), 'notice', 2021, \(number), \(text), \(draft), 0,
        \(try keys.seal(bytes, for: .caseDocument, of: owner)), sha256(\(bytes)::bytea), '2021-08-02',
        \(account), '样本员', '2021-08-02')
      RETURNING id
      """))
}
