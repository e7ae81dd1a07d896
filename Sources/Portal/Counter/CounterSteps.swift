package import Domain
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
