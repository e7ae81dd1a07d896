import Domain
import Ground
import Pages
import Postgres
import Web

/// What opening a campaign came to.
struct OpenedCampaign: Sendable {
  let id: CampaignID
  let carriedOver: Int
}

extension Transaction {
  /// Opens a campaign with the plan that it is copied from, moved to its first day.
  func openCampaign(
    _ typed: TypedOpening, by editor: Editor,
    carryingOver: (Transaction, CampaignID, Editor) throws -> Int
  ) throws -> OpenedCampaign {
    let source = try template(of: typed.copied)
    let first = source.stages.map(\.startsOn).min() ?? source.clearBy
    let plan = source.moved(by: first.days(until: typed.startsOn))
    let id = try one(
      Query<CampaignID>(
        """
        INSERT INTO campaigns (area, title, document_number, clear_by)
        VALUES (\(typed.county), \(typed.title), \(typed.documentNumber), \(plan.clearBy))
        RETURNING id
        """))
    try insert(plan.stages, of: id)
    for (place, milestone) in plan.milestones.enumerated() {
      try execute(
        """
        INSERT INTO milestones (campaign_id, area, position, title, due_on, owed_by)
        VALUES (\(id), \(typed.county), \(place + 1), \(milestone.title), \(milestone.dueOn),
          \(milestone.owedBy.map(\.rawValue)))
        """)
    }
    let carried = try carryingOver(self, id, editor)
    try editor.record(
      .open, of: id, note: carried > 0 ? "转入未销号的问题 \(carried) 件" : nil,
      after: [
        "title": typed.title, "document_number": typed.documentNumber,
        "clear_by": plan.clearBy.iso, "stages": CampaignStage.words(plan.stages),
        "copied": typed.copied?.description ?? CampaignTemplate2021.template.documentNumber,
        "carried_over": String(carried),
      ], in: self)
    return OpenedCampaign(id: id, carriedOver: carried)
  }

  /// The plan of an earlier campaign, or the notice's.
  private func template(of copied: CampaignID?) throws -> CampaignTemplate {
    guard let copied else { return CampaignTemplate2021.template }
    let plan = try plan(try found(campaign(copied)))
    return CampaignTemplate(
      title: plan.campaign.title, documentNumber: plan.campaign.documentNumber,
      issuedOn: plan.campaign.clearBy, clearBy: plan.campaign.clearBy, stages: plan.stages,
      milestones: plan.milestones.map {
        CampaignMilestone(
          title: $0.title, dueOn: $0.dueOn, owedBy: $0.owedBy.compactMap(OwingUnit.init(rawValue:)))
      })
  }

  func changeCampaign(
    _ id: CampaignID, to typed: TypedCampaign, version: Int, by editor: Editor
  ) throws {
    let before = try plan(try found(campaign(id)))
    guard before.campaign.endedOn == nil else {
      throw EditProblem.field("title", "行动已经结束，方案不能再改；结束有误的，先恢复行动")
    }
    let changed = try execute(
      """
      UPDATE campaigns SET title = \(typed.title), document_number = \(typed.documentNumber),
        clear_by = \(typed.clearBy), grace_by = \(typed.graceBy), scope = \(typed.scope),
        version = version + 1
      WHERE id = \(id) AND version = \(version) AND ended_on IS NULL
      """)
    guard changed == 1 else { throw EditProblem.overtaken }
    try execute("DELETE FROM campaign_stages WHERE campaign_id = \(id)")
    try insert(typed.stages, of: id)
    try editor.record(
      .change, of: id, before: before.audited, after: typed.audited, in: self)
  }

  private func insert(_ stages: [CampaignStage], of campaign: CampaignID) throws {
    for (place, stage) in stages.enumerated() {
      try execute(
        """
        INSERT INTO campaign_stages (campaign_id, area, position, title, starts_on, ends_on)
        SELECT id, area, \(place + 1), \(stage.title), \(stage.startsOn), \(stage.endsOn)
        FROM campaigns WHERE id = \(campaign)
        """)
    }
  }
}

extension CampaignPlan {
  fileprivate var audited: [String: String] {
    var values = [
      "title": campaign.title, "document_number": campaign.documentNumber,
      "clear_by": campaign.clearBy.iso, "scope": campaign.scope.title,
      "stages": CampaignStage.words(stages),
    ]
    values["grace_by"] = campaign.graceBy?.iso
    return values
  }
}
