package import Domain
package import Ground
package import HTML
package import Pages
package import Register
package import Web

/// From evidence to findings: the lines, the runs of the rules, the findings and what becomes of them.
package struct FindingRoutes: Sendable {
  let services: Services
  let estates: EstateOverview
  let jobs: JobRunner
  let caseLink: @Sendable (CaseID) -> Link

  package init(
    services: Services, estates: EstateOverview, jobs: JobRunner,
    caseLink: @escaping @Sendable (CaseID) -> Link
  ) {
    self.services = services
    self.estates = estates
    self.jobs = jobs
    self.caseLink = caseLink
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let thresholds = ThresholdHandlers(services: services)
    routes.get(Paths.deskThresholds, .needs(.viewFindings), thresholds.showThresholds)
    routes.post(Paths.deskThresholds, .needs(.setThresholds), thresholds.setThresholds)

    let findings = FindingHandlers(services: services, estates: estates, caseLink: caseLink)
    routes.get(Paths.deskFindings, .needs(.viewFindings), findings.listFindings)
    let look = Look(.viewFinding, at: "findings", in: services.databases) { request in
      let ids = request.query.all("finding").compactMap { FindingID($0)?.description }
      return ids.isEmpty ? nil : ["findings": ids.joined(separator: ",")]
    }
    routes.get(
      Paths.deskFinding, .needs(.viewFindings), findings.showFinding, records: look)
    routes.form(
      Paths.deskFindingReopening, .needs(.workFindings), findingReopening(services),
      records: look)

    let choices = FindingChoiceHandlers(services: services)
    routes.get(
      Paths.deskFindingChoice, .needs(.workFindings), choices.showChoice, records: look)
    routes.get(
      Paths.deskFindingAll, .needs(.workFindings),
      { try await choices.showAll($0, try await findings.asked($0)) },
      records: Look(.viewFinding, at: "findings", in: services.databases) { request in
        request.query["rule"].map { ["list": "rule=\($0)"] }
      })
    routes.post(
      Paths.deskFindingDismissal, .needs(.workFindings), bodyLimit: findingSelectionBytes,
      choices.dismissFindings)

    let runs = RuleRunHandlers(services: services, jobs: jobs)
    routes.get(Paths.deskRuleRuns, .needs(.viewFindings), runs.listRuns)
    routes.post(Paths.deskRuleRuns, .needs(.workFindings), runs.startRun)
    routes.get(Paths.deskRuleRun, .needs(.viewFindings), runs.showRun)
  }
}

/// Room for a form that carries all findings of a filter.
package let findingSelectionBytes = 512 << 10
