import Domain
import Ground
import Postgres
import Web

let repairSteps = StepTable<RepairWorkflow, RepairID>(
  "repair_notes", history: StepHistory("repair_events", of: "repair_id", entriesBefore: 0))

extension RepairAction {
  var audited: AuditAction {
    switch self {
    case .begin: .beginRepair
    case .finish: .finishRepair
    case .decline: .declineRepair
    case .reopen: .reopenRepair
    }
  }
}

/// A repair note that is entered at a home.
struct NewRepair: Sendable {
  let kind: RepairKind
  let words: String
  let isUrgent: Bool
}

extension Transaction {
  /// - Parameter plannedOn: by when it is to be put right; of the step that arranges it.
  func take(
    _ transition: RepairTransition, of id: RepairID, version: Int, text: String?, plannedOn: Day?,
    by actor: ActingPerson
  ) throws {
    guard try first(repair(id)) != nil else { throw WebError.notFound }
    var step = StepTaking<RepairWorkflow, RepairID>(
      transition, of: [SeenVersion(id, version: version)], in: repairSteps,
      audit: AuditEvent(
        action: transition.action.audited, entity: "repair_notes", entityID: id.description,
        before: ["state": transition.from.rawValue], after: ["state": transition.to.rawValue]))
    step.note = text
    if let plannedOn { step.changes = "planned_on = \(plannedOn)" }
    try take(step, by: actor)
  }

  /// Notes what is broken in a home, from its page.
  func note(_ typed: NewRepair, in home: HomeID, by actor: ActingPerson) throws -> RepairID {
    let id = try first(
      Query<RepairID>(
        """
        INSERT INTO repair_notes (area, home_id, kind, words, is_urgent, entered_by, entered_by_name,
          entered_at)
        SELECT area, id, \(typed.kind), \(typed.words), \(typed.isUrgent), \(actor.principal.accountID),
          \(actor.principal.displayName), \(actor.now)
        FROM homes WHERE id = \(home) RETURNING id
        """))
    guard let id else { throw WebError.notFound }
    try audit(
      AuditEvent(
        action: .noteRepair, entity: "repair_notes", entityID: id.description,
        after: ["home": home.description, "kind": typed.kind.rawValue]), by: actor.origin)
    return id
  }
}
