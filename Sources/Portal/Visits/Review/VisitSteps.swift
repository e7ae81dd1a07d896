import Clocks
import Domain
import Ground
import Postgres
import Web

/// Nothing stands in the history of a visit before its first step.
let visitSteps = StepTable<VisitWorkflow, VisitID>(
  "visits", history: StepHistory("visit_events", of: "visit_id", entriesBefore: 0))

typealias VisitStep = StepTaking<VisitWorkflow, VisitID>

extension VisitAction {
  var audited: AuditAction {
    switch self {
    case .accept: .acceptVisit
    case .return: .returnVisit
    case .answer: .answerVisit
    case .reopen: .reopenVisit
    case .void: .voidVisit
    }
  }
}

extension VisitTransition {
  /// Whether somebody may take it of this visit: what a visitor says of a visit, only who was there says; whoever was
  /// there accepts nothing.
  func isFor(_ principal: Principal, _ visit: VisitDetail) -> Bool {
    let wasThere =
      visit.recordedBy == principal.accountID || visit.second == principal.accountID
    return switch action {
    case .accept, .return, .reopen: !wasThere
    case .answer, .void: wasThere || visit.recordedBy == nil
    }
  }
}

extension Transaction {
  /// Takes a step of a visit, and brings its home of the roster to where that leaves it.
  ///
  /// - Returns: the household, of whom the rules may say something else now.
  func take(
    _ transition: VisitTransition, of id: VisitID, version: Int, text: String?,
    by actor: ActingPerson
  ) throws -> HouseholdID {
    guard let visit = try first(visitDetail(id)) else { throw WebError.notFound }
    guard transition.isFor(actor.principal, visit) else {
      throw transition.action == .accept ? StepRefusal.samePerson : StepRefusal.notPermitted
    }
    var step = VisitStep(
      transition, of: [SeenVersion(id, version: version)], in: visitSteps,
      audit: AuditEvent(
        action: transition.action.audited, entity: "visits", entityID: id.description,
        before: ["state": transition.from.rawValue], after: ["state": transition.to.rawValue]))
    step.note = text
    try take(step, by: actor)
    if transition.to == .void, let entry = visit.entry {
      try settleEntry(entry, in: try workCalendar(for: visit.area))
    }
    return visit.household
  }

  /// The second visitor says that it was so, with their own account.
  func confirm(_ id: VisitID, version: Int, by actor: ActingPerson) throws {
    guard let visit = try first(visitDetail(id)) else { throw WebError.notFound }
    guard visit.second == actor.principal.accountID, visit.confirmedAt == nil, visit.state != .void
    else { throw StepRefusal.notPermitted }
    var step = VisitStep(
      staying: visit.state, action: VisitAction.confirmation, needs: .recordVisits,
      of: SeenVersion(id, version: version), in: visitSteps,
      audit: AuditEvent(action: .confirmVisit, entity: "visits", entityID: id.description))
    step.changes = "confirmed_at = \(actor.now)"
    try take(step, by: actor)
  }
}
