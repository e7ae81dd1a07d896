import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/desk/drafts/:id`: the text, editable until it is issued, with what is still missing.
func draftForm(_ services: Services) -> EditForm<DocumentDraftID, DraftSeen, String, Void> {
  let keys = services.keys
  return EditForm(
    services, load: { tx, id, _ in try tx.draftSeen(id, keys: keys) },
    history: { _, seen in .ofDraft(seen.draft) },
    page: { seen, frame in
      EditPage(
        title: "\(seen.draft.kind.title)（草稿）", lead: caseLead(seen.worked.record),
        breadcrumbs: seen.crumbs, draftBody(seen, frame))
    },
    read: { checker, seen in
      let body = checker.stored(
        checker.paragraph("body", "正文", max: 5000, min: 20), "body", "正文", most: 5000)
      return body.map(seen.draft.kind.permitted)
    },
    write: { tx, body, edit in
      let (editor, seen) = (edit.editor, try tx.draftSeen(edit.id, keys: keys, isHeld: true))
      guard seen.draft.version == edit.version else { throw EditProblem.overtaken }
      var content = seen.content
      content.body = body
      try tx.execute(
        """
        UPDATE document_drafts SET version = version + 1,
          content_sealed = \(try keys.seal(content, of: seen.draft.caseID)),
          changed_by_name = \(editor.principal.displayName), changed_at = \(editor.now)
        WHERE id = \(edit.id)
        """)
      try tx.audit(
        AuditEvent(
          action: .editDraft, entity: "document_drafts", entityID: edit.id.description,
          after: ["kind": seen.draft.kind.title, "case": seen.worked.record.number]),
        by: editor.origin)
    },
    done: { _, _, id in (Paths.deskDraft.link(id), "已保存正文。") })
}

private func draftBody(
  _ seen: EditSeen<DocumentDraftID, DraftSeen>, _ frame: EditFrame
) -> HTML {
  let obstacles = seen.model.obstacles(on: seen.asked.today)
  let actions: HTML =
    (obstacles.isEmpty ? buttonLink("签发", Paths.deskDraftIssue.link(seen.id)) : HTML())
    + buttonLink("删除草稿", Paths.deskDraftDiscard.link(seen.id), isPrimary: false)
  return obstacleNotice(obstacles)
    + panel(
      "正文", actions: actions,
      frame.form(
        action: Paths.deskDraft.link(seen.id), button: "保存正文",
        frame.view.textarea(
          "body", "正文", rows: 22, value: seen.content.body,
          hint: "一行是一段；“一、”“（一）”开头的行是标题；“<”开头的行顶格", maxlength: 5000)))
    + panel("预览", seen.model.sheet(on: seen.asked.today).preview)
}

private func obstacleNotice(_ obstacles: [String]) -> HTML {
  obstacles.isEmpty
    ? notice(.ok, "<p>法律要求写明的内容都有了，可以签发。签发以前请再通读一遍。</p>")
    : notice(
      .warn,
      "<p><strong>还不能签发</strong></p><ul>\(obstacles, { "<li>\($0)</li>" })</ul>")
}

/// `/desk/drafts/:id/discard`
func draftDiscardForm(_ services: Services) -> EditForm<DocumentDraftID, DraftSeen, Bool, CaseID> {
  let keys = services.keys
  return EditForm(
    services, load: { tx, id, _ in try tx.draftSeen(id, keys: keys) },
    page: { seen, frame in
      EditPage(
        title: "删除草稿", lead: caseLead(seen.worked.record), breadcrumbs: seen.crumbs,
        panel(
          "\(seen.draft.kind.title)（草稿）",
          "<p>草稿没有文号，删除以后不留正文。</p>"
            + frame.form(
              action: Paths.deskDraftDiscard.link(seen.id), button: "删除草稿", HTML())))
    },
    read: { _, _ in true },
    write: { tx, _, edit in
      let seen = try tx.draftSeen(edit.id, keys: keys, isHeld: true)
      try tx.execute("DELETE FROM document_drafts WHERE id = \(edit.id)")
      try tx.audit(
        AuditEvent(
          action: .discardDraft, entity: "document_drafts", entityID: edit.id.description,
          before: ["kind": seen.draft.kind.title, "case": seen.worked.record.number]),
        by: edit.editor.origin)
      return seen.draft.caseID
    },
    done: { id, _, _ in (Paths.deskCase.link(id), "已删除草稿。") })
}
