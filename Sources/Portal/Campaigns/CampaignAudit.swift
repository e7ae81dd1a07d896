package import Ground

/// What people do to a campaign: the raw value stands in its history, and in the audit log behind `campaign.`.
enum CampaignAction: String, CaseIterable, Sendable {
  case open, change, end, reopen
  case addMilestone = "add_milestone"
  case changeMilestone = "change_milestone"
  case removeMilestone = "remove_milestone"
  case completeMilestone = "complete_milestone"
  case reopenMilestone = "reopen_milestone"

  var title: String {
    switch self {
    case .open: "建立行动"
    case .change: "修改行动方案"
    case .end: "结束行动"
    case .reopen: "恢复行动"
    case .addMilestone: "增加任务"
    case .changeMilestone: "修改任务"
    case .removeMilestone: "删除任务"
    case .completeMilestone: "任务完成"
    case .reopenMilestone: "任务改为未完成"
    }
  }

  var audited: AuditAction { AuditAction("campaign.\(rawValue)", title) }
}

extension AuditAction {
  /// Every action of this room.
  package static let ofCampaigns: [AuditAction] = CampaignAction.allCases.map(\.audited)
}
