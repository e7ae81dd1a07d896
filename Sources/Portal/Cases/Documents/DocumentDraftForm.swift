import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Web

/// A document about to be drafted.
struct NewDocument: Sendable {
  let worked: WorkedCase
  /// Nil where it is still to be chosen.
  let kind: DocumentKind?
  let held: HeldTemplate?
  let facts: DocumentFacts

  func refusal(_ kind: DocumentKind) -> String? {
    let record = worked.record
    return kind.form.refusal(record.state, route: record.route, nature: record.nature)
  }

  /// What the text asks for and a clerk types.
  var fields: [DocumentPlaceholder] {
    ((try? held?.template.placeholders) ?? []).filter(\.isTyped)
  }
}

struct TypedDocument: Sendable {
  let kind: DocumentKind
  let submission: String
  let content: DraftContent
  let templateSequence: Int
  /// The masked form of the number that stands whole in it.
  let quotedNumber: String?
}

/// `/desk/cases/:id/documents/new?kind=…`: what stands in the places of the template; the text follows.
func documentDraftForm(
  _ services: Services
) -> EditForm<CaseID, NewDocument, TypedDocument, DocumentDraftID> {
  EditForm(
    services,
    load: { tx, id, asked in
      let name = asked.fields?["kind"] ?? asked.query["kind"] ?? ""
      let kind = DocumentKind(rawValue: name)
      if !name.isEmpty, kind == nil { throw WebError.notFound }
      let worked = try tx.workedCase(id)
      let county = worked.record.area.county ?? worked.record.area
      return NewDocument(
        worked: worked, kind: kind, held: try kind.map { try tx.heldTemplate($0, in: county) },
        facts: try tx.documentFacts(worked, keys: services.keys))
    },
    page: { seen, frame in
      EditPage(
        title: seen.kind?.title ?? "拟写文书", lead: caseLead(seen.worked.record),
        breadcrumbs: caseCrumbs(seen.worked.record), newDocumentBody(seen, frame))
    },
    read: { checker, seen in
      guard let kind = seen.kind, let held = seen.held else {
        checker.fail("kind", "请选择要拟写的文书")
        return nil
      }
      if let refusal = seen.model.refusal(kind) {
        checker.fail("kind", refusal)
        return nil
      }
      return try checker.document(kind, held, seen.model, today: seen.asked.today)
    },
    write: { tx, typed, edit in try tx.insertDraft(typed, edit) },
    done: { id, _, _ in (Paths.deskDraft.link(id), "已按模板生成正文，请核对、修改，再签发。") })
}

// MARK: - Drawing

private func newDocumentBody(
  _ seen: EditSeen<CaseID, NewDocument>, _ frame: EditFrame
) -> HTML {
  guard let kind = seen.kind else { return choice(seen) }
  if let refusal = seen.model.refusal(kind) {
    return notice(.warn, "<p><strong>现在不能拟写\(kind.title)</strong>：\(refusal)</p>")
      + "<p>\(buttonLink("回到问题页面", Paths.deskCase.link(seen.id), isPrimary: false))</p>\n"
  }
  let prefilled = seen.facts.values(for: kind)
  let submission = frame.view.fields["submission"] ?? UUID().uuidString
  let hidden: HTML = """
    <input type="hidden" id="kind" name="kind" value="\(kind.rawValue)">
    <input type="hidden" name="submission" value="\(submission)">

    """
  let number: HTML =
    kind.form.needsWholeNumber
    ? notice(.warn, "<p>这份文书依法载明当事人的完整身份证号，生成正文时从登记簿取出，并记入审计。</p>") : HTML()
  return number
    + panel(
      kind.title,
      frame.form(
        action: Paths.deskCaseDocument.link(seen.id), button: "生成正文",
        hidden
          + seen.fields.map { field($0, kind, prefilled[$0], frame.view) }.joined()))
}

private func choice(_ seen: EditSeen<CaseID, NewDocument>) -> HTML {
  let items = DocumentKind.allCases.map { kind -> HTML in
    let refusal = seen.model.refusal(kind)
    let link: HTML =
      refusal == nil
      ? "<a href=\"\(path: Paths.deskCaseDocument.link(seen.id).query("kind", kind.rawValue))\">\(kind.title)</a>"
      : "\(kind.title)"
    return "<li>\(link)\(ifLet: refusal, { " <span class=\"hint\">\($0)</span>" })</li>\n"
  }
  return panel("可以拟写的文书", "<ul class=\"template-list\">\(items)</ul>\n")
}

private func field(
  _ place: DocumentPlaceholder, _ kind: DocumentKind, _ value: String?, _ view: FormView
) -> HTML {
  let required = kind.form.required.contains(place)
  switch place.kind {
  case .line(let most):
    return view.input(
      place.rawValue, place.name, value: value, required: required, maxlength: most)
  case .paragraph(let most):
    return view.textarea(
      place.rawValue, place.name, rows: 4, value: value, required: required, maxlength: most)
  case .day:
    let day = value.flatMap(chineseDay)
    return view.input(
      place.rawValue, place.name, type: .date, value: day?.iso, required: required)
  case .money:
    return view.input(
      place.rawValue, place.name, hint: "元，最多两位小数；没有就不填", required: required,
      inputmode: "decimal")
  case .derived, .office: return HTML()
  }
}

