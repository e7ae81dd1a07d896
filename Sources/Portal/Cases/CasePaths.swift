package import Domain
package import HTML
package import Pages

// The problem list (问题清单).
extension Paths {
  package static let deskCases = PagePath("/desk/cases")
  package static let deskCase = PagePathOf<CaseID>("/desk/cases/:id")
  /// `?take=` says which step.
  package static let deskCaseStep = PagePathOf<CaseID>("/desk/cases/:id/step")
  package static let deskCaseProposal = PagePathOf<CaseID>("/desk/cases/:id/proposal")
  static let deskCaseNotes = PagePathOf<CaseID>("/desk/cases/:id/notes")
  static let deskCasePlan = PagePathOf<CaseID>("/desk/cases/:id/plan")
  static let deskCaseFiles = PagePathOf<CaseID>("/desk/cases/:id/files")
  static let deskCaseFile = PagePathOf<FileID>("/desk/case-files/:id")
  static let deskCaseThumbnail = PagePathOf<FileID>("/desk/case-files/:id/thumbnail")
  static let deskCaseFileRemoval = PagePathOf<FileID>("/desk/case-files/:id/removal")
  static let deskCaseSplit = PagePathOf<CaseID>("/desk/cases/:id/split")
  static let deskCaseMoney = PagePathOf<CaseID>("/desk/cases/:id/money")
  static let deskCaseEntry = PagePathOf<CaseID>("/desk/cases/:id/money/entry")
  static let deskCaseMarketRent = PagePathOf<CaseID>("/desk/cases/:id/money/market-rent")
  static let deskCaseInstalments = PagePathOf<CaseID>("/desk/cases/:id/money/instalments")
  /// The return sheet of the home.
  static let deskCaseReturn = PagePathOf<CaseID>("/desk/cases/:id/return")
  package static let deskRecovered = PagePath("/desk/recovered")
  package static let deskHouseholdCase = PagePathOf<HouseholdID>("/desk/households/:id/case")
  package static let deskExitGrounds = PagePath("/desk/grounds")
  static let deskExitGround = PagePathOf<ExitNature>("/desk/grounds/:nature")
  static let deskCaseSettings = PagePath("/desk/grounds/review")
  package static let deskAnnex = PagePath("/desk/annex")
  static let deskAnnexPrint = PagePath("/desk/annex/print")
  static let deskComplaintHousehold = PagePathOf<ComplaintID>("/desk/complaints/:id/household")
  static let deskComplaintUnlinking = PagePathOf<ComplaintID>("/desk/complaints/:id/unlinking")
  static let deskComplaintCase = PagePathOf<ComplaintID>("/desk/complaints/:id/case")
  static let deskCaseBoard = PagePath("/desk/cases/board")
  static let deskCaseChoice = PagePath("/desk/cases/choice")
  static let deskCaseAll = PagePath("/desk/cases/all")
  static let deskCaseAssignments = PagePath("/desk/cases/assignments")
  static let deskCaseNotices = PagePath("/desk/cases/notices")
  package static let deskCaseHardship = PagePathOf<CaseID>("/desk/cases/:id/hardship")
}
