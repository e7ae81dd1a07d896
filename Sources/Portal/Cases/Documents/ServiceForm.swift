import Domain
import Files
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Web

/// A document about to be served, with what was tried.
struct ServiceSeen: Sendable {
  let document: IssuedDocument
  let record: CaseRecord
  let entries: [ServiceEntry]
  let address: String

  /// Why it cannot be served at all, in words.
  var obstacle: String? {
    if document.voided != nil { return "这份文书已经作废，不能送达" }
    if document.kind == .returnOrder, record.state == .noticed {
      return "书面决定还没有批准（“作出书面决定”这一步），不能送达"
    }
    return document.kind == .closing ? "结案审批表存入案卷，不用送达" : nil
  }
}

struct TypedService: Sendable {
  let attempt: ServiceAttempt
  let servedBy: String
  let carrier: String?
  let proof: String?
  let persons: ServicePersons
  let replaces: DocumentServiceID?
  let submission: String
}

/// `/desk/documents/:id/service`: one attempt of the ladder.
///
/// - Parameter proof: the files that were sent with it.
func serviceForm(
  _ services: Services, proof: ServiceProof = .none
) -> EditForm<CaseDocumentID, ServiceSeen, TypedService, Void> {
  let keys = services.keys
  return EditForm(
    services, taken: ["document_services_replaces_key": ("replaces", "那一次已经更正过了，请选更正以后的那一次")],
    load: { tx, id, _ in try tx.serviceSeen(id, keys: keys) },
    page: { seen, frame in
      let document = seen.document
      return EditPage(
        title: "登记送达", lead: "\(document.kind.title) \(document.number)",
        breadcrumbs: caseCrumbs(seen.record) + [
          ("\(document.kind.title) \(document.number)", Paths.deskDocument.link(seen.id))
        ],
        seen.obstacle.map { notice(.warn, "<p>\($0)。</p>") }
          ?? panel(
            "登记送达",
            frame.form(
              action: Paths.deskDocumentService.link(seen.id), hasFiles: true, button: "登记",
              serviceFields(seen.model, frame.view, today: seen.asked.today))))
    },
    read: { checker, seen in
      if let obstacle = seen.obstacle { checker.fail("manner", obstacle) }
      let typed = checker.service(seen.model, proof, today: seen.asked.today)
      proof.report(to: &checker)
      return typed
    },
    write: { tx, typed, edit in try tx.serve(typed, proof, edit, keys: keys) },
    done: { _, typed, id in
      (
        Paths.deskDocument.link(id),
        typed.attempt.servedOn.map { "已登记，\($0.chinese)视为送达。" } ?? "已登记这一次送达。"
      )
    })
}

extension Transaction {
  fileprivate func serviceSeen(_ id: CaseDocumentID, keys: KeyRing) throws -> ServiceSeen {
    let document = try found(issuedDocument(id))
    return ServiceSeen(
      document: document, record: try workedCase(document.caseID).record,
      entries: try all(serviceEntries(of: id)),
      address: try document.content(keys)[.partyAddress] ?? "")
  }

  /// What was sent twice is one attempt.
  fileprivate func serve(
    _ typed: TypedService, _ proof: ServiceProof, _ edit: EditWriting<CaseDocumentID>,
    keys: KeyRing
  ) throws {
    let (editor, document) = (edit.editor, try found(issuedDocument(edit.id)))
    let persons = try keys.seal(
      documentJSON(typed.persons), for: .documentService, of: document.caseID)
    let written = try first(
      Query<DocumentServiceID>(
        """
        INSERT INTO document_services (area, document_id, manner, outcome, served_on, counts_on, served_by,
          carrier, proof, personal_sealed, replaces, submission, recorded_by, recorded_by_name, recorded_at)
        VALUES (\(document.area), \(document.id), \(typed.attempt.manner), \(typed.attempt.outcome),
          \(typed.attempt.day), \(optional: typed.attempt.servedOn), \(typed.servedBy),
          \(optional: typed.carrier), \(optional: typed.proof), \(persons), \(optional: typed.replaces),
          \(typed.submission)::uuid, \(editor.principal.accountID), \(editor.principal.displayName),
          \(editor.now))
        ON CONFLICT ON CONSTRAINT document_services_submission_key DO NOTHING RETURNING id
        """))
    guard let written else { return }
    try proof.store(
      for: written, of: try workedCase(document.caseID).record, by: editor, self)
    try audit(
      AuditEvent(
        action: .serveDocument, entity: "case_documents", entityID: document.id.description,
        after: [
          "document_number": document.number, "manner": typed.attempt.manner.title,
          "result": typed.attempt.outcome.title, "served_on": typed.attempt.day.iso,
          "files": String(proof.sent.files.count),
        ]), by: editor.origin)
  }
}

// MARK: - Drawing and reading

