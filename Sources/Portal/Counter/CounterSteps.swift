package import Domain
import FindingLedger
import Foundation
import Ground
package import Postgres

/// Why a step at the counter does not happen. Thrown inside its transaction, which it takes back.
package enum CounterRefusal: Error {
  /// The housing bureau has not let it go on.
  case notReleased
  /// Another filing was entered, or somebody else was faster.
  case overtaken
}

/// Somebody who takes a step, and where it is recorded.
package struct CounterActor: Sendable {
  package let principal: Principal
  let origin: AuditOrigin
  let now: Date
}

extension Transaction {
  /// Lets a protected tenant's filing go on. The clerk sees the reason, and the finding keeps it.
  func release(
    _ line: CounterLine, version: Int, reason: String, by actor: CounterActor
  ) throws {
    let changed = try execute(
      """
      UPDATE counter_checks SET released_at = \(actor.now), released_by = \(actor.principal.accountID),
        released_by_name = \(actor.principal.displayName), release_reason = \(reason),
        version = version + 1
      WHERE id = \(line.id) AND version = \(version) AND result = 'protected' AND released_at IS NULL
      """)
    guard changed == 1 else { throw CounterRefusal.overtaken }
    if let finding = line.finding {
      try writeRelease(
        of: finding, reason: reason, by: actor.principal.displayName, at: actor.now)
    }
    try audit(
      AuditEvent(
        action: .releaseCounter, entity: "counter_checks", entityID: line.id.description,
        before: ["state": CounterState.waiting.rawValue],
        after: [
          "state": CounterState.released.rawValue, "reference": line.reference, "reason": reason,
        ]), by: actor.origin)
  }

  /// Enters the filing or registration that was made. The same number once more changes nothing.
  package func file(_ line: CounterLine, number: String, by actor: CounterActor) throws {
    guard line.state.mayFile else { throw CounterRefusal.notReleased }
    if line.filingNumber == number { return }
    let changed = try execute(
      """
      UPDATE counter_checks SET filing_number = \(number), filed_at = \(actor.now),
        version = version + 1
      WHERE id = \(line.id) AND version = \(line.version) AND filing_number IS NULL
      """)
    guard changed == 1 else { throw CounterRefusal.overtaken }
    var after = [
      "reference": line.reference, "filing_number": number,
      "asked_on": ShanghaiTime.day(of: line.askedAt).iso,
    ]
    after["asked_by"] = try first(
      Query<String>(
        """
        SELECT a.account FROM counter_checks c JOIN accounts a ON a.id = c.account_id
        WHERE c.id = \(line.id)
        """))
    after["system"] = line.system
    try audit(
      AuditEvent(
        action: .fileCounter, entity: "counter_checks", entityID: line.id.description,
        after: after), by: actor.origin)
  }
}
