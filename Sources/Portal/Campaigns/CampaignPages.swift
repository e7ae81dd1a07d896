import Domain
import HTML
import Pages
import Web

/// How campaigns are shown.
struct CampaignPages: Sendable {
  let today: Day
  let mayPlan: Bool

  var empty: HTML {
    emptyState(
      "还没有整治行动",
      hint: mayPlan ? "按通知的方案或自己的安排建立行动，阶段、任务和期限都可以再改。" : "县住建局建立行动方案后，阶段和任务会显示在这里。",
      action: mayPlan ? buttonLink("建立行动", Paths.deskCampaignNew.link) : HTML())
  }

  func plan(_ plan: CampaignPlan) -> HTML {
    let campaign = plan.campaign
    return panel(
      "\(campaign.areaName) \(campaign.title)", actions: steps(campaign),
      definitionList(
        [
          ("文号", "\(campaign.documentNumber)"), ("清退期限", "\(campaign.clearBy.chinese)"),
        ] + (campaign.graceBy.map { [("主动退出宽限至", "\($0.chinese)")] } ?? []) + [
          (
            "当前阶段",
            campaign.endedOn.map { "已于\($0.chinese)结束" } ?? "\(stageText(plan.stages, on: today))"
          ), ("整治范围", "\(campaign.scope.title)"),
        ]) + stageStepper(plan.stages, on: today))
      + panel("任务与责任单位", actions: additions(campaign), milestoneTable(plan))
  }

  /// The campaigns before the one that runs.
  func earlier(_ campaigns: [Campaign]) -> HTML {
    guard !campaigns.isEmpty else { return HTML() }
    return panel(
      "以前的行动",
      dataTable(
        caption: "以前的行动",
        columns: [
          Column("行动", text: \.title), Column("文号", text: \.documentNumber),
          Column("清退期限") { "\($0.clearBy.iso)" },
          Column("结束日期") { "\($0.endedOn?.iso ?? "—")" },
        ], rows: campaigns, link: { Paths.deskCampaignShow.link($0.id) }, empty: HTML()))
  }

  func history(_ events: [CampaignEvent]) -> HTML {
    panel("变更记录", events.isEmpty ? emptyState("还没有变更") : timeline(events.map(\.shown)))
  }

  private func steps(_ campaign: Campaign) -> HTML {
    let history = buttonLink(
      "变更记录", Paths.deskCampaignShow.link(campaign.id), isPrimary: false)
    guard mayPlan else { return history }
    guard campaign.endedOn == nil else {
      return history
        + buttonLink("恢复行动", Paths.deskCampaignReopening.link(campaign.id), isPrimary: false)
    }
    return history
      + buttonLink("修改方案", Paths.deskCampaignEdit.link(campaign.id), isPrimary: false)
      + buttonLink("结束行动", Paths.deskCampaignEnding.link(campaign.id), isPrimary: false)
  }

  private func additions(_ campaign: Campaign) -> HTML {
    guard mayPlan, campaign.endedOn == nil else { return HTML() }
    return buttonLink("增加任务", Paths.deskMilestoneNew.link(campaign.id), isPrimary: false)
  }

  private func milestoneTable(_ plan: CampaignPlan) -> HTML {
    let changes = mayPlan && plan.campaign.endedOn == nil
    return dataTable(
      caption: "\(plan.campaign.areaName)任务",
      columns: [
        Column("任务") { "\($0.title)" }, Column("责任单位") { "\($0.owners)" },
        Column("期限") { "\($0.dueOn.iso)" }, Column("完成日期") { "\($0.doneOn?.iso ?? "—")" },
        Column("情况") { milestoneTag($0, today) },
        Column("完成凭据") { "\($0.evidence ?? "—")" },
      ] + (changes ? [Column("办理") { milestoneSteps($0) }] : []), rows: plan.milestones,
      empty: emptyState("方案里没有任务", hint: changes ? "用“增加任务”写明任务、责任单位和期限。" : ""))
  }

  private func milestoneSteps(_ milestone: Milestone) -> HTML {
    let edit: HTML = "<a href=\"\(path: Paths.deskMilestoneEdit.link(milestone.id))\">修改</a>"
    guard milestone.doneOn == nil else {
      return
        "<a href=\"\(path: Paths.deskMilestoneReopening.link(milestone.id))\">改为未完成</a>"
    }
    return """
      <a href="\(path: Paths.deskMilestoneCompletion.link(milestone.id))">登记完成</a> · \(edit) · \
      <a href="\(path: Paths.deskMilestoneRemoval.link(milestone.id))">删除</a>
      """
  }
}
