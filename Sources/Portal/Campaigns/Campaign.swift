package import Domain
package import Postgres

/// A campaign (整治行动) of a county.
package struct Campaign: RowDecodable, Identifiable {
  package let id: CampaignID
  package let area: AreaCode
  package let areaName: String
  package let title: String
  package let documentNumber: String
  package let clearBy: Day
  /// Who gives the home back by this day is met with leniency.
  let graceBy: Day?
  package let endedOn: Day?
  package let scope: CampaignScope
  let version: Int

  package init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    areaName = try row("area_name")
    title = try row("title")
    documentNumber = try row("document_number")
    clearBy = try row("clear_by")
    graceBy = try row("grace_by")
    endedOn = try row("ended_on")
    scope = try row("scope")
    version = try row("version")
  }
}

private let campaignRows: SQL = """
  c.id, c.area, a.name AS area_name, c.title, c.document_number, c.clear_by, c.grace_by, c.ended_on,
  c.scope, c.version
  """

/// The campaign that somebody in this area works in: that of its county, or of the counties in it;
/// of each the one that runs, else the latest.
package func currentCampaigns(for area: AreaCode) -> Query<Campaign> {
  Query(
    """
    SELECT DISTINCT ON (c.area) \(campaignRows)
    FROM campaigns c JOIN areas a ON a.code = c.area
    WHERE \(area)::text ^@ c.area::text OR c.area ^@ \(area)::text
    ORDER BY c.area, c.ended_on IS NOT NULL, c.id DESC
    """)
}

/// Whether the campaign of a place looks at an estate there: at the government's, or at all of them. NULL where
/// there is no estate.
///
/// - Parameters:
///   - estate: `estates`, as the query around it calls it.
///   - area: of the place, as the query around it says it.
package func isInCampaign(estate: StaticString, area: StaticString) -> SQL {
  """
  (\(raw: estate).ownership = 'government' OR 'all' = (
    SELECT g.scope FROM campaigns g WHERE \(raw: area)::text ^@ g.area::text
    ORDER BY g.ended_on IS NOT NULL, g.id DESC LIMIT 1))
  """
}

/// Every campaign that somebody in this area sees, those that run before those that ended.
func campaigns(for area: AreaCode) -> Query<Campaign> {
  Query(
    """
    SELECT \(campaignRows) FROM campaigns c JOIN areas a ON a.code = c.area
    WHERE \(area)::text ^@ c.area::text OR c.area ^@ \(area)::text
    ORDER BY c.area, c.ended_on IS NOT NULL, c.id DESC
    """)
}

func campaign(_ id: CampaignID) -> Query<Campaign> {
  Query(
    "SELECT \(campaignRows) FROM campaigns c JOIN areas a ON a.code = c.area WHERE c.id = \(id)")
}

package func campaignStages(_ campaign: CampaignID) -> Query<CampaignStage> {
  Query(
    """
    SELECT title, starts_on, ends_on FROM campaign_stages
    WHERE campaign_id = \(campaign) ORDER BY position
    """
  ) { row in
    CampaignStage(
      title: try row("title"), startsOn: try row("starts_on"), endsOn: try row("ends_on"))
  }
}
