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
  package static let deskExitGrounds = PagePath("/desk/grounds")
  static let deskExitGround = PagePathOf<ExitNature>("/desk/grounds/:nature")
  static let deskCaseSettings = PagePath("/desk/grounds/review")
  package static let deskCaseHardship = PagePathOf<CaseID>("/desk/cases/:id/hardship")
}
