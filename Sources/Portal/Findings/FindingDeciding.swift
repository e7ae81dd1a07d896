package import Domain
import FindingLedger
package import Ground
package import Postgres
package import Web

extension SeenVersion where ID == FindingID {
  /// `123:4`, as forms carry a finding that was chosen.
  var text: String { "\(id):\(version)" }

  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let id = FindingID(String(parts[0])), let version = Int32(parts[1])
    else { return nil }
    self.init(id, version: Int(version))
  }
}

/// Findings that somebody chose to decide on together.
package struct FindingSelection: Sendable {
  /// The most that are chosen one by one,
  static let mostChosen = 200
  /// and the most of a filter.
  static let mostOfFilter = 20_000

  package let findings: [SeenVersion<FindingID>]
  /// Whether they are all of a filter: what has changed meanwhile is then left, and said. Of those that were
  /// chosen one by one all are decided on, or none.
  package let isWholeFilter: Bool

  package init(_ findings: [SeenVersion<FindingID>], isWholeFilter: Bool) {
    self.findings = findings
    self.isWholeFilter = isWholeFilter
  }

  var ids: [FindingID] { findings.map(\.id) }

  /// For a form.
  var packed: String { PackedVersions.text(findings) }

  /// - Returns: nil for what no form has.
  init?(packed text: String) {
    guard
      let findings: [SeenVersion<FindingID>] = PackedVersions.read(text, most: Self.mostOfFilter)
    else { return nil }
    self.init(findings, isWholeFilter: true)
  }

  /// What a form carries.
  package init(_ fields: FormFields) throws {
    let broken = WebError.badRequest("页面内容不完整，请回到疑点清单重新选择。")
    if let text = fields["packed"] {
      guard let whole = Self(packed: text) else { throw broken }
      self = whole
      return
    }
    let texts = fields.all("chosen")
    let chosen = texts.compactMap { SeenVersion($0) }
    guard !chosen.isEmpty, chosen.count == texts.count, chosen.count <= Self.mostChosen else {
      throw broken
    }
    self.init(chosen, isWholeFilter: false)
  }
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
