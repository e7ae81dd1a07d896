import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres

/// What was done to a campaign: who, when, what.
struct CampaignEvent: RowDecodable {
  let id: Int64
  let at: Date
  let accountName: String
  let action: String
  let note: String?

  init(_ row: Row) throws {
    id = try row("id")
    at = try row("at")
    accountName = try row("account_name")
    action = try row("action")
    note = try row("note")
  }

  var shown: TimelineEvent {
    TimelineEvent(
      time: ShanghaiTime.dateTimeText(at),
      title: CampaignAction(rawValue: action)?.title ?? action, actor: accountName,
      detail: "\(note ?? "")")
  }
}

/// The newest first; after a mark, where one is given.
func campaignEvents(_ campaign: CampaignID, after mark: Int64 = 0) -> Query<CampaignEvent> {
  Query(
    """
    SELECT id, at, account_name, action, note FROM campaign_events
    WHERE campaign_id = \(campaign) AND id > \(mark) ORDER BY id DESC
    """)
}

extension EditHistory {
  /// Of a campaign or of one of its milestones: both stand in the campaign's.
  static func campaign(_ id: CampaignID, version: Int) -> EditHistory {
    EditHistory(
      version: version,
      mark: { tx in
        try tx.one(
          Query<Int64>(
            "SELECT COALESCE(max(id), 0) FROM campaign_events WHERE campaign_id = \(id)"))
      },
      since: { tx, mark in try tx.all(campaignEvents(id, after: mark)).map(\.shown) })
  }
}

extension Editor {
  /// Records what was done, in the campaign's history and in the audit log.
  func record(
    _ action: CampaignAction, of campaign: CampaignID, note: String? = nil,
    before: [String: String]? = nil, after: [String: String]? = nil, in tx: Transaction
  ) throws {
    try tx.execute(
      """
      INSERT INTO campaign_events (area, campaign_id, at, account_name, action, note)
      SELECT area, id, \(now), \(principal.displayName), \(action.rawValue), \(optional: note)
      FROM campaigns WHERE id = \(campaign)
      """)
    try tx.audit(
      AuditEvent(
        action: action.audited, entity: "campaigns", entityID: campaign.description, before: before,
        after: after), by: origin)
  }
}
