package import Domain
package import HTML
package import Pages

extension CaseState {
  /// How urgent the state looks.
  package var tagKind: TagKind {
    switch self {
    case .suspected, .suspended: .warn
    case .refused, .demanded, .court, .lawsuit: .alert
    case .vacated, .corrected, .closed: .ok
    case .verified, .noticed, .decided, .moving, .marketRent, .agreed: .info
    case .unfounded, .withdrawn: .neutral
    }
  }
}

/// The due day of a case in a table, with a word when it is near or past.
package func dueText(_ due: Day, state: CaseState, today: Day) -> HTML {
  guard state.clockRuns else { return "\(due.iso)" }
  let left = today.days(until: due)
  if left < 0 { return "\(due.iso) \(tag("逾期 \(-left) 天", .alert))" }
  if left <= 7 { return "\(due.iso) \(tag(left == 0 ? "今天到期" : "还有 \(left) 天", .warn))" }
  return "\(due.iso)"
}
