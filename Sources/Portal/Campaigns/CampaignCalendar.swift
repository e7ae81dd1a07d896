package import Domain
package import Postgres

extension Transaction {
  /// What the running campaigns of an area want done by when: of who works in one of the units that owe it, what that
  /// unit owes; of others all.
  package func campaignDays(for principal: Principal) throws -> [CalendarDay] {
    let unit = principal.role.owingUnit
    return try all(currentCampaigns(for: principal.area)).filter { $0.endedOn == nil }
      .flatMap { campaign -> [CalendarDay] in
        let owed = try all(milestones(of: campaign.id)).filter { milestone in
          milestone.doneOn == nil && (unit.map { milestone.owedBy.contains($0.rawValue) } ?? true)
        }
        return owed.map { milestone in
          CalendarDay(
            uid: "milestone-\(milestone.id)@portal", day: milestone.dueOn, title: milestone.title,
            detail: "\(campaign.title)，责任单位：\(milestone.owners)", remindsDaysBefore: 3)
        } + [
          CalendarDay(
            uid: "campaign-\(campaign.id)@portal", day: campaign.clearBy, title: "清退期限",
            detail: campaign.title, remindsDaysBefore: 7)
        ]
      }
  }
}

extension Role {
  /// The unit that somebody of this role works in, where it owes a campaign something.
  fileprivate var owingUnit: OwingUnit? {
    switch self {
    case .housingOfficer: .housing
    case .civilAffairs: .civilAffairs
    case .naturalResources: .naturalResources
    case .publicSecurity: .publicSecurity
    case .townOfficer: .townships
    case .housingLead, .counterClerk, .taskForce, .inspector, .cityViewer, .systemAdmin,
      .securityAdmin, .auditAdmin:
      nil
    }
  }
}
