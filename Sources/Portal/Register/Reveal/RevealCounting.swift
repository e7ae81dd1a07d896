import Domain
package import Foundation
import Ground
package import Postgres

/// How many whole numbers somebody has seen within the hour.
private struct RevealCount: RowDecodable {
  let seen: Int
  let last: Date?

  init(_ row: Row) throws {
    seen = try row("seen")
    last = try row("last")
  }
}

/// One number that is to be shown.
struct NewReveal: Sendable {
  let person: PersonID
  let householdNumber: String
  let field: RevealField
  let reason: String
}

/// Too many in too short a time.
struct RevealsTooQuick: Error {
  let seen: Int
  let seconds: Int
}

extension Transaction {
  /// Counts a number as seen, and tells the audit administrator where there are many.
  ///
  /// - Throws: ``RevealsTooQuick``.
  func count(_ reveal: NewReveal, by actor: Principal, _ origin: AuditOrigin, at now: Date) throws {
    // Of a hundred asked for at once each sees those before it.
    let account = actor.accountID
    try execute("SELECT pg_advisory_xact_lock(hashtext('reveals'), \(account.rawValue)::integer)")
    let since = now.addingTimeInterval(-RevealBrake.window)
    let count = try one(revealCount(of: account, since: since))
    if let seconds = RevealBrake.waitingTime(after: count.seen, last: count.last, now: now) {
      throw RevealsTooQuick(seen: count.seen, seconds: seconds)
    }
    let inHour = count.seen + 1
    try execute(
      """
      INSERT INTO reveals (area, account_id, account_name, at, person_id, household_number, field, reason, in_hour)
      VALUES (\(actor.area), \(actor.accountID), \(actor.displayName), \(now), \(reveal.person),
        \(reveal.householdNumber), \(reveal.field.rawValue), \(reveal.reason), \(inHour))
      """)
    guard RevealBrake.isTold(inHour) else { return }
    try audit(
      AuditEvent(
        action: .revealMany, entity: "accounts", entityID: actor.accountID.description,
        after: ["in_hour": String(inHour)]), by: origin)
  }
}

/// How many people have been slowed down since then.
package func quickRevealCount(since: Date) -> Query<Int> {
  Query(
    """
    SELECT count(DISTINCT account_id) FROM reveals
    WHERE at >= \(since) AND in_hour >= \(constant: RevealBrake.free)
    """)
}

private func revealCount(of account: AccountID, since: Date) -> Query<RevealCount> {
  Query(
    """
    SELECT count(*) AS seen, max(at) AS last FROM reveals WHERE account_id = \(account) AND at > \(since)
    """)
}
