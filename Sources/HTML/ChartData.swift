/// One value of a chart: how long its bar is, and what is written beside it.
public struct ChartValue: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// The amount that is drawn; never negative.
  public let amount: Double
  /// What is written, in the chart and in the table beneath it.
  public let text: String

  public init(_ count: Int) {
    amount = Double(max(0, count))
    text = String(count)
  }

  /// A value whose text is not its amount, such as a suppressed count written `<5`.
  public init(amount: Double, text: String) {
    self.amount = amount.isFinite ? max(0, amount) : 0
    self.text = text
  }

  public init(integerLiteral count: Int) {
    self.init(count)
  }
}

/// One bar: a label and its value.
public struct ChartBar: Sendable, Hashable {
  public let label: String
  public let value: ChartValue

  public init(_ label: String, _ value: ChartValue) {
    self.label = label
    self.value = value
  }

  public init(_ label: String, _ count: Int) {
    self.init(label, ChartValue(count))
  }
}

/// One series of a stacked bar or line chart: a value for each category, in the categories' order.
public struct ChartSeries: Sendable, Hashable {
  public let name: String
  public let values: [ChartValue]

  public init(_ name: String, _ values: [ChartValue]) {
    self.name = name
    self.values = values
  }

  public init(_ name: String, _ counts: [Int]) {
    self.init(name, counts.map { ChartValue($0) })
  }

  /// The value of a category; nothing is drawn where a series is shorter than the categories.
  func value(at index: Int) -> ChartValue {
    index < values.count ? values[index] : ChartValue(amount: 0, text: "–")
  }
}

/// A length in percent with two decimals, such as `12.5%`.
func percent(_ value: Double) -> String {
  let hundredths = Int(min(max(value, 0), 100) * 100 + 0.5)
  let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
  if rest == 0 { return "\(whole)%" }
  if rest % 10 == 0 { return "\(whole).\(rest / 10)%" }
  return "\(whole).\(rest < 10 ? "0" : "")\(rest)%"
}

/// The top of an axis: the smallest round number (1, 2, 4, 6, 8, 12 × 10ⁿ) that is not below
/// `value` and that four steps divide into whole numbers.
func axisTop(_ value: Double) -> Int {
  var magnitude = 1
  while Double(magnitude) * 12 < value { magnitude *= 10 }
  let tops = [1, 2, 4, 6, 8, 10, 12].map { $0 * magnitude }
  return tops.first { Double($0) >= value && $0 % 4 == 0 } ?? 12 * magnitude
}
