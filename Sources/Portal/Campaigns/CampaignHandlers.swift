import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// The plan that everybody works by, and those before it.
struct CampaignHandlers: Sendable {
  let services: Services

  /// `GET /desk/campaign`
  func showCurrent(_ request: WebRequest) async throws -> WebResponse {
    let today = ShanghaiTime.day(of: request.now)
    let principal = try request.principal
    let (plans, others) = try await services.databases.read(as: principal) { tx in
      let current = try tx.all(currentCampaigns(for: principal.area))
      let shown = Set(current.map(\.id))
      return (
        try current.map { try tx.plan($0) },
        try tx.all(campaigns(for: principal.area)).filter { !shown.contains($0.id) }
      )
    }
    let mayPlan = principal.may(.planCampaign)
    let page = CampaignPages(today: today, mayPlan: mayPlan)
    let body =
      plans.isEmpty ? page.empty : plans.map(page.plan).joined() + page.earlier(others)
    let canOpen = mayPlan && !plans.contains { $0.campaign.endedOn == nil }
    return try await services.deskPage(
      request, title: "行动方案", lead: "各阶段安排，谁在什么时候之前要做什么。",
      actions: canOpen && !plans.isEmpty
        ? buttonLink("建立下一次行动", Paths.deskCampaignNew.link) : HTML(), body)
  }

  /// `GET /desk/campaign/:id`
  func showCampaign(_ request: WebRequest, _ id: CampaignID) async throws -> WebResponse {
    let principal = try request.principal
    let (plan, events) = try await services.databases.read(as: principal) { tx in
      (try tx.plan(try tx.found(campaign(id))), try tx.all(campaignEvents(id)))
    }
    let page = CampaignPages(
      today: ShanghaiTime.day(of: request.now), mayPlan: principal.may(.planCampaign))
    return try await services.deskPage(
      request, title: plan.campaign.title, lead: plan.campaign.areaName,
      breadcrumbs: [("行动方案", Paths.deskCampaign.link)], page.plan(plan) + page.history(events))
  }
}

/// A campaign with its stages and milestones.
struct CampaignPlan: Sendable {
  let campaign: Campaign
  let stages: [CampaignStage]
  let milestones: [Milestone]
}

extension Transaction {
  func plan(_ campaign: Campaign) throws -> CampaignPlan {
    CampaignPlan(
      campaign: campaign, stages: try all(campaignStages(campaign.id)),
      milestones: try all(milestones(of: campaign.id)))
  }
}
