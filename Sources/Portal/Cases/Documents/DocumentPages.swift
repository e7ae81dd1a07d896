import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// An issued document: what it says, how it was served, on paper.
struct DocumentHandlers: Sendable {
  let services: Services

  private struct Seen: Sendable {
    let document: IssuedDocument
    let content: FrozenDocument
    let record: CaseRecord
    let services: [ServiceEntry]
  }

  private func seen(_ request: WebRequest, _ id: CaseDocumentID) async throws -> Seen {
    let (principal, keys) = (try request.principal, services.keys)
    return try await services.databases.read(as: principal) { tx in
      let document = try tx.found(issuedDocument(id))
      return Seen(
        document: document, content: try document.content(keys),
        record: try tx.workedCase(document.caseID).record,
        services: try tx.all(serviceEntries(of: id)))
    }
  }

  /// `GET /desk/documents/:id`
  func showDocument(_ request: WebRequest, id: CaseDocumentID) async throws -> WebResponse {
    let (principal, seen) = (try request.principal, try await seen(request, id))
    let mayRead = principal.mayReadDocuments
    return try await services.deskPage(
      request, title: "\(seen.document.kind.title) \(seen.document.number)",
      lead: caseLead(seen.record),
      breadcrumbs: caseCrumbs(seen.record), actions: actions(seen.document, principal),
      about(seen.document)
        + ServicePanel(
          document: seen.document, entries: seen.services, keys: mayRead ? services.keys : nil,
          mayServe: principal.may(.workCases), maySeeFiles: principal.may(.viewCaseFiles)
        ).html
        + panel(
          "正文",
          mayRead
            ? sheet(seen.document, seen.content).preview
            : notice(.info, "<p>正文有当事人的个人信息，只给办理和审批这件问题的人看。</p>")))
  }

  /// `GET /desk/documents/:id/sheet`
  func printDocument(_ request: WebRequest, id: CaseDocumentID) async throws -> WebResponse {
    let seen = try await seen(request, id)
    let principal = try request.principal
    return .page(
      sheet(seen.document, seen.content).page(
        site: services.site.settings(for: principal), back: Paths.deskDocument.link(id)))
  }

  /// `GET /desk/documents/:id/receipt`
  func printReceipt(_ request: WebRequest, id: CaseDocumentID) async throws -> WebResponse {
    let seen = try await seen(request, id)
    let principal = try request.principal
    return .page(
      ServiceReceipt(
        document: seen.document, content: seen.content, entries: seen.services, keys: services.keys
      ).page(site: services.site.settings(for: principal), back: Paths.deskDocument.link(id)))
  }

  private func sheet(_ document: IssuedDocument, _ content: FrozenDocument) -> DocumentSheet {
    DocumentSheet(
      kind: content.kind, number: content.number, organ: content.organ,
      day: content.issuedOn.chinese, body: content.body, mark: document.voided == nil ? nil : "作废")
  }

  private func actions(_ document: IssuedDocument, _ principal: Principal) -> HTML {
    guard principal.may(.workCases) else { return HTML() }
    let void: HTML =
      document.voided == nil
      ? buttonLink("作废", Paths.deskDocumentVoid.link(document.id), isPrimary: false) : HTML()
    return buttonLink("打印", Paths.deskDocumentSheet.link(document.id))
      + buttonLink("送达回证", Paths.deskDocumentReceipt.link(document.id), isPrimary: false) + void
  }

  private func about(_ document: IssuedDocument) -> HTML {
    let void: HTML =
      document.voided.map {
        notice(
          .alert,
          "<p><strong>已作废</strong>：\($0.reason)（\($0.byName)，\(ShanghaiTime.dateTimeText($0.at))）。文号不再使用。</p>"
        )
      } ?? HTML()
    return void
      + panel(
        "签发",
        definitionList([
          ("文号", "\(document.number)"), ("文书日期", "\(document.issuedOn.chinese)"),
          ("签发", "\(document.issuedByName)，\(ShanghaiTime.dateTimeText(document.issuedAt))"),
          ("SHA-256", "<span class=\"hash\">\(hexText(document.sha256))</span>，与正文相符"),
        ]))
  }
}

extension Principal {
  /// Whether they work the case or approve what is done with it.
  var mayReadDocuments: Bool { may(.workCases) || may(.approveCases) }
}

/// `/desk/documents/:id/void`
func documentVoidForm(
  _ services: Services
) -> EditForm<CaseDocumentID, IssuedDocument, String, Void> {
  EditForm(
    services, taken: ["case_document_voids_key": ("reason", "别人刚刚作废了这份文书")],
    load: { tx, id, _ in try tx.found(issuedDocument(id)) },
    page: { seen, frame in
      EditPage(
        title: "作废文书", lead: "\(seen.kind.title) \(seen.number)",
        breadcrumbs: [("\(seen.kind.title) \(seen.number)", Paths.deskDocument.link(seen.id))],
        seen.voided == nil
          ? panel(
            "作废",
            "<p>作废以后文书仍可查看，印有“作废”；文号不再使用。已经送达的，请另行告知当事人。</p>"
              + frame.form(
                action: Paths.deskDocumentVoid.link(seen.id), button: "作废",
                frame.view.textarea("reason", "原因", rows: 3, hint: "请不要写姓名", maxlength: 300)))
          : notice(.info, "<p>这份文书已经作废。</p>"))
    },
    read: { checker, seen in
      if seen.voided != nil { checker.fail("reason", "这份文书已经作废") }
      let text = checker.paragraph("reason", "原因", max: 300, min: 2)
      return checker.stored(text, "reason", "原因", most: 300).map(Masking.withoutResidentIDs)
    },
    write: { tx, reason, edit in
      let (editor, document) = (edit.editor, try tx.found(issuedDocument(edit.id)))
      try tx.execute(
        """
        INSERT INTO case_document_voids (document_id, area, reason, voided_by, voided_by_name, voided_at)
        VALUES (\(document.id), \(document.area), \(reason), \(editor.principal.accountID),
          \(editor.principal.displayName), \(editor.now))
        """)
      try tx.audit(
        AuditEvent(
          action: .voidDocument, entity: "case_documents", entityID: document.id.description,
          after: ["document_number": document.number, "reason": reason]), by: editor.origin)
    },
    done: { _, _, id in (Paths.deskDocument.link(id), "已作废。") })
}
