package import Domain
package import Foundation
package import Ground
package import Postgres

/// A change to a complaint that somebody on the desk asks for.
package struct ComplaintChange: Sendable {
  package enum Kind: Sendable {
    /// A step of the workflow, with the text it writes for the citizen.
    case step(ComplaintTransition, text: String?)
    case assignment(to: ComplaintHandler)
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

package enum ComplaintChangeOutcome: Sendable {
  case done
  /// Somebody else was faster; these are the steps taken since.
  case overtaken([ComplaintEvent])
  case missing
}

extension Transaction {
  /// Applies a change: the guarded row, its event and its audit event, or nothing.
  package func apply(
    _ change: ComplaintChange, by origin: AuditOrigin, as actor: Principal, at now: Date
  )
    throws -> ComplaintChangeOutcome
  {
    guard let before = try first(complaintDetail(change.complaint)) else { return .missing }
    let changed = try execute(
      """
      UPDATE complaints SET \(change.assignments(at: now)), version = version + 1
      WHERE id = \(change.complaint) AND version = \(change.version)
        AND state = \(change.from(before))
      """)
    guard changed == 1 else {
      return .overtaken(
        try all(complaintEvents(of: change.complaint, sinceVersion: change.version)))
    }
    try execute(
      """
      INSERT INTO complaint_events (complaint_id, at, account_name, action, from_state, to_state,
        note)
      VALUES (\(change.complaint), \(now), \(actor.displayName), \(change.action),
        \(change.from(before)), \(change.to(before)), \(optional: change.note))
      """)
    try audit(change.auditEvent(before), by: origin)
    return .done
  }
}

extension ComplaintChange {
  var action: String {
    switch kind {
    case .step(let transition, _): transition.action.rawValue
    case .assignment: ComplaintEvent.assignment
    }
  }

  private var auditAction: AuditAction {
    switch kind {
    case .step(let transition, _): transition.action.audited
    case .assignment: .assignComplaint
    }
  }

  fileprivate var note: String? {
    switch kind {
    case .step(_, let text): text
    case .assignment(let colleague): "交给\(colleague.name)"
    }
  }

  fileprivate func from(_ before: ComplaintDetail) -> ComplaintState {
    if case .step(let transition, _) = kind { transition.from } else { before.state }
  }

  fileprivate func to(_ before: ComplaintDetail) -> ComplaintState {
    if case .step(let transition, _) = kind { transition.to } else { before.state }
  }

  /// What changes in the row. What a reopening takes back stays in the events.
  fileprivate func assignments(at now: Date) -> SQL {
    switch kind {
    case .assignment(let colleague):
      return "assigned_to = \(colleague.id)"
    case .step(let transition, let text):
      let state: SQL = "state = \(transition.to)"
      switch transition.action {
      case .accept: return state + ", decided_at = \(now)"
      case .decline: return state + ", decided_at = \(now), reason = \(optional: text)"
      case .finish: return state + ", finished_at = \(now), result = \(optional: text)"
      case .reopen: return state + ", finished_at = NULL, result = NULL, reason = NULL"
      }
    }
  }

  /// The texts stand in the history; they may name people, so the log has the states alone.
  fileprivate func auditEvent(_ before: ComplaintDetail) -> AuditEvent {
    var event = AuditEvent(
      action: auditAction, entity: "complaints", entityID: complaint.description)
    event.before = ["state": before.state.rawValue]
    event.after = ["state": to(before).rawValue]
    if case .assignment(let colleague) = kind {
      event.before?["assigned_to"] = before.assignedTo?.description ?? ""
      event.after?["assigned_to"] = colleague.id.description
    }
    return event
  }
}
