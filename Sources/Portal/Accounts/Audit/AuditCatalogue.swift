package import Ground

/// Every action that the log may name, as the rooms declare them.
package struct AuditCatalogue: Sendable {
  package let actions: [AuditAction]
  private let byCode: [String: AuditAction]

  /// - Parameter actions: of all rooms; no code twice, former ones neither.
  package init(_ actions: [AuditAction]) {
    self.actions = actions
    byCode = Dictionary(
      uniqueKeysWithValues: actions.flatMap { action in action.codes.map { ($0, action) } })
  }

  /// The action that a row's code stands for, a former one too; an unknown code is its own title.
  package func action(_ code: String) -> AuditAction { byCode[code] ?? AuditAction(code, code) }

  /// The known actions, and the one that is asked for if it is another.
  func options(with asked: AuditAction?) -> [(value: String, text: String)] {
    let all = actions + (asked.map { byCode[$0.code] == nil ? [$0] : [] } ?? [])
    return all.map { (value: $0.code, text: $0.title) }
  }
}
