package import Domain
package import HTML
package import Pages

extension Paths {
  package static let deskCampaign = PagePath("/desk/campaign")
  package static let deskCampaignNew = PagePath("/desk/campaign/new")
  static let deskCampaignShow = PagePathOf<CampaignID>("/desk/campaign/:id")
  static let deskCampaignEdit = PagePathOf<CampaignID>("/desk/campaign/:id/edit")
  static let deskCampaignEnding = PagePathOf<CampaignID>("/desk/campaign/:id/ending")
  static let deskCampaignReopening = PagePathOf<CampaignID>("/desk/campaign/:id/reopening")
  static let deskMilestones = PagePathOf<CampaignID>("/desk/campaign/:id/milestones")
  static let deskMilestoneNew = PagePathOf<CampaignID>("/desk/campaign/:id/milestones/new")
  static let deskMilestoneEdit = PagePathOf<MilestoneID>("/desk/milestones/:id/edit")
  static let deskMilestoneRemoval = PagePathOf<MilestoneID>("/desk/milestones/:id/removal")
  static let deskMilestoneCompletion = PagePathOf<MilestoneID>("/desk/milestones/:id/completion")
  static let deskMilestoneReopening = PagePathOf<MilestoneID>("/desk/milestones/:id/reopening")
}