/// The day in `2021年8月25日`.
private func chineseDay(_ text: String) -> Day? {
  let parts = text.split { "年月日".contains($0) }.compactMap { Int($0) }
  return parts.count == 3 ? Day(year: parts[0], month: parts[1], day: parts[2]) : nil
}

// MARK: - Reading

extension FormChecker {
  fileprivate mutating func document(
    _ kind: DocumentKind, _ held: HeldTemplate, _ model: NewDocument, today: Day
  ) throws -> TypedDocument? {
    let template = try held.template
    var values = model.facts.office.values
    for place in template.placeholders where place.isTyped {
      values[place] = documentValue(place, today: today).map(kind.permitted)
    }
    values[.partyID] = model.facts.partyID(whole: kind.form.needsWholeNumber)
    if let amount = values[.amount].flatMap({ Hundredths($0) }) {
      values[.amount] = amount.text + "元"
      values[.amountInWords] = amount.chineseMoney
    }
    guard let submission = UUID(uuidString: fields["submission"] ?? "") else {
      fail("kind", "页面内容不完整，请回到问题页面重新拟写")
      return nil
    }
    let body = template.text(values, required: kind.form.required)
    if body.unicodeScalars.count > 5000 { fail("facts", "生成的正文超过 5000 字，请把事实、证据写短些") }
    guard isValid else { return nil }
    let quotes = kind.form.needsWholeNumber && template.placeholders.contains(.partyID)
    return TypedDocument(
      kind: kind, submission: submission.uuidString,
      content: DraftContent(values: values, body: body),
      templateSequence: held.sequence,
      quotedNumber: quotes ? model.facts.partyID(whole: false) : nil)
  }

  /// What may still be missing is asked for before the document is issued.
  private mutating func documentValue(_ place: DocumentPlaceholder, today: Day) -> String? {
    let (name, label) = (place.rawValue, place.name)
    switch place.kind {
    case .line(let most): return column(name, label, max: most, required: false)
    case .paragraph(let most):
      let text = paragraph(name, label, max: most, required: false)
      return stored(text, name, label, most: most)
    case .day:
      let typed = day(name, label, in: CaseStepRules.days, required: false)
      guard let typed else { return nil }
      let isAhead = place == .term || place == .answerBy
      if isAhead, typed < today { fail(name, "\(label)不能早于今天，请核对") }
      if !isAhead, typed > today { fail(name, "\(label)不能晚于今天，请核对") }
      return typed.chinese
    case .money:
      guard !(fields[name] ?? "").allSatisfy(\.isWhitespace) else { return nil }
      return hundredths(name, label, in: Hundredths(count: 1)...Hundredths(count: 999_999_999))?
        .text
    case .derived, .office: return nil
    }
  }
}

// MARK: - Writing

extension Transaction {
  /// What was sent twice is one draft.
  fileprivate func insertDraft(
    _ typed: TypedDocument, _ edit: EditWriting<CaseID>
  ) throws -> DocumentDraftID {
    let (editor, record) = (edit.editor, try workedCase(edit.id).record)
    if let refusal = typed.kind.form.refusal(
      record.state, route: record.route, nature: record.nature)
    {
      throw EditProblem.field("kind", refusal)
    }
    let made = try first(
      Query<DocumentDraftID>(
        """
        INSERT INTO document_drafts (area, case_id, kind, submission, template_sequence, content_sealed,
          created_by, created_by_name, created_at, changed_by_name, changed_at)
        VALUES (\(record.area), \(record.id), \(typed.kind), \(typed.submission)::uuid,
          \(typed.templateSequence), \(try editor.keys.seal(typed.content, of: record.id)),
          \(editor.principal.accountID), \(editor.principal.displayName), \(editor.now),
          \(editor.principal.displayName), \(editor.now))
        ON CONFLICT ON CONSTRAINT document_drafts_submission_key DO NOTHING RETURNING id
        """))
    guard let made else {
      return try found(
        Query<DocumentDraftID>(
          """
          SELECT id FROM document_drafts
          WHERE submission = \(typed.submission)::uuid AND case_id = \(record.id)
          """))
    }
    try audit(
      AuditEvent(
        action: .draftDocument, entity: "document_drafts", entityID: made.description,
        after: ["kind": typed.kind.title, "case": record.number]), by: editor.origin)
    if let number = typed.quotedNumber {
      try audit(
        AuditEvent(
          action: .quoteWholeNumber, entity: "document_drafts", entityID: made.description,
          after: ["id_number": number, "kind": typed.kind.title, "case": record.number]),
        by: editor.origin)
    }
    return made
  }
}
