package import Domain
import FindingLedger
package import Ground
package import Pages
package import Postgres
package import Web

/// Findings that somebody chose to decide on together.
package typealias FindingSelection = ListSelection<FindingID>

extension FindingSelection {
  package var findings: [SeenVersion<FindingID>] { things }

  /// What a form carries.
  package init(_ fields: FormFields) throws { try self.init(fields, of: "疑点清单") }
}

/// Findings that are kept from others until the end.
package struct LockedFindings: Sendable {
  /// Open, as they were when they were chosen, and of one rule.
  package var lines: [FindingLine]
  /// Those of a filter that have changed since.
  package let overtaken: [FindingLine]

  /// What is said of those that were left.
  package var leftText: String {
    guard !overtaken.isEmpty else { return "" }
    return
      "\(fewHouseholds(overtaken.map(\.householdNumber)))的 \(overtaken.count) 个疑点在您打开页面以后有了变化，没有处理。"
  }
}

/// Of many households the first ones, so that a message stays one.
package func fewHouseholds(_ numbers: [String]) -> String {
  let few = numbers.prefix(5).joined(separator: "、")
  return "家庭 \(few)" + (numbers.count > 5 ? " 等" : " ")
}

/// What stands in the way of deciding on findings. Thrown inside the transaction, which it takes back.
package enum DecisionProblem: Error {
  /// These are not as they were when they were chosen, or are not there any more.
  case overtaken([FindingID])
  /// They follow different rules.
  case notAlike
}

extension Transaction {
  /// The chosen findings, kept from others until the end.
  package func lockChosen(_ selection: FindingSelection) throws -> LockedFindings {
    _ = try all(
      Query<FindingID>(
        "SELECT id FROM findings WHERE id = ANY(\(list: selection.ids)) ORDER BY id FOR NO KEY UPDATE"
      ))
    let chosen = Set(selection.findings)
    let (standing, changed) = try all(findingLines(selection.ids)).reduce(
      into: ([FindingLine](), [FindingLine]())
    ) { sorted, line in
      let isStanding =
        line.state == .open && chosen.contains(SeenVersion(line.id, version: line.version))
      if isStanding { sorted.0.append(line) } else { sorted.1.append(line) }
    }
    guard standing.count == chosen.count || selection.isWholeFilter && !standing.isEmpty else {
      let ids = Set(standing.map(\.id))
      throw DecisionProblem.overtaken(selection.ids.filter { !ids.contains($0) })
    }
    guard Set(standing.map(\.rule)).count == 1 else { throw DecisionProblem.notAlike }
    return LockedFindings(lines: standing, overtaken: changed)
  }

  /// Dismisses all of them or none; of a filter those that have not changed.
  func dismiss(
    _ selection: FindingSelection, reason: String, by actor: ActingPerson
  ) throws -> LockedFindings {
    let locked = try lockChosen(selection)
    let lines = locked.lines
    let event = AuditEvent(
      action: .dismissFinding, entity: "findings", entityID: lines.first?.id.description,
      after: ["findings": idList(lines.map(\.id)), "reason": reason])
    try decide(
      lines.map { SeenVersion($0.id, version: $0.version) }, .dismissed, reason: reason,
      audit: event,
      by: actor)
    return locked
  }
}
