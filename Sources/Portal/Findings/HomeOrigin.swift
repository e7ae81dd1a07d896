import Domain
import Postgres

/// How it is known that a household has another home (R1): somebody has signed or files a contract for it, or it is
/// registered. A contract may still be given up; who is registered is the owner.
enum HomeOrigin: String, CaseIterable, Sendable {
  case contract
  case registered
  case subsidised

  var title: String {
    switch self {
    case .contract: "网签合同"
    case .registered: "不动产登记"
    case .subsidised: "其他保障房"
    }
  }

  private var check: CheckType {
    switch self {
    case .contract: .signedContracts
    case .registered: .registeredProperty
    case .subsidised: .otherHousing
    }
  }

  private var purpose: CounterPurpose? {
    switch self {
    case .contract: .contractFiling
    case .registered: .registration
    case .subsidised: nil
    }
  }

  /// Of what the evidence of a finding says: the check that it rests on, or what the counter was asked for.
  init?(checks: String?, purpose: String?) {
    let found = Self.allCases.first { one in
      one.check.rawValue == checks || purpose != nil && one.purpose?.rawValue == purpose
    }
    guard let found else { return nil }
    self = found
  }

  /// On `findings f`.
  var condition: SQL {
    let asked: SQL = purpose.map { "OR f.evidence ->> 'purpose' = \($0)" } ?? .empty
    return """
      (f.rule = \(FindingRule.otherHome) AND (f.evidence ->> 'checks' = \(check) \(asked)))
      """
  }
}
