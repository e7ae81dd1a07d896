import Campaigns
import Domain
import Foundation
import Register

/// What a release holds, in full (`CountyFigures`) or for the public (`PublishedFigures`), as it
/// stands in the columns `figures` and `public_figures`.
package struct ReleaseContent<Figures: Codable & Sendable>: Codable, Sendable {
  var campaign: ReleasedCampaign
  package var figures: Figures
}

/// The campaign as it stood at the cut-off.
struct ReleasedCampaign: Codable, Sendable {
  var title: String
  var documentNumber: String
  /// By this day every household that may not stay has left.
  var clearBy: Day
  var stages: [CampaignStage]
  /// The stages that ran at the cut-off, in words.
  var stage: String

  init(_ campaign: Campaign, stages: [CampaignStage], on day: Day) {
    title = campaign.title
    documentNumber = campaign.documentNumber
    clearBy = campaign.clearBy
    self.stages = stages
    stage = stageText(stages, on: day)
  }
}

extension ReleaseContent {
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  package init(json: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
  }
}
