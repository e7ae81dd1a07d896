package import Domain
package import HTML
import Pages
package import Postgres

/// Something owed by a day, and when it was done.
package struct Milestone: RowDecodable {
  let id: MilestoneID
  let campaign: CampaignID
  package let title: String
  package let dueOn: Day
  package let owedBy: [String]
  package let doneOn: Day?
  /// What shows that it was done.
  let evidence: String?
  let doneByName: String?
  let version: Int

  package init(_ row: Row) throws {
    id = try row("id")
    campaign = try row("campaign_id")
    title = try row("title")
    dueOn = try row("due_on")
    owedBy = try row("owed_by")
    doneOn = try row("done_on")
    evidence = try row("evidence")
    doneByName = try row("done_by_name")
    version = try row("version")
  }

  /// The owing units in words.
  var owners: String {
    owedBy.map { OwingUnit(rawValue: $0)?.title ?? $0 }.joined(separator: "、")
  }

  func isLate(on today: Day) -> Bool { (doneOn ?? today) > dueOn }
}

private let milestoneRows: SQL = """
  id, campaign_id, title, due_on, owed_by, done_on, evidence, done_by_name, version
  """

package func milestones(of campaign: CampaignID) -> Query<Milestone> {
  Query(
    """
    SELECT \(milestoneRows) FROM milestones
    WHERE campaign_id = \(campaign) ORDER BY due_on, position
    """)
}

func milestone(_ id: MilestoneID) -> Query<Milestone> {
  Query("SELECT \(milestoneRows) FROM milestones WHERE id = \(id)")
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
