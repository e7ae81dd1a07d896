package import Domain
package import HTML
package import Pages

// Lines of the county, runs of the rules, findings (疑点).
extension Paths {
  package static let deskThresholds = PagePath("/desk/thresholds")
  package static let deskFindings = PagePath("/desk/findings")
  static let deskFindingChoice = PagePath("/desk/findings/choice")
  /// Narrowed as the list is.
  static let deskFindingAll = PagePath("/desk/findings/all")
  static let deskFindingDismissal = PagePath("/desk/findings/dismissal")
  package static let deskFindingConfirmation = PagePath("/desk/findings/confirmation")
  static let deskRuleRuns = PagePath("/desk/findings/runs")
  static let deskRuleRun = PagePathOf<RuleRunID>("/desk/findings/runs/:id")
  package static let deskFinding = PagePathOf<FindingID>("/desk/findings/:id")
  static let deskFindingReopening = PagePathOf<FindingID>("/desk/findings/:id/reopening")
}
