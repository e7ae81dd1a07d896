import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/desk/cases/:id/hardship`: the household is marked as one in hardship, with its proof, or the mark is taken away.
func hardshipForm(_ services: Services) -> EditForm<CaseID, WorkedCase, StepValues, Bool> {
  EditForm(
    services, load: { tx, id, _ in try tx.workedCase(id) },
    history: { _, worked in .ofCase(worked) },
    page: { seen, frame in
      let isMarked = seen.record.isInHardship
      let view = frame.view
      let fields =
        isMarked
        ? view.textarea("proof", "取消的原因", rows: 3, hint: "加密保存", maxlength: 500)
        : view.checkboxes(
          "kinds", "困难情形", options: Hardship.allCases.map { ($0.rawValue, $0.title) })
          + view.textarea(
            "proof", "凭什么认定", rows: 3, hint: "证件名称和编号、谁出具、哪一天；加密保存", maxlength: 500)
      return EditPage(
        title: isMarked ? "取消困难情形" : "标记困难情形", lead: caseLead(seen.record),
        breadcrumbs: caseCrumbs(seen.record),
        notice(.info, "<p>标记以后，每一个强制性的步骤都要写明理由，并且可以先中止或者达成执行协议。</p>")
          + panel(
            "困难情形",
            frame.form(
              action: Paths.deskCaseHardship.link(seen.id), button: isMarked ? "取消标记" : "标记",
              fields)))
    },
    read: { checker, seen in
      var values = StepValues()
      if !seen.record.isInHardship {
        values.personal["kinds"] = checker.choices("kinds", "困难情形", of: Hardship.self)
          .map(\.title).joined(separator: "、")
      }
      values.personal["proof"] = checker.paragraph("proof", "说明", max: 500, min: 2)
      return checker.isValid ? values : nil
    },
    write: { tx, values, edit in
      let writing = try tx.caseWriting(edit, values)
      let isInHardship = !writing.worked.record.isInHardship
      try writing.mark(hardship: isInHardship, note: "说明已加密保存", tx)
      return isInHardship
    },
    done: { isInHardship, _, id in
      (Paths.deskCase.link(id), isInHardship ? "已标记困难情形。" : "已取消困难情形的标记。")
    })
}
