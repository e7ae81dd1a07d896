import Campaigns
package import Domain
import Foundation
import Ground
package import Postgres

/// The roster of a campaign (入户核查名单库): every lease that runs in its estates.
package struct VisitRoster: RowDecodable {
  package let id: VisitRosterID
  let area: AreaCode
  let campaign: CampaignID
  let title: String
  /// By this day everybody has been visited.
  let clearBy: Day
  let isCampaignEnded: Bool
  let madeBy: String
  let madeAt: Date
  /// When it was last made whole; nil while the first one is being made.
  let readyAt: Date?
  /// What is being done to it: how many leases were looked at, and of how many.
  let work: (done: Int, expected: Int?)?

  package init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    campaign = try row("campaign_id")
    title = try row("title")
    clearBy = try row("clear_by")
    isCampaignEnded = try row("is_ended")
    madeBy = try row("made_by_name")
    madeAt = try row("made_at")
    readyAt = try row("ready_at")
    let (done, expected) = (try row("done", as: Int?.self), try row("expected", as: Int?.self))
    work = done.map { ($0, expected) }
  }
}

/// The rosters that somebody in this area works by: that of the campaign of its county, or of the counties in it.
package func currentRosters(for area: AreaCode) -> Query<VisitRoster> {
  Query(
    """
    SELECT o.id, o.area, o.campaign_id, c.title, c.clear_by, c.ended_on IS NOT NULL AS is_ended,
      o.made_by_name, o.made_at, o.ready_at,
      \(jobColumn("done", of: [RosterMakingJob.self], "o.id")) AS done,
      \(jobColumn("expected", of: [RosterMakingJob.self], "o.id")) AS expected
    FROM (\(currentCampaigns(for: area).sql)) c
    JOIN visit_rosters o ON o.campaign_id = c.id
    ORDER BY o.area
    """)
}

extension VisitRoster {
  /// The day on which it was made.
  var madeOn: Day { ShanghaiTime.day(of: madeAt) }

  /// When it was made and brought up to date, in words.
  var words: String {
    guard let readyAt else { return "正在生成" }
    return "\(madeBy)\(madeOn.chinese)生成，\(ShanghaiTime.dateTimeText(readyAt)) 更新"
  }
}
