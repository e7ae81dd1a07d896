package import Domain
import Foundation
package import Ground
package import Postgres
import Web

/// A change to a complaint that somebody on the desk asks for.
package struct ComplaintChange: Sendable {
  package enum Kind: Sendable {
    /// A step of the workflow, with the text it writes for the citizen.
    case step(ComplaintTransition, text: String?)
    case assignment(to: Colleague)
  }

  package let complaint: ComplaintID
  /// The version that the person was looking at.
  package let version: Int
  package let kind: Kind

  package init(complaint: ComplaintID, version: Int, kind: Kind) {
    self.complaint = complaint
    self.version = version
    self.kind = kind
  }
}

typealias ComplaintStep = StepTaking<ComplaintWorkflow, ComplaintID>

/// Nothing stands in the history of a complaint before its first step.
let complaintSteps = StepTable<ComplaintWorkflow, ComplaintID>(
  "complaints",
  history: StepHistory("complaint_events", of: "complaint_id", hasArea: false, entriesBefore: 0))

extension Transaction {
  /// Applies a change: the guarded row, its event and its audit event, or nothing.
  ///
  /// - Throws: `StepOvertaken`, `StepRefusal`; `WebError.notFound` where the complaint is out of sight.
  package func apply(_ change: ComplaintChange, by actor: ActingPerson) throws {
    guard let before = try first(complaintDetail(change.complaint)) else {
      throw WebError.notFound
    }
    try take(change.step(before, at: actor.now), by: actor)
  }
}

extension ComplaintChange {
  fileprivate func step(_ before: ComplaintDetail, at now: Date) throws -> ComplaintStep {
    let seen = SeenVersion(complaint, version: version)
    switch kind {
    case .step(let transition, let text):
      // Who may not see it does not get here; this holds for whoever may.
      guard ComplaintWorkflow.applies(transition, to: before.kind) else { throw WebError.notFound }
      var step = ComplaintStep(
        transition, of: [seen], in: complaintSteps, audit: auditEvent(before, to: transition.to))
      step.changes = Self.changes(transition.action, text, at: now)
      step.note = text
      return step
    case .assignment(let colleague):
      var event = auditEvent(before, to: before.state)
      event.before?["assigned_to"] = before.assignedTo?.description ?? ""
      event.after?["assigned_to"] = colleague.id.description
      var step = ComplaintStep(
        staying: before.state, action: ComplaintAction.assignment, needs: .handleComplaints,
        of: seen, in: complaintSteps, audit: event)
      step.changes = "assigned_to = \(colleague.id)"
      step.note = "交给\(colleague.name)"
      return step
    }
  }

  private var audited: AuditAction {
    switch kind {
    case .step(let transition, _): transition.action.audited
    case .assignment: .assignComplaint
    }
  }

  /// What changes in the row beside its state. What a reopening takes back stays in the events.
  private static func changes(_ action: ComplaintAction, _ text: String?, at now: Date) -> SQL {
    switch action {
    case .accept: "decided_at = \(now)"
    case .decline: "decided_at = \(now), reason = \(optional: text)"
    case .finish: "finished_at = \(now), result = \(optional: text)"
    case .reopen: "finished_at = NULL, result = NULL, reason = NULL"
    }
  }

  /// The texts stand in the history; they may name people, so the log has the states alone.
  private func auditEvent(_ before: ComplaintDetail, to state: ComplaintState) -> AuditEvent {
    AuditEvent(
      action: audited, entity: "complaints", entityID: complaint.description,
      before: ["state": before.state.rawValue], after: ["state": state.rawValue])
  }
}
