/// One payment of a plan: by when, how much.
public struct Instalment: Hashable, Sendable {
  public let due: Day
  public let amount: Hundredths

  public init(due: Day, amount: Hundredths) {
    self.due = due
    self.amount = amount
  }
}

/// What is wrong with a plan, in words that say what to do.
public enum InstalmentProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case none
  case tooMany
  case notPositive(number: Int)
  case outOfOrder(number: Int)
  case sum(plan: Hundredths, total: Hundredths)

  public var description: String {
    switch self {
    case .none: "请至少写一期"
    case .tooMany: "最多分 \(InstalmentPlan.most) 期，请减少期数"
    case .notPositive(let number): "第 \(number) 期的金额须大于 0"
    case .outOfOrder(let number): "第 \(number) 期的日期应晚于第 \(number - 1) 期，请核对"
    case .sum(let plan, let total):
      "各期合计 \(plan.grouped) 元，与应付 \(total.grouped) 元相差 \((plan - total).magnitude.grouped) 元，请核对"
    }
  }
}

/// How an instalment stands.
public enum InstalmentState: Hashable, Sendable {
  case met(on: Day, isLate: Bool)
  /// With what is missing.
  case overdue(missing: Hundredths)
  case open(missing: Hundredths)

  /// The word shown.
  public var title: String {
    switch self {
    case .met(_, let isLate): isLate ? "逾期付清" : "已付清"
    case .overdue: "已逾期"
    case .open: "未到期"
    }
  }
}

/// A sum owed in instalments (执行协议, 《行政强制法》 art. 42).
public struct InstalmentPlan: Hashable, Sendable {
  /// Five years of months.
  public static let most = 60

  public let instalments: [Instalment]

  public init(_ instalments: [Instalment], total: Hundredths) throws(InstalmentProblem) {
    guard !instalments.isEmpty else { throw .none }
    guard instalments.count <= Self.most else { throw .tooMany }
    for (index, part) in instalments.enumerated() {
      guard part.amount > .zero else { throw .notPositive(number: index + 1) }
      guard index == 0 || part.due > instalments[index - 1].due else {
        throw .outOfOrder(number: index + 1)
      }
    }
    let sum = instalments.reduce(Hundredths.zero) { $0 + $1.amount }
    guard sum == total else { throw .sum(plan: sum, total: total) }
    self.instalments = instalments
  }

  /// Equal parts a month apart, from a first day on; what does not divide is paid with the last.
  public init(total: Hundredths, parts: Int, from first: Day) throws(InstalmentProblem) {
    guard parts > 0 else { throw .none }
    guard parts <= Self.most else { throw .tooMany }
    let part = Hundredths(count: total.count / parts)
    let instalments = (0..<parts).map { index in
      Instalment(
        due: first.adding(months: index),
        amount: index == parts - 1 ? Hundredths(count: total.count - part.count * index) : part)
    }
    try self.init(instalments, total: total)
  }

  /// How each stands, payments going to them in their order.
  ///
  /// - Parameter payments: made under the plan; those after today are not looked at.
  public func states(paid payments: [LedgerEntry], on today: Day) -> [InstalmentState] {
    let payments = payments.filter { $0.kind == .payment && $0.day <= today }
      .sorted { $0.day < $1.day }
    var (owed, index, paid) = (Hundredths.zero, 0, Hundredths.zero)
    return instalments.map { part in
      owed = owed + part.amount
      while paid < owed, index < payments.count {
        paid = paid + payments[index].amount
        index += 1
      }
      guard paid < owed else {
        let day = Self.day(reaching: owed, payments)
        return .met(on: day, isLate: day > part.due)
      }
      let missing = min(owed - paid, part.amount)
      return today > part.due ? .overdue(missing: missing) : .open(missing: missing)
    }
  }

  private static func day(reaching sum: Hundredths, _ payments: [LedgerEntry]) -> Day {
    var paid = Hundredths.zero
    for payment in payments {
      paid = paid + payment.amount
      if paid >= sum { return payment.day }
    }
    preconditionFailure("asked for a sum that was not paid")
  }
}

extension Hundredths {
  /// Without its sign.
  public var magnitude: Hundredths { Hundredths(count: abs(count)) }
}
