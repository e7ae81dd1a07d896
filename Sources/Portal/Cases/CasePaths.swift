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
  package static let deskHouseholdCase = PagePathOf<HouseholdID>("/desk/households/:id/case")
  package static let deskExitGrounds = PagePath("/desk/grounds")
  static let deskExitGround = PagePathOf<ExitNature>("/desk/grounds/:nature")
  static let deskCaseSettings = PagePath("/desk/grounds/review")
  package static let deskCaseHardship = PagePathOf<CaseID>("/desk/cases/:id/hardship")
}
