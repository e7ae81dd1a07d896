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
  /// What is being done to it; nil where nothing is, empty where it waits to begin.
  let phase: String?

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
    let isBusy: Bool = try row("is_busy")
    phase = isBusy ? try row("phase", as: String?.self) ?? "" : nil
  }
}

/// The rosters that somebody in this area works by: that of the campaign of its county, or of the counties in it.
package func currentRosters(for area: AreaCode) -> Query<VisitRoster> {
  Query(
    """
    SELECT o.id, o.area, o.campaign_id, c.title, c.clear_by, c.ended_on IS NOT NULL AS is_ended,
      o.made_by_name, o.made_at, o.ready_at,
      \(jobColumn("phase", of: [RosterMakingJob.self], "o.id")) AS phase,
      \(jobColumn("id", of: [RosterMakingJob.self], "o.id")) IS NOT NULL AS is_busy
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
