/// One entry of a case's ledger of money.
public struct LedgerEntry: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
    /// Something that is owed from its day: rent, market rent, a fine.
    case charge
    case payment
    /// What puts an earlier entry right: above zero more is owed, below zero less.
    case correction

    /// The word shown.
    public var title: String {
      switch self {
      case .charge: "应收"
      case .payment: "收款"
      case .correction: "更正"
      }
    }
  }

  public let day: Day
  public let kind: Kind
  public let amount: Hundredths

  /// Nil for a charge or a payment of nothing or less, and for a correction of nothing.
  public init?(_ kind: Kind, _ amount: Hundredths, on day: Day) {
    guard kind == .correction ? amount != .zero : amount > .zero else { return nil }
    self.kind = kind
    self.amount = amount
    self.day = day
  }

  /// What it adds to what is owed.
  public var owed: Hundredths { kind == .payment ? .zero - amount : amount }
}

/// How old a debt is, on the day that it is looked at.
public enum ArrearsAge: String, CaseIterable, Codable, Hashable, Sendable {
  case toOneMonth = "to_1"
  case toThreeMonths = "to_3"
  case toSixMonths = "to_6"
  case older

  /// The words shown.
  public var title: String {
    switch self {
    case .toOneMonth: "1 个月以内"
    case .toThreeMonths: "1 至 3 个月"
    case .toSixMonths: "3 至 6 个月"
    case .older: "6 个月以上"
    }
  }

  /// - Parameter due: the day on which it was owed.
  public init(due: Day, on today: Day) {
    let bounds = [(1, ArrearsAge.toOneMonth), (3, .toThreeMonths), (6, .toSixMonths)]
    self = bounds.first { today <= due.adding(months: $0.0) }?.1 ?? .older
  }
}

/// What is owed and paid on one case: exact, in fen.
///
/// Payments go to what fell due first (《民法典》 art. 560: nothing else having been said, to the debt that fell due first).
public struct RentLedger: Hashable, Sendable {
  public let entries: [LedgerEntry]

  public init(_ entries: [LedgerEntry]) { self.entries = entries }

  /// What is owed on a day, its own entries among it; below zero what was paid too much.
  public func balance(on day: Day) -> Hundredths {
    entries.reduce(.zero) { $1.day <= day ? $0 + $1.owed : $0 }
  }

  /// What has been paid up to a day.
  public func paid(through day: Day) -> Hundredths {
    entries.reduce(.zero) { $1.kind == .payment && $1.day <= day ? $0 + $1.amount : $0 }
  }

  /// What is unpaid of what fell due before a day, by age; no age where nothing is.
  public func arrears(on today: Day) -> [ArrearsAge: Hundredths] {
    var credit = entries.reduce(Hundredths.zero) {
      $1.day <= today && $1.owed < .zero ? $0 - $1.owed : $0
    }
    var found: [ArrearsAge: Hundredths] = [:]
    let debts = entries.filter { $0.day < today && $0.owed > .zero }.sorted { $0.day < $1.day }
    for debt in debts {
      let covered = min(credit, debt.owed)
      credit = credit - covered
      guard debt.owed > covered else { continue }
      let age = ArrearsAge(due: debt.day, on: today)
      found[age] = (found[age] ?? .zero) + (debt.owed - covered)
    }
    return found
  }

  /// The first day of what is unpaid; nil where nothing is.
  public func owedSince(on today: Day) -> Day? {
    var credit = entries.reduce(Hundredths.zero) {
      $1.day <= today && $1.owed < .zero ? $0 - $1.owed : $0
    }
    for debt in entries.filter({ $0.day < today && $0.owed > .zero }).sorted(by: { $0.day < $1.day }
    ) {
      guard credit >= debt.owed else { return debt.day }
      credit = credit - debt.owed
    }
    return nil
  }
}
