import Domain
import HTML
import Pages
import Postgres
import Web

/// A campaign with what is still under way in it.
struct EndingCampaign: Sendable {
  let campaign: Campaign
  let openCases: Int
  let standing: [String]
}

/// What stands in the way of a campaign's end, in words.
private func standing(in campaign: CampaignID) -> Query<String> {
  Query(
    """
    SELECT '资格复核“' || title || '”还没有结束' FROM review_rounds
    WHERE campaign_id = \(campaign) AND closed_on IS NULL
    UNION ALL
    SELECT '有一期数据等待第二人发布' FROM releases
    WHERE campaign_id = \(campaign) AND state = 'prepared'
    """)
}

extension CampaignForms {
  /// `/desk/campaign/:id/ending`
  var ending: EditForm<CampaignID, EndingCampaign, String, Void> {
    EditForm(
      services, taken: Self.taken,
      load: { tx, id, _ in
        EndingCampaign(
          campaign: try tx.found(campaign(id)), openCases: try cases.open(tx, id),
          standing: try tx.all(standing(in: id)))
      },
      history: { id, seen in .campaign(id, version: seen.campaign.version) },
      page: { seen, frame in
        EditPage(
          title: "结束行动", lead: seen.campaign.title, breadcrumbs: campaignCrumbs(seen.campaign),
          panel("结束行动", endingBody(seen.model, frame)))
      },
      read: { checker, _ in checker.column("reason", "结束说明", max: 200) },
      write: { tx, reason, edit in
        try tx.endCampaign(edit.id, reason: reason, version: edit.version, by: edit.editor)
      },
      done: { _, _, _ in (Paths.deskCampaign.link, "行动已结束。") })
  }

  /// `/desk/campaign/:id/reopening`
  var reopening: EditForm<CampaignID, Campaign, String, Void> {
    EditForm(
      services, taken: Self.taken, load: { tx, id, _ in try tx.found(campaign(id)) },
      history: { id, seen in .campaign(id, version: seen.version) },
      page: { seen, frame in
        let body =
          seen.endedOn == nil
          ? emptyState("行动在进行中，没有结束")
          : frame.form(
            action: Paths.deskCampaignReopening.link(seen.id), button: "恢复行动",
            frame.view.input("reason", "恢复的原因", maxlength: 200))
        return EditPage(
          title: "恢复行动", lead: seen.title, breadcrumbs: campaignCrumbs(seen.model),
          panel("恢复行动", body))
      },
      read: { checker, _ in checker.column("reason", "恢复的原因", max: 200) },
      write: { tx, reason, edit in
        try tx.reopenCampaign(edit.id, reason: reason, version: edit.version, by: edit.editor)
      },
      done: { _, _, _ in (Paths.deskCampaign.link, "行动已恢复。") })
  }
}

private func endingBody(_ seen: EndingCampaign, _ frame: EditFrame) -> HTML {
  guard seen.campaign.endedOn == nil else { return emptyState("行动已经结束") }
  guard seen.standing.isEmpty else {
    return notice(
      .warn,
      """
      <p>还不能结束：</p>
      <ul>\(seen.standing, { "<li>\($0)</li>" })</ul>
      <p>办完以后再结束行动。</p>
      """)
  }
  let left: HTML =
    seen.openCases > 0
    ? "<p>未销号的问题还有 \(seen.openCases) 件：继续办理，建立下一次行动时转入。</p>\n"
    : "<p>所有问题都已销号。</p>\n"
  return frame.form(
    action: Paths.deskCampaignEnding.link(seen.campaign.id), button: "结束行动",
    left
      + "<p class=\"hint\">结束后方案不能再改，不能再开始新的复核；结束有误可以恢复。</p>\n"
      + frame.view.input("reason", "结束说明", hint: "例如 验收完成，总结报告已上报。", maxlength: 200))
}

// MARK: - Writing

extension Transaction {
  fileprivate func endCampaign(
    _ id: CampaignID, reason: String, version: Int, by editor: Editor
  ) throws {
    // A round or a release that begins meanwhile waits for this, and then finds the campaign ended.
    guard try first(Query<Bool>("SELECT true FROM campaigns WHERE id = \(id) FOR UPDATE")) != nil
    else { throw WebError.notFound }
    if let obstacle = try all(standing(in: id)).first {
      throw EditProblem.field("reason", "\(obstacle)，办完以后再结束行动")
    }
    let changed = try execute(
      """
      UPDATE campaigns SET ended_on = \(editor.today), version = version + 1
      WHERE id = \(id) AND version = \(version) AND ended_on IS NULL
      """)
    guard changed == 1 else { throw EditProblem.overtaken }
    try editor.record(
      .end, of: id, note: reason, after: ["ended_on": editor.today.iso, "reason": reason], in: self)
  }

  fileprivate func reopenCampaign(
    _ id: CampaignID, reason: String, version: Int, by editor: Editor
  ) throws {
    let changed = try execute(
      """
      UPDATE campaigns SET ended_on = NULL, version = version + 1
      WHERE id = \(id) AND version = \(version) AND ended_on IS NOT NULL
      """)
    guard changed == 1 else { throw EditProblem.overtaken }
    try editor.record(.reopen, of: id, note: reason, after: ["reason": reason], in: self)
  }
}