private func serviceFields(_ seen: ServiceSeen, _ view: FormView, today: Day) -> HTML {
  let submission = view.fields["submission"] ?? UUID().uuidString
  let open = seen.entries.filter { !$0.isReplaced }
  let next = seen.entries.ladder.next ?? .hand
  let correction: HTML =
    open.isEmpty
    ? HTML()
    : view.select(
      "replaces", "更正哪一次",
      options: open.map {
        (
          $0.id.description,
          "\($0.attempt.day.iso) \($0.attempt.manner.title)：\($0.attempt.outcome.title)"
        )
      }, prompt: "不是更正", required: false)
  return "<input type=\"hidden\" name=\"submission\" value=\"\(submission)\">\n"
    + view.radios(
      "manner", "方式",
      options: ServiceManner.allCases.map { ($0.rawValue, "\($0.title)：\($0.rule)") },
      value: next.rawValue)
    + view.radios(
      "outcome", "结果", options: ServiceOutcome.allCases.map { ($0.rawValue, $0.title) },
      hint: "邮寄的以回执为准；公告的选“已送达”，日期填发出公告那一天")
    + view.input("served_on", "日期", type: .date, value: today.iso)
    + view.input("served_by", "送达人", hint: "两个人的都写", maxlength: 60)
    + view.input(
      "place", "地点", value: seen.address, hint: "加密保存", required: false, maxlength: 120)
    + view.input(
      "receiver", "签收人", hint: "直接送达、邮寄送达签收的人；加密保存", required: false, maxlength: 60)
    + view.input("relation", "签收人和当事人的关系", required: false, maxlength: 30)
    + view.input(
      "witness", "见证人或者录像", hint: "留置送达必须有：见证人的姓名和单位，或者录像的编号；加密保存", required: false,
      maxlength: 120)
    + view.input(
      "carrier", "邮件号或者公告载体", hint: "邮寄的填邮件号，公告的填登在哪里", required: false, maxlength: 100)
    + view.input(
      "proof", "凭据", hint: "回证、回执、照片、录像在案卷里的编号；已送达的，编号和下面的扫描件至少有一样", required: false, maxlength: 200
    )
    + view.files(
      ServiceProof.intake.field, "扫描件和照片", accept: ServiceProof.intake.accept,
      hint: ServiceProof.intake.hint + "放进案卷的“送达回证”，和这次送达记在一起。")
    + view.textarea("note", "说明", rows: 3, hint: "加密保存", required: false, maxlength: 300)
    + correction
}

extension FormChecker {
  fileprivate mutating func service(
    _ seen: ServiceSeen, _ sent: ServiceProof, today: Day
  ) -> TypedService? {
    let manner = choice("manner", "方式", of: ServiceManner.self)
    let outcome = choice("outcome", "结果", of: ServiceOutcome.self)
    let day = day("served_on", "日期", in: CaseStepRules.days)
    let servedBy = column("served_by", "送达人", max: 60)
    let carrier = column("carrier", "邮件号或者公告载体", max: 100, required: false)
    let proof =
      column("proof", "凭据", max: 200, required: false).map(Masking.withoutResidentIDs)
      ?? (sent.isEmpty ? nil : String(sent.titles.joined(separator: "、").prefix(200)))
    let persons = servicePersons()
    let replaces = fields["replaces"].flatMap { DocumentServiceID($0) }
    if let replaces, !seen.entries.contains(where: { $0.id == replaces && !$0.isReplaced }) {
      fail("replaces", "那一次已经更正过了，请另选")
    }
    guard let manner, let outcome, let day, let servedBy, isValid else { return nil }
    let attempt = ServiceAttempt(manner, outcome, on: day)
    let before = seen.entries.filter { !$0.isReplaced && $0.id != replaces }
    if let problem = before.ladder.problem(
      attempt, issued: seen.document.issuedOn, today: today,
      hasWitnessOrVideo: persons.witness != nil)
    {
      fail(
        manner == .left
          ? "witness" : day > today || day < seen.document.issuedOn ? "served_on" : "manner",
        problem)
    }
    need(attempt, carrier, proof, persons)
    guard let submission = UUID(uuidString: fields["submission"] ?? "") else {
      fail("manner", "页面内容不完整，请回到文书页面重新登记")
      return nil
    }
    return TypedService(
      attempt: attempt, servedBy: servedBy, carrier: carrier, proof: proof, persons: persons,
      replaces: replaces, submission: submission.uuidString)
  }

  private mutating func servicePersons() -> ServicePersons {
    ServicePersons(
      place: text("place", "地点", max: 120, required: false),
      receiver: text("receiver", "签收人", max: 60, required: false),
      relation: text("relation", "签收人和当事人的关系", max: 30, required: false),
      witness: text("witness", "见证人或者录像", max: 120, required: false),
      note: paragraph("note", "说明", max: 300, required: false))
  }

  /// What a manner cannot do without.
  private mutating func need(
    _ attempt: ServiceAttempt, _ carrier: String?, _ proof: String?, _ persons: ServicePersons
  ) {
    if attempt.servedOn != nil, proof == nil { fail("proof", "已经送达的，请写明凭据在案卷里的编号，或者附上扫描件、照片") }
    if attempt.manner == .hand, attempt.outcome == .served, persons.receiver == nil {
      fail("receiver", "直接送达的，请填写签收人")
    }
    if attempt.manner == .post || attempt.manner == .publicNotice, carrier == nil {
      fail("carrier", attempt.manner == .post ? "邮寄送达的，请填写邮件号" : "公告送达的，请写明公告登在哪里")
    }
    if [.refused, .absent, .returned].contains(attempt.outcome), persons.note == nil {
      fail("note", "没有送达的，请写明当时的情形")
    }
  }
}
