import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

struct CaseSplitSeen: Sendable {
  let worked: WorkedCase
  let findings: [CaseFinding]
}

struct TypedSplit: Sendable {
  let findings: [FindingID]
  let nature: ExitNature
  let reason: String
}

/// `/desk/cases/:id/split`: some of its findings are a matter of their own.
func caseSplitForm(_ services: Services) -> EditForm<CaseID, CaseSplitSeen, TypedSplit, CaseID> {
  EditForm(
    services,
    load: { tx, id, _ in
      CaseSplitSeen(
        worked: try tx.workedCase(id), findings: try tx.caseFindings(id, keys: services.keys))
    },
    history: { _, seen in .ofCase(seen.worked) },
    page: { seen, frame in
      EditPage(
        title: "分出疑点另立问题", lead: caseLead(seen.worked.record),
        breadcrumbs: caseCrumbs(seen.worked.record), splitBody(seen, frame))
    },
    read: { checker, seen in
      let known = Set(seen.findings.map(\.id.description))
      let chosen = checker.fields.all("findings").filter(known.contains).compactMap {
        FindingID($0)
      }
      if chosen.isEmpty { checker.fail("findings", "请勾选要分出去的疑点") }
      if chosen.count == known.count {
        checker.fail("findings", "至少留下一个疑点；整件都是另一种性质的，请撤案后重新列入")
      }
      let nature = checker.choice("nature", "退出性质", of: ExitNature.self)
      if nature == seen.worked.record.nature {
        checker.fail("nature", "与这件问题的退出性质相同，不用分出")
      }
      let reason = checker.column("reason", "原因", max: 300)
      guard checker.isValid, let nature, let reason else { return nil }
      return TypedSplit(findings: chosen, nature: nature, reason: reason)
    },
    write: { tx, typed, edit in
      try tx.caseWriting(edit, StepValues())
        .split(typed.findings, into: typed.nature, reason: typed.reason, tx)
    },
    done: { id, _, _ in (Paths.deskCase.link(id), "已分出，另立为这件问题。") })
}

private func splitBody(_ seen: EditSeen<CaseID, CaseSplitSeen>, _ frame: EditFrame) -> HTML {
  guard seen.findings.count > 1 else {
    return emptyState(
      "没有可以分出的疑点", hint: "这件问题所依据的疑点不到两个。",
      action: buttonLink("回到问题页面", Paths.deskCase.link(seen.id), isPrimary: false))
  }
  let view = frame.view
  return panel(
    "分出疑点",
    frame.form(
      action: Paths.deskCaseSplit.link(seen.id), button: "另立问题",
      view.checkboxes(
        "findings", "分出哪些疑点",
        options: seen.findings.map {
          ($0.id.description, "\($0.rule.rawValue) \($0.rule.title)：\($0.text)")
        })
        + view.select(
          "nature", "新问题的退出性质",
          options: ExitNature.allCases.filter { $0 != seen.worked.record.nature }.map {
            ($0.rawValue, $0.markedTitle)
          })
        + view.input("reason", "原因", maxlength: 300)))
}
