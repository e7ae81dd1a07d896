import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/desk/cases/:id/notes`: what was done or seen, without a step.
func caseNoteForm(_ services: Services) -> EditForm<CaseID, WorkedCase, StepValues, Void> {
  EditForm(
    services, load: { tx, id, _ in try tx.workedCase(id) },
    history: { _, worked in .ofCase(worked) },
    page: { seen, frame in
      EditPage(
        title: "补充情况", lead: caseLead(seen.record), breadcrumbs: caseCrumbs(seen.record),
        panel(
          "补充情况",
          frame.form(
            action: Paths.deskCaseNotes.link(seen.id), button: "写入办理经过",
            frame.view.textarea(
              "facts", "情况", rows: 5, hint: "什么时候、谁、做了什么或者看到了什么；加密保存，只有经办能看",
              maxlength: 1000))))
    },
    read: { checker, _ in
      var values = StepValues()
      values.personal["facts"] = checker.paragraph("facts", "情况", max: 1000, min: 2)
      return checker.isValid ? values : nil
    },
    write: { tx, values, edit in
      let writing = try tx.caseWriting(edit, values)
      try writing.note(.remark, nil, needs: .noteCases, tx)
    },
    done: { _, _, id in (Paths.deskCase.link(id), "已写入办理经过。") })
}

/// Who works a case, until when it is to be done, and how.
struct TypedPlan: Sendable {
  let assignee: Colleague?
  let plannedOn: Day?
  let measures: String?

  /// As the history keeps it.
  var values: StepValues {
    var values = StepValues()
    values.plain["planned_on"] = plannedOn?.iso
    values.plain["measures"] = measures
    return values
  }
}

struct CasePlanSeen: Sendable {
  let worked: WorkedCase
  let colleagues: [Colleague]
}

/// `/desk/cases/:id/plan`: 整改措施和进度, 计划完成时间, and who works it. The annex asks for them.
func casePlanForm(_ services: Services) -> EditForm<CaseID, CasePlanSeen, TypedPlan, Void> {
  EditForm(
    services,
    load: { tx, id, _ in
      CasePlanSeen(
        worked: try tx.workedCase(id), colleagues: try tx.all(colleagues(who: .noteCases)))
    },
    history: { _, seen in .ofCase(seen.worked) },
    page: { seen, frame in
      let (record, view) = (seen.worked.record, frame.view)
      return EditPage(
        title: "经办人和计划", lead: caseLead(record), breadcrumbs: caseCrumbs(record),
        panel(
          "经办人和计划",
          frame.form(
            action: Paths.deskCasePlan.link(seen.id), button: "保存",
            view.select(
              "assignee", "经办人", options: seen.colleagues.map(\.option),
              value: record.assignedTo?.description, prompt: "还没有交办", required: false)
              + view.input(
                "planned_on", "计划完成时间", type: .date, value: record.plannedOn?.iso,
                required: false)
              + view.textarea(
                "measures", "整改措施和进度", rows: 4, value: record.measures,
                hint: "会列入应退未退整改情况表，请不要写姓名", required: false, maxlength: 300))))
    },
    read: { checker, seen in
      let account = checker.fields["assignee"].flatMap { AccountID($0) }
      let assignee = seen.colleagues.first { $0.id == account }
      if account != nil, assignee == nil { checker.fail("assignee", "这个人现在不能经办问题，请另选一位") }
      let planned = checker.day(
        "planned_on", "计划完成时间", in: CaseStepRules.days, required: false)
      if let planned, planned < seen.worked.record.openedOn {
        checker.fail("planned_on", "计划完成时间不能早于列入清单的日期（\(seen.worked.record.openedOn.iso)）")
      }
      let measures = checker.stored(
        checker.paragraph("measures", "整改措施和进度", max: 300, min: 2, required: false),
        "measures", "整改措施和进度", most: 300)
      return TypedPlan(assignee: assignee, plannedOn: planned, measures: measures)
    },
    write: { tx, typed, edit in try tx.caseWriting(edit, StepValues()).plan(typed, tx) },
    done: { _, _, id in (Paths.deskCase.link(id), "已保存经办人和计划。") })
}

extension Transaction {
  /// A case as it is now, about to be written to.
  ///
  /// - Throws: ``EditProblem/overtaken`` where it is not as it was seen any more.
  func caseWriting(_ edit: EditWriting<CaseID>, _ values: StepValues) throws -> CaseStepWriting {
    let worked = try workedCase(edit.id)
    guard worked.record.version == edit.version else { throw EditProblem.overtaken }
    return CaseStepWriting(worked: worked, values: values, editor: edit.editor)
  }
}
