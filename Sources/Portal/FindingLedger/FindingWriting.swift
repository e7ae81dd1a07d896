package import Domain
package import Foundation
package import Postgres

/// Who decides on findings, and when.
package struct FindingVerdict: Sendable {
  let state: FindingState
  let reason: String?
  let account: AccountID
  let name: String
  let at: Date

  /// - Parameter state: confirmed or dismissed.
  package init(
    _ state: FindingState, reason: String?, account: AccountID, name: String, at: Date
  ) {
    self.state = state
    self.reason = reason
    self.account = account
    self.name = name
    self.at = at
  }
}

extension Transaction {
  /// Writes what was decided on open findings that are locked, with its history.
  package func writeVerdict(_ verdict: FindingVerdict, on ids: [FindingID]) throws {
    let action: FindingAction = verdict.state == .confirmed ? .confirmed : .dismissed
    try execute(
      """
      WITH decided AS (
        UPDATE findings SET state = \(verdict.state), version = version + 1,
          decided_by = \(verdict.account), decided_by_name = \(verdict.name),
          decided_at = \(verdict.at), decision_reason = \(optional: verdict.reason)
        WHERE id = ANY(\(list: ids)) RETURNING id, area)
      INSERT INTO finding_events (area, finding_id, at, account_name, action, note)
      SELECT area, id, \(verdict.at), \(verdict.name), \(action), \(optional: verdict.reason)
      FROM decided ORDER BY id
      """)
  }

  /// Takes a dismissal back.
  ///
  /// - Returns: false when the finding is not as it was any more.
  package func writeReopening(
    of id: FindingID, version: Int, reason: String, by name: String, at now: Date
  ) throws -> Bool {
    let count = try execute(
      """
      WITH reopened AS (
        UPDATE findings SET state = 'open', version = version + 1, decided_by = NULL,
          decided_by_name = NULL, decided_at = NULL, decision_reason = NULL
        WHERE id = \(id) AND version = \(version) AND state = 'dismissed' RETURNING id, area)
      INSERT INTO finding_events (area, finding_id, at, account_name, action, note)
      SELECT area, id, \(now), \(name), 'reopened', \(reason) FROM reopened
      """)
    return count == 1
  }

  /// Says in the history of a finding that the filing it came from was let go on.
  package func writeRelease(
    of id: FindingID, reason: String, by name: String, at now: Date
  ) throws {
    try execute(
      """
      INSERT INTO finding_events (area, finding_id, at, account_name, action, note)
      SELECT area, id, \(now), \(name), 'released', \(reason) FROM findings WHERE id = \(id)
      """)
  }

  /// The findings of a household that goes to another township go with it.
  package func moveFindings(of household: HouseholdID, to area: AreaCode) throws {
    try execute(
      "UPDATE findings SET area = \(area) WHERE household_id = \(household) AND area <> \(area)")
  }

  /// Takes the findings R8 about persons away that are about to be taken out of the register. What has
  /// become a case stays.
  package func deleteDuplicates(first: PersonID, last: PersonID) throws {
    try execute(
      """
      DELETE FROM findings f WHERE f.rule = 'R8' AND f.state <> 'confirmed'
        AND ((f.evidence ->> 'person')::bigint BETWEEN \(first) AND \(last)
          OR (f.evidence ->> 'other_person')::bigint BETWEEN \(first) AND \(last))
      """)
  }
}
