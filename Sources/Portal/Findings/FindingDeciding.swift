package import Domain
package import Ground
package import Postgres
import Web

/// A finding as it stood when somebody chose it.
package struct ChosenFinding: Hashable, Sendable {
  let id: FindingID
  let version: Int

  /// `123:4`, as forms carry it.
  var text: String { "\(id):\(version)" }

  init(id: FindingID, version: Int) {
    self.id = id
    self.version = version
  }

  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let id = FindingID(String(parts[0])), let version = Int32(parts[1])
    else { return nil }
    self.init(id: id, version: Int(version))
  }
}

/// What stands in the way of deciding on findings. Thrown inside the transaction, which it takes back.
package enum DecisionProblem: Error {
  /// These are not as they were when they were chosen, or are not there any more.
  case overtaken([FindingID])
  /// They follow different rules.
  case notAlike
}

extension Transaction {
  /// The chosen findings, kept from others until the end: all of them open, as they were when they were
  /// chosen, and of one rule.
  package func lockChosen(_ chosen: [ChosenFinding]) throws -> [FindingLine] {
    let ids = chosen.map(\.id)
    _ = try all(
      Query<FindingID>(
        "SELECT id FROM findings WHERE id = ANY(\(list: ids)) ORDER BY id FOR NO KEY UPDATE"))
    let lines = try all(findingLines(ids))
    let standing = Set(
      lines.filter { $0.state == .open }.map { ChosenFinding(id: $0.id, version: $0.version) })
    let overtaken = chosen.filter { !standing.contains($0) }.map(\.id)
    guard overtaken.isEmpty else { throw DecisionProblem.overtaken(overtaken) }
    guard Set(lines.map(\.rule)).count == 1 else { throw DecisionProblem.notAlike }
    return lines
  }

  /// Dismisses all of them or none.
  func dismiss(
    _ chosen: [ChosenFinding], reason: String, by actor: ActingPerson
  ) throws -> Int {
    let lines = try lockChosen(chosen)
    let event = AuditEvent(
      action: "findings.dismiss", entity: "findings", entityID: lines.first?.id.description,
      after: ["findings": idList(lines.map(\.id)), "reason": reason])
    try decide(lines, .dismissed, reason: reason, audit: event, by: actor)
    return lines.count
  }

  /// Writes a decision on open findings that are locked, with its history.
  package func decide(
    _ lines: [FindingLine], _ action: FindingAction, reason: String?, audit: AuditEvent,
    by actor: ActingPerson
  ) throws {
    var step = FindingStep(
      FindingWorkflow[.open, action], of: lines.map { SeenVersion($0.id, version: $0.version) },
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
  func reopenFinding(
    _ id: FindingID, version: Int, reason: String, by actor: ActingPerson
  ) throws {
    var step = FindingStep(
      FindingWorkflow[.dismissed, .reopened], of: [SeenVersion(id, version: version)],
      in: findingSteps,
      audit: AuditEvent(
        action: "finding.reopen", entity: "findings", entityID: id.description,
        before: ["state": FindingState.dismissed.rawValue],
        after: ["state": FindingState.open.rawValue, "reason": reason]))
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

/// Ids as the audit log keeps them.
package func idList<ID: RecordID>(_ ids: [ID]) -> String {
  ids.map(\.description).joined(separator: " ")
}
