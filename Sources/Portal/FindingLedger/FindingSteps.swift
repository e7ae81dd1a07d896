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
    step.changes = Self.undecided
    try take(step, by: actor)
  }

  /// Opens findings again whose case was taken back.
  package func releaseFindings(
    _ ids: [FindingID], reason: String, audit: AuditEvent, by actor: ActingPerson
  ) throws {
    let findings = try all(
      Query(
        """
        SELECT id, version FROM findings WHERE id = ANY(\(list: ids)) ORDER BY id FOR NO KEY UPDATE
        """
      ) { row in SeenVersion(try row("id", as: FindingID.self), version: try row("version")) })
    var step = FindingStep(
      FindingWorkflow[.confirmed, .reopened], of: findings, in: findingSteps, audit: audit)
    step.note = reason
    step.changes = Self.undecided
    try take(step, by: actor)
  }

  private static let undecided: SQL =
    "decided_by = NULL, decided_by_name = NULL, decided_at = NULL, decision_reason = NULL"
}

private typealias FindingStep = StepTaking<FindingWorkflow, FindingID>

/// That it was found is the first entry of its history.
let findingSteps = StepTable<FindingWorkflow, FindingID>(
  "findings", history: StepHistory("finding_events", of: "finding_id", hasStates: false))
