import Domain
import Foundation
import Ground
import Pages
import Postgres

/// What somebody recorded of a contest.
struct TypedContest: Sendable {
  let type: CheckType
  let person: PersonID?
  let saidOn: Day
  let statement: String
}

/// The answer that is contested is not in force any more, or the contest is not open any more.
struct ContestOvertaken: Error {}

extension Transaction {
  /// Records what a household says against the answer in force.
  ///
  /// - Throws: ``ContestOvertaken``; a violation of `contests_open_key` where one is open.
  func recordContest(
    _ typed: TypedContest, of household: HouseholdID, against answer: AnswerLine, by editor: Editor
  ) throws -> ContestID {
    // Whoever confirms a finding of the household comes before this, or meets it.
    let area = try first(
      Query<AreaCode>("SELECT area FROM households WHERE id = \(household) FOR NO KEY UPDATE"))
    let stands = try one(
      Query<Bool>("SELECT EXISTS (SELECT FROM checks WHERE id = \(answer.id))"))
    guard let area, stands else { throw ContestOvertaken() }
    let sealed = try editor.keys.seal(typed.statement, for: .contestStatement, of: household)
    let actor = editor.principal
    let id = try one(
      Query<ContestID>(
        """
        INSERT INTO contests (area, household_id, check_id, check_type, delivery_id, person_id, said_on,
          statement_sealed, recorded_by, recorded_by_name, recorded_at)
        VALUES (\(area), \(household), \(answer.id), \(typed.type), \(answer.delivery),
          \(optional: typed.person), \(typed.saidOn), \(sealed), \(actor.accountID),
          \(actor.displayName), \(editor.now))
        RETURNING id
        """))
    try audit(
      AuditEvent(
        action: .recordContest, entity: "contests", entityID: id.description,
        after: [
          "household": household.description, "check": typed.type.title,
          "said_on": typed.saidOn.iso,
        ]), by: editor.origin)
    return id
  }

  /// Decides on a contest. Where it is right, the answer leaves force into the history.
  ///
  /// - Throws: ``ContestOvertaken`` where somebody was faster.
  func decideContest(
    _ contest: Contest, _ outcome: ContestOutcome, reason: String, by actor: ActingPerson
  ) throws {
    let decided = try execute(
      """
      UPDATE contests SET outcome = \(outcome), reason = \(reason),
        decided_by = \(actor.principal.accountID), decided_by_name = \(actor.principal.displayName),
        decided_at = \(actor.now)
      WHERE id = \(contest.id) AND outcome IS NULL
      """)
    guard decided == 1 else { throw ContestOvertaken() }
    if outcome == .setAside { try setAside(contest) }
    try audit(
      AuditEvent(
        action: .decideContest, entity: "contests", entityID: contest.id.description,
        after: [
          "household": contest.household.description, "check": contest.type.title,
          "result": outcome.title, "reason": reason,
        ]), by: actor.origin)
  }

  private func setAside(_ contest: Contest) throws {
    try execute(
      """
      INSERT INTO withdrawn_checks (id, area, round_id, household_id, check_type, result, as_of,
        answered_on, sequence, delivery_id, reason, contest_id)
      SELECT id, area, round_id, household_id, check_type, result, as_of, answered_on, sequence,
        delivery_id, reason, \(contest.id)
      FROM checks WHERE id = \(contest.check)
      """)
    try execute("DELETE FROM checks WHERE id = \(contest.check)")
  }
}
