import Domain
import Files
import Ground
import HTML
import Pages
import Postgres
import Web

/// A file about to be taken out, and the case that it belongs to.
struct CaseFileSeen: Sendable {
  let file: ListedFile
  let record: CaseRecord
}

/// `/desk/case-files/:id/removal`: a file is taken out of its case with a reason; that it was there stays.
func caseFileRemovalForm(_ services: Services) -> EditForm<FileID, CaseFileSeen, String, CaseID> {
  EditForm(
    services,
    load: { tx, id, _ in
      let file = try tx.found(listedFile(id, on: .cases))
      if let removal = file.removal {
        throw WebError.conflict("<p>这份材料\(removalText(removal))。</p>")
      }
      return CaseFileSeen(file: file, record: try tx.workedCase(try file.ofCase).record)
    },
    page: { seen, frame in
      EditPage(
        title: "移除材料", lead: "\(seen.file.kind.title)“\(seen.file.title)”",
        breadcrumbs: caseCrumbs(seen.record),
        notice(
          .warn,
          """
          <p>移除以后谁也打不开它，办理页面上会留下谁、什么时候、为什么移除；\(FileRetention.removedDays) 天后销毁。</p>
          """)
          + panel(
            "移除材料",
            frame.form(
              action: Paths.deskCaseFileRemoval.link(seen.id), button: "移除",
              frame.view.textarea(
                "reason", "原因", rows: 3, hint: "例如传错了、不是这一户的；请不要写姓名", maxlength: 200))))
    },
    read: { checker, _ in
      checker.stored(
        checker.paragraph("reason", "原因", max: 200, min: 2), "reason", "原因", most: 200)
    },
    write: { tx, reason, edit in
      let (file, editor) = (try tx.found(listedFile(edit.id, on: .cases)), edit.editor)
      let reason = Masking.withoutResidentIDs(reason)
      guard
        try tx.removeFile(edit.id, reason: reason, by: editor.principal, at: editor.now)
      else { throw EditProblem.overtaken }
      try tx.audit(
        AuditEvent(
          action: .removeCaseFile, entity: "cases", entityID: try file.ofCase.description,
          after: ["file": edit.id.description, "reason": reason]), by: editor.origin)
      return try file.ofCase
    },
    done: { id, _, _ in (Paths.deskCase.link(id).fragment("case-files"), "已移除。") })
}

extension ListedFile {
  /// The case that it belongs to.
  var ofCase: CaseID {
    get throws {
      guard let id = owner.case else { throw WebError.notFound }
      return id
    }
  }

  /// Where it is listed.
  var home: Link {
    owner.case.map { Paths.deskCase.link($0).fragment("case-files") } ?? Paths.deskCases.link
  }
}
