package import Domain
package import Ground
import Postgres

extension Transaction {
  /// Writes a decision on open findings that are locked, with its history.
  package func decide(
    _ findings: [SeenVersion<FindingID>], _ action: FindingAction, reason: String?,
    audit: AuditEvent,
    by actor: ActingPerson
  ) throws {
    var step = FindingStep(
      FindingWorkflow[.open, action], of: findings,
      in: findingSteps, audit: audit)
    step.note = reason
    step.changes = """
      decided_by = \(actor.principal.accountID), decided_by_name = \(actor.principal.displayName),
      decided_at = \(actor.now), decision_reason = \(optional: reason)
      """
    try take(step, by: actor)
  }

  /// Takes a dismissal back.
  ///
  /// - Throws: `StepOvertaken` when the finding is not as it was any more.
  package func reopenFinding(
    _ id: FindingID, version: Int, reason: String, audit: AuditEvent, by actor: ActingPerson
  ) throws {
    var step = FindingStep(
      FindingWorkflow[.dismissed, .reopened], of: [SeenVersion(id, version: version)],
      in: findingSteps, audit: audit)
    step.note = reason
    step.changes =
      "decided_by = NULL, decided_by_name = NULL, decided_at = NULL, decision_reason = NULL"
    try take(step, by: actor)
  }
}

private typealias FindingStep = StepTaking<FindingWorkflow, FindingID>

/// That it was found is the first entry of its history.
let findingSteps = StepTable<FindingWorkflow, FindingID>(
  "findings", history: StepHistory("finding_events", of: "finding_id", hasStates: false))
