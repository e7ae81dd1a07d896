package import Domain
import Ground
package import HTML
import Pages
import Postgres
import Web

/// The plan that everybody works by.
struct CampaignHandlers: Sendable {
  let services: Services

  func showCampaign(_ request: WebRequest) async throws -> WebResponse {
    let today = ShanghaiTime.day(of: request.now)
    let principal = try request.principal
    let plans = try await services.databases.read(as: principal) { tx in
      try tx.all(currentCampaigns(for: principal.area)).map { campaign in
        CampaignPlan(
          campaign: campaign, stages: try tx.all(campaignStages(campaign.id)),
          milestones: try tx.all(milestones(of: campaign.id)),
          mayChange: principal.may(.runReviews) && principal.area.contains(campaign.area))
      }
    }
    let body =
      plans.isEmpty
      ? emptyState("还没有整治行动", hint: "县住建局建立行动方案后，阶段和任务会显示在这里。")
      : plans.map { $0.html(today: today) }.joined()
    return try await services.deskPage(
      request, title: "行动方案", lead: "各阶段安排，谁在什么时候之前要做什么。", body)
  }
}

/// A campaign with its stages and milestones.
struct CampaignPlan: Sendable {
  let campaign: Campaign
  let stages: [CampaignStage]
  let milestones: [Milestone]
  let mayChange: Bool

  func html(today: Day) -> HTML {
    panel(
      "\(campaign.areaName) \(campaign.title)",
      definitionList([
        ("文号", "\(campaign.documentNumber)"), ("清退期限", "\(campaign.clearBy.chinese)"),
        ("当前阶段", "\(stageText(stages, on: today))"), ("整治范围", scope),
      ]) + stageStepper(stages, on: today))
      + panel("任务与责任单位", milestoneTable(today))
  }

  private var scope: HTML {
    let link: HTML = "<a href=\"\(path: Paths.deskCampaignScope.link(campaign.id))\">修改</a>"
    return "\(campaign.scope.title) \(mayChange ? link : HTML())"
  }

  private func milestoneTable(_ today: Day) -> HTML {
    dataTable(
      caption: "\(campaign.areaName)任务",
      columns: [
        Column("任务") { "\($0.title)" }, Column("责任单位") { "\($0.owners)" },
        Column("期限") { "\($0.dueOn.iso)" }, Column("完成日期") { "\($0.doneOn?.iso ?? "—")" },
        Column("情况") { milestoneTag($0, today) },
      ], rows: milestones, empty: emptyState("方案里没有任务"))
  }
}

package func milestoneTag(_ milestone: Milestone, _ today: Day) -> HTML {
  let isLate = milestone.isLate(on: today)
  if let doneOn = milestone.doneOn {
    let days = milestone.dueOn.days(until: doneOn)
    return isLate ? tag("迟交 \(days) 天", .warn) : tag("按时完成", .ok)
  }
  let left = today.days(until: milestone.dueOn)
  return isLate ? tag("逾期 \(-left) 天", .alert) : tag("还有 \(left) 天", left <= 7 ? .warn : .neutral)
}
