package import Domain
import FindingLedger
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
    _ chosen: [ChosenFinding], reason: String, by actor: ActingPerson
  ) throws -> Int {
    let lines = try lockChosen(chosen)
    let event = AuditEvent(
      action: .dismissFinding, entity: "findings", entityID: lines.first?.id.description,
      after: ["findings": idList(lines.map(\.id)), "reason": reason])
    try decide(
      lines.map { SeenVersion($0.id, version: $0.version) }, .dismissed, reason: reason,
      audit: event,
      by: actor)
    return lines.count
  }
}

/// Ids as the audit log keeps them.
package func idList<ID: RecordID>(_ ids: [ID]) -> String {
  ids.map(\.description).joined(separator: " ")
}
