package import Domain
import HTML
package import Pages

extension HomeState {
  /// How the state looks.
  var tagKind: TagKind {
    switch self {
    case .vacant: .neutral
    case .leased: .ok
    case .inRepair: .warn
    case .awaitingRecovery: .alert
    }
  }

  /// One character for a floor plan, where colour alone would not do.
  var sign: String {
    switch self {
    case .vacant: "空"
    case .leased: "租"
    case .inRepair: "修"
    case .awaitingRecovery: "收"
    }
  }
}

extension LeaseState {
  var tagKind: TagKind {
    switch self {
    case .running: .ok
    case .ended: .neutral
    }
  }
}

extension FindingState {
  package var tagKind: TagKind {
    switch self {
    case .open: .warn
    case .dismissed, .lapsed: .neutral
    case .confirmed: .alert
    }
  }
}

/// A term in a table, with a word when a running lease is past its end.
func termText(_ lease: LeaseDetail, today: Day) -> HTML {
  let term: HTML = "\(lease.startsOn.iso) 至 \(lease.endsOn.iso)"
  guard lease.state == .running, lease.endsOn < today else { return term }
  return term + " " + tag("合同已到期", .warn)
}

/// Where a home is, such as 3栋-1单元-502.
package func homeText(building: String, unit: String, room: String) -> String {
  [building, unit, room].filter { !$0.isEmpty }.joined(separator: "-")
}
