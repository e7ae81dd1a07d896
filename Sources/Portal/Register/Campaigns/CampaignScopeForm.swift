import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/desk/campaigns/:id/scope`: whose homes the campaign looks at.
func campaignScope(_ services: Services) -> EditForm<CampaignID, Campaign, CampaignScope, Void> {
  EditForm(
    services,
    load: { tx, id, _ in try tx.found(campaign(id)) },
    history: { _, campaign in EditHistory(version: campaign.version) },
    page: campaignScopePage,
    read: { checker, _ in checker.choice("scope", "整治范围", of: CampaignScope.self) },
    write: { tx, scope, edit in
      try tx.setScope(of: edit.id, to: scope, version: edit.version, by: edit.editor)
    },
    done: { _, _, _ in
      (Paths.deskCampaign.link, "已设置整治范围。已有的疑点到下一次运行规则时按新范围处理。")
    })
}

@Sendable private func campaignScopePage(
  _ seen: EditSeen<CampaignID, Campaign>, _ frame: EditFrame
) -> EditPage {
  let campaign = seen.model
  let fields = frame.view.radios(
    "scope", "整治范围", options: CampaignScope.allCases.map { ($0.rawValue, $0.title) },
    value: campaign.scope.rawValue,
    hint: "复核名单、疑点和问题只涉及范围内、有履行中租约的家庭；正在进行的复核名单不变。")
  return EditPage(
    title: "整治范围", lead: campaign.title, breadcrumbs: [("行动方案", Paths.deskCampaign.link)],
    panel(
      "整治范围（现在是“\(campaign.scope.title)”）",
      frame.form(action: Paths.deskCampaignScope.link(seen.id), button: "保存", fields)))
}

extension Transaction {
  fileprivate func setScope(
    of id: CampaignID, to scope: CampaignScope, version: Int, by editor: Editor
  ) throws {
    let before = try found(campaign(id))
    guard before.scope != scope else { return }
    let changed = try execute(
      """
      UPDATE campaigns SET scope = \(scope), version = version + 1
      WHERE id = \(id) AND version = \(version)
      """)
    guard changed == 1 else { throw EditProblem.overtaken }
    try audit(
      AuditEvent(
        action: .setCampaignScope, entity: "campaigns", entityID: id.description,
        before: ["scope": before.scope.title], after: ["scope": scope.title]), by: editor.origin)
  }
}
