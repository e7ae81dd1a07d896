/// Rent at a monthly rate from one day through another, both counted: market rent made good from the day of the breach
/// (《公共租赁住房管理办法》 arts. 35, 36), or while a household stays on (arts. 30, 31).
///
/// The rule, which the laws leave open: whole months run from the first day to the corresponding day and count the monthly
/// rent; the days that are left count the monthly rent over the days of the month that they begin, rounded half up to
/// the fen. So a day is never dearer than its month.
public struct MarketRent: Hashable, Sendable {
  public let monthly: Hundredths
  public let from: Day
  public let through: Day
  /// Whole months.
  public let months: Int
  /// The days after them.
  public let days: Int
  /// The days of the month that those begin; 28 to 31.
  public let daysOfMonth: Int

  /// Nil where the last day lies before the first, or the rent below zero.
  public init?(monthly: Hundredths, from: Day, through: Day) {
    guard from <= through, monthly >= .zero else { return nil }
    let end = through + 1
    var months = max(0, (end.year - from.year) * 12 + end.month - from.month)
    if from.adding(months: months) > end { months -= 1 }
    self.monthly = monthly
    self.from = from
    self.through = through
    self.months = months
    let begun = from.adding(months: months)
    days = begun.days(until: end)
    daysOfMonth = begun.days(until: from.adding(months: months + 1))
  }

  public var amount: Hundredths {
    let part = (monthly.count * days * 2 + daysOfMonth) / (daysOfMonth * 2)
    return Hundredths(count: monthly.count * months + part)
  }

  /// `2021年3月5日至2021年8月25日，5 个月零 21 天：600.00 × 5 + 600.00 × 21 ÷ 31 = 3,406.45 元`.
  public var explanation: String {
    let span = [
      months > 0 ? "\(months) 个月" : nil,
      days > 0 ? "\(months > 0 ? "零 " : "")\(days) 天" : nil,
    ].compactMap { $0 }.joined()
    let sum = [
      months > 0 ? "\(monthly.grouped) × \(months)" : nil,
      days > 0 ? "\(monthly.grouped) × \(days) ÷ \(daysOfMonth)" : nil,
    ].compactMap { $0 }.joined(separator: " + ")
    return "\(from.chinese)至\(through.chinese)，\(span)：\(sum) = \(amount.grouped) 元"
  }
}
