import Domain
import HTML
import Pages

// Documents of cases, their templates, their service.
extension Paths {
  /// `?kind=` says which; without it, which there are.
  static let deskCaseDocument = PagePathOf<CaseID>("/desk/cases/:id/documents/new")
  static let deskDraft = PagePathOf<DocumentDraftID>("/desk/drafts/:id")
  static let deskDraftIssue = PagePathOf<DocumentDraftID>("/desk/drafts/:id/issue")
  static let deskDraftDiscard = PagePathOf<DocumentDraftID>("/desk/drafts/:id/discard")
  static let deskDocument = PagePathOf<CaseDocumentID>("/desk/documents/:id")
  /// On paper.
  static let deskDocumentSheet = PagePathOf<CaseDocumentID>("/desk/documents/:id/sheet")
  static let deskDocumentVoid = PagePathOf<CaseDocumentID>("/desk/documents/:id/void")
  static let deskDocumentService = PagePathOf<CaseDocumentID>("/desk/documents/:id/service")
  /// 送达回证
  static let deskDocumentReceipt = PagePathOf<CaseDocumentID>("/desk/documents/:id/receipt")
  static let deskTemplates = PagePath("/desk/templates")
  static let deskTemplate = PagePathOf<DocumentKind>("/desk/templates/:kind")
  static let deskDocumentOffice = PagePath("/desk/templates/office")
}
