package import Domain
package import Foundation
import Ground
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
    _ chosen: [ChosenFinding], reason: String, by principal: Principal, _ origin: AuditOrigin,
    at now: Date
  ) throws -> Int {
    let lines = try lockChosen(chosen)
    try decide(lines.map(\.id), .dismissed, reason: reason, by: principal, at: now)
    try audit(
      AuditEvent(
        action: .dismissFinding, entity: "findings", entityID: lines.first?.id.description,
        after: ["findings": idList(lines.map(\.id)), "reason": reason]), by: origin)
    return lines.count
  }

  /// Writes a decision on open findings that are locked, with its history.
  package func decide(
    _ ids: [FindingID], _ state: FindingState, reason: String?, by principal: Principal,
    at now: Date
  ) throws {
    let action: FindingAction = state == .confirmed ? .confirmed : .dismissed
    try execute(
      """
      WITH decided AS (
        UPDATE findings SET state = \(state), version = version + 1,
          decided_by = \(principal.accountID), decided_by_name = \(principal.displayName),
          decided_at = \(now), decision_reason = \(optional: reason)
        WHERE id = ANY(\(list: ids)) RETURNING id, area)
      INSERT INTO finding_events (area, finding_id, at, account_name, action, note)
      SELECT area, id, \(now), \(principal.displayName), \(action), \(optional: reason)
      FROM decided ORDER BY id
      """)
  }

  /// Takes a dismissal back.
  ///
  /// - Returns: false when the finding is not as it was any more.
  func reopenFinding(
    _ id: FindingID, version: Int, reason: String, by name: String, _ origin: AuditOrigin,
    at now: Date
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
    guard count == 1 else { return false }
    try audit(
      AuditEvent(
        action: .reopenFinding, entity: "findings", entityID: id.description,
        before: ["state": FindingState.dismissed.rawValue],
        after: ["state": FindingState.open.rawValue, "reason": reason]), by: origin)
    return true
  }
}

/// Ids as the audit log keeps them.
package func idList<ID: RecordID>(_ ids: [ID]) -> String {
  ids.map(\.description).joined(separator: " ")
}
