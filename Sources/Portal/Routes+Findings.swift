import Domain
import Web

extension Portal {
  /// From evidence to doubts: the lines, the runs of the rules, the findings and what becomes of them.
  static func addFindings(_ services: Services, to routes: inout RouteTable) {
    let thresholds = ThresholdHandlers(services: services)
    routes.get(Paths.deskThresholds, .needs(.viewFindings), thresholds.showThresholds)
    routes.post(Paths.deskThresholds, .needs(.setThresholds), thresholds.setThresholds)

    let findings = FindingHandlers(services: services)
    routes.get(Paths.deskFindings, .needs(.viewFindings), findings.listFindings)
    routes.get(Paths.deskFinding, .needs(.viewFindings), findings.showFinding)
    routes.get(Paths.deskFindingReopening, .needs(.workFindings), findings.showReopening)
    routes.post(Paths.deskFindingReopening, .needs(.workFindings), findings.reopenFinding)

    let choices = FindingChoiceHandlers(services: services)
    routes.get(Paths.deskFindingChoice, .needs(.workFindings), choices.showChoice)
    routes.post(Paths.deskFindingDismissal, .needs(.workFindings), choices.dismissFindings)

    let openings = CaseOpeningHandlers(services: services)
    routes.post(Paths.deskFindingConfirmation, .needs(.workFindings), openings.confirmFindings)

    let runs = RuleRunHandlers(services: services)
    routes.get(Paths.deskRuleRuns, .needs(.viewFindings), runs.listRuns)
    routes.post(Paths.deskRuleRuns, .needs(.workFindings), runs.startRun)
    routes.get(Paths.deskRuleRun, .needs(.viewFindings), runs.showRun)
  }
}
