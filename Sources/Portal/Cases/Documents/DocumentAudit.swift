package import Ground

extension AuditAction {
  static let draftDocument = AuditAction("case_document.draft", "拟写文书")
  static let quoteWholeNumber = AuditAction("case_document.whole_number", "文书写入完整身份证号")
  static let editDraft = AuditAction("case_document.edit", "修改文书草稿")
  static let viewDraft = AuditAction("case_document.view_draft", "查看文书草稿")
  static let discardDraft = AuditAction("case_document.discard", "删除文书草稿")
  static let issueDocument = AuditAction("case_document.issue", "签发文书")
  static let viewDocument = AuditAction("case_document.view", "查看文书")
  static let voidDocument = AuditAction("case_document.void", "作废文书")
  static let serveDocument = AuditAction("case_document.serve", "登记送达")
  static let setTemplate = AuditAction("document_template.set", "修改文书模板")
  static let setDocumentOffice = AuditAction("document_office.set", "设置文书落款")

  /// Of the documents of cases.
  package static let ofDocuments: [AuditAction] = [
    draftDocument, quoteWholeNumber, editDraft, viewDraft, discardDraft, issueDocument,
    viewDocument,
    voidDocument, serveDocument, setTemplate, setDocumentOffice,
  ]
}
