import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// A draft about to be issued, or what it became: who sends the form twice is led to the one document.
struct IssueSeen: Sendable {
  let draft: DraftSeen?
  let issued: CaseDocumentID?
}

/// `/desk/drafts/:id/issue`
func documentIssueForm(
  _ services: Services
) -> EditForm<DocumentDraftID, IssueSeen, Bool, CaseDocumentID> {
  let keys = services.keys
  return EditForm(
    services, taken: ["case_documents_draft_key": ("confirmed", "别人刚刚签发了这份文书，请回到问题页面核对")],
    load: { tx, id, _ in
      if let issued = try tx.issuedFrom(id) { return IssueSeen(draft: nil, issued: issued) }
      return IssueSeen(draft: try tx.draftSeen(id, keys: keys), issued: nil)
    },
    history: { _, seen in
      seen.draft.map { .ofDraft($0.draft) } ?? EditHistory(version: 1)
    },
    page: { seen, frame in
      guard let draft = seen.model.draft else { return issuedAlready(seen.issued) }
      return EditPage(
        title: "签发\(draft.draft.kind.title)", lead: caseLead(draft.worked.record),
        breadcrumbs: draft.crumbs + [("草稿", Paths.deskDraft.link(seen.id))],
        issueBody(draft, seen, frame))
    },
    read: { checker, seen in
      guard let draft = seen.model.draft else { return true }
      let obstacles = draft.obstacles(on: seen.asked.today)
      if !obstacles.isEmpty { checker.fail("confirmed", obstacles.joined(separator: "；")) }
      if !checker.isChecked("confirmed") { checker.fail("confirmed", "请通读全文，确认无误后打勾") }
      return true
    },
    write: { tx, _, edit in
      // Whoever issues it at the same time waits here, and then meets the document.
      guard let held = try tx.first(documentDraft(edit.id, isHeld: true)) else {
        guard let issued = try tx.issuedFrom(edit.id) else { throw WebError.notFound }
        return issued
      }
      guard held.version == edit.version else { throw EditProblem.overtaken }
      let (editor, seen) = (edit.editor, try tx.draftSeen(edit.id, keys: keys))
      let obstacles = seen.obstacles(on: editor.today)
      guard obstacles.isEmpty else {
        throw EditProblem.field("confirmed", obstacles.joined(separator: "；"))
      }
      return try tx.issue(
        seen, keys: keys, by: editor.principal, origin: editor.origin, at: editor.now)
    },
    done: { id, _, _ in (Paths.deskDocument.link(id), "已签发。") })
}

extension Transaction {
  fileprivate func issuedFrom(_ draft: DocumentDraftID) throws -> CaseDocumentID? {
    try first(Query<CaseDocumentID>("SELECT id FROM case_documents WHERE draft_id = \(draft)"))
  }
}

private func issuedAlready(_ id: CaseDocumentID?) -> EditPage {
  EditPage(
    title: "已经签发", lead: "这份草稿已经签发，不能再签发一次。", breadcrumbs: [],
    id.map { "<p>\(buttonLink("打开文书", Paths.deskDocument.link($0)))</p>\n" } ?? HTML())
}

private func issueBody(
  _ draft: DraftSeen, _ seen: EditSeen<DocumentDraftID, IssueSeen>, _ frame: EditFrame
) -> HTML {
  let obstacles = draft.obstacles(on: seen.asked.today)
  let preview = panel("全文", draft.sheet(on: seen.asked.today).preview)
  guard obstacles.isEmpty else {
    return notice(
      .warn, "<p><strong>还不能签发</strong></p><ul>\(obstacles, { "<li>\($0)</li>" })</ul>")
      + "<p>\(buttonLink("回去修改", Paths.deskDraft.link(seen.id), isPrimary: false))</p>\n" + preview
  }
  return preview
    + panel(
      "签发",
      "<p>签发以后编号，正文不能再改；写错了的只能作废重发，文号不再使用。</p>"
        + frame.form(
          action: Paths.deskDraftIssue.link(seen.id), button: "签发",
          frame.view.checkbox("confirmed", "我已通读全文，事实、依据、期限、金额无误")))
}
