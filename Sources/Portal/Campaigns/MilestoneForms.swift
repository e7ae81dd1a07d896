import Domain
import HTML
import Pages
import Postgres
import Web

/// A milestone with the campaign that it belongs to.
struct OwedMilestone: Sendable {
  let milestone: Milestone
  let campaign: Campaign
}

/// Milestones are added, corrected, taken out, and ticked off with what shows that they were done.
struct MilestoneForms: Sendable {
  let services: Services

  /// `/desk/campaign/:id/milestones/new`
  var addition: EditForm<CampaignID, Campaign, TypedMilestone, Void> {
    EditForm(
      services, load: { tx, id, _ in try tx.found(campaign(id)) },
      page: { seen, frame in
        EditPage(
          title: "增加任务", lead: seen.title, breadcrumbs: campaignCrumbs(seen.model),
          panel(
            "任务",
            frame.form(
              action: Paths.deskMilestones.link(seen.id), button: "增加",
              milestoneFields(frame.view, nil))))
      },
      read: { checker, _ in TypedMilestone(&checker) },
      write: { tx, typed, edit in try tx.addMilestone(typed, to: edit.id, by: edit.editor) },
      done: { _, typed, _ in (Paths.deskCampaign.link, "已增加任务“\(typed.title)”。") })
  }

  /// `/desk/milestones/:id/edit`
  var change: EditForm<MilestoneID, OwedMilestone, TypedMilestone, Void> {
    form(
      title: "修改任务", button: "保存", to: Paths.deskMilestoneEdit,
      fields: { view, seen in milestoneFields(view, seen.milestone) },
      read: { checker, _ in TypedMilestone(&checker) },
      write: { tx, typed, edit in try tx.changeMilestone(edit, to: typed) }, flash: "任务已保存。")
  }

  /// `/desk/milestones/:id/removal`
  var removal: EditForm<MilestoneID, OwedMilestone, Void, Void> {
    form(
      title: "删除任务", button: "删除", to: Paths.deskMilestoneRemoval,
      fields: { _, seen in
        "<p id=\"title\">从方案中删除“\(seen.milestone.title)”（期限 \(seen.milestone.dueOn.chinese)）；变更记录里保留。</p>\n"
      },
      read: { _, _ in () }, write: { tx, _, edit in try tx.removeMilestone(edit) },
      flash: "任务已删除。")
  }

  /// `/desk/milestones/:id/completion`
  var completion: EditForm<MilestoneID, OwedMilestone, TypedCompletion, Void> {
    form(
      title: "登记完成", button: "登记完成", to: Paths.deskMilestoneCompletion,
      fields: { view, seen in
        "<p>\(seen.milestone.title)，责任单位：\(seen.milestone.owners)，期限 \(seen.milestone.dueOn.chinese)。</p>\n"
          + view.input("done_on", "完成日期", type: .date, hint: "不能晚于今天。")
          + view.textarea(
            "evidence", "完成凭据", rows: 3, hint: "文件名称和文号、报告，或者存放在哪里。", maxlength: 500)
      },
      read: { checker, seen in TypedCompletion(&checker, today: seen.asked.today) },
      write: { tx, typed, edit in try tx.completeMilestone(edit, typed) }, flash: "已登记完成。")
  }

  /// `/desk/milestones/:id/reopening`
  var reopening: EditForm<MilestoneID, OwedMilestone, String, Void> {
    form(
      title: "改为未完成", button: "改为未完成", to: Paths.deskMilestoneReopening, isDone: true,
      fields: { view, seen in
        "<p>\(seen.milestone.title)已登记于 \(seen.milestone.doneOn?.chinese ?? "") 完成。</p>\n"
          + view.input("reason", "原因", maxlength: 200)
      },
      read: { checker, _ in checker.column("reason", "原因", max: 200) },
      write: { tx, reason, edit in try tx.reopenMilestone(edit, reason: reason) },
      flash: "已改为未完成。")
  }

  /// What the four forms about one milestone share.
  ///
  /// - Parameter isDone: whether it is about one that was ticked off.
  private func form<Typed: Sendable>(
    title: String, button: String, to path: PagePathOf<MilestoneID>, isDone: Bool = false,
    fields: @escaping @Sendable (FormView, OwedMilestone) -> HTML,
    read:
      @escaping @Sendable (inout FormChecker, EditSeen<MilestoneID, OwedMilestone>) throws ->
      Typed?,
    write: @escaping @Sendable (Transaction, Typed, EditWriting<MilestoneID>) throws -> Void,
    flash: String
  ) -> EditForm<MilestoneID, OwedMilestone, Typed, Void> {
    EditForm(
      services,
      load: { tx, id, _ in
        let milestone = try tx.found(milestone(id))
        return OwedMilestone(
          milestone: milestone, campaign: try tx.found(campaign(milestone.campaign)))
      },
      history: { _, seen in .campaign(seen.campaign.id, version: seen.milestone.version) },
      page: { seen, frame in
        EditPage(
          title: title, lead: seen.milestone.title, breadcrumbs: campaignCrumbs(seen.campaign),
          panel(
            title,
            body(seen.model, frame, isDone) {
              frame.form(action: path.link(seen.id), button: button, fields(frame.view, seen.model))
            }))
      }, read: read, write: write, done: { _, _, _ in (Paths.deskCampaign.link, flash) })
  }
}

/// The form, or why there is none.
private func body(
  _ seen: OwedMilestone, _ frame: EditFrame, _ isDone: Bool, _ form: () -> HTML
) -> HTML {
  if seen.campaign.endedOn != nil { return emptyState("行动已经结束，任务不能再改") }
  guard (seen.milestone.doneOn != nil) == isDone || frame.answer.isOvertaken else {
    return isDone
      ? emptyState("这项任务还没有完成")
      : emptyState("这项任务已登记完成", hint: "登记有误的，先改为未完成。")
  }
  return form()
}

/// The fields of a milestone.
private func milestoneFields(_ view: FormView, _ milestone: Milestone?) -> HTML {
  view.input("title", "任务", value: milestone?.title, maxlength: 100)
    + view.input("due_on", "期限", type: .date, value: milestone?.dueOn.iso)
    + view.checkboxes(
      "owed_by", "责任单位", options: OwingUnit.allCases.map { ($0.rawValue, $0.title) },
      values: milestone?.owedBy ?? [])
}
