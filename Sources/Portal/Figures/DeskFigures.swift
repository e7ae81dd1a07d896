package import Campaigns
package import Domain
package import Foundation
package import Ground
import Postgres
package import Register

/// The figures of one campaign now, with where it stands.
package struct CurrentFigures: Sendable {
  package let campaign: Campaign
  package let stages: [CampaignStage]
  package let figures: CountyFigures
}

/// The figures as they stand, for desks and dashboards: counted anew when the last count is older
/// than half a minute, so that opening one's desk does not count a million households each time.
package final class DeskFigures: Sendable {
  private let databases: Databases
  private let counted = TimedCache<AreaCode, [CurrentFigures]>(lifetime: 30)

  package init(databases: Databases) {
    self.databases = databases
  }

  /// One for each county that the person works in or looks at; of a township its own estates only.
  package func current(for principal: Principal, at now: Date) async throws -> [CurrentFigures] {
    let area = principal.area
    return try await counted.value(for: area, at: now) { [databases] in
      let today = ShanghaiTime.day(of: now)
      return try await databases.read(as: principal) { tx in
        try tx.all(currentCampaigns(for: area)).map { campaign in
          let scope = area.contains(campaign.area) ? campaign.area : area
          return CurrentFigures(
            campaign: campaign, stages: try tx.all(campaignStages(campaign.id)),
            figures: try tx.figures(in: scope, campaign: campaign.id, today: today))
        }
      }
    }
  }
}
